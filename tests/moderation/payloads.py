"""What attacks a reader's browser, and how to see that nothing of it is left."""

import json
import re
from html.parser import HTMLParser

from tests.moderation import civic

ALLOWED = {
    "a": {"href", "rel"},
    "blockquote": set(),
    "br": set(),
    "em": set(),
    "li": set(),
    "ol": {"start"},
    "p": set(),
    "strong": set(),
    "ul": set(),
}

PAYLOADS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//x.example/a.js></sCrIpT>",
    "<<script>alert(1)//<</script>",
    "<img src=x onerror=alert(1)>",
    '<img """><script>alert(1)</script>">',
    "<svg onload=alert(1)>",
    "<svg><script>alert&#40;1)</script>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math><a xlink:href='javascript:alert(1)'>x",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><img src='</textarea><img src=x onerror=alert(1)>'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<a href='&#106;avascript&colon;alert(1)'>x</a>",
    "<a href=' \x01javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='//x.example' target=_blank onclick=alert(1)>x</a>",
    "<a href='https://x.example' style='position:fixed;inset:0'>x</a>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<p id=cookie class=admin title=x>x</p>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object><embed src=x>",
    "<form action=/x><input name=y><button>z</button></form>",
    "<meta http-equiv=refresh content='0;url=https://x.example'>",
    "<base href='https://x.example/'><link rel=stylesheet href=x>",
    "<style>@import'//x.example';</style>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<!--><img src=x onerror=alert(1)>-->",
    "<?xml version='1.0'?><x:script xmlns:x='http://www.w3.org/1999/xhtml'/>",
    "]]><script>alert(1)</script>",
    "</p></div></body><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT&colon;alert(1))",
    "[x](\x01javascript:alert(1))",
    "![x](https://x.example/pixel.png)",
    "[x](https://x.example/\"onmouseover='alert(1)')",
    'https://x.example/"onmouseover=alert(1)//',
    "www.x.example/'><script>alert(1)</script>",
    "<https://x.example/><script>alert(1)</script>",
    "**<img src=x onerror=alert(1)>**",
    "\u202etxt.exe\u2066<script>",
    "\ud800<script>alert(1)</script>",
]


class Faults(HTMLParser):
    """Collect what safe HTML may not hold. Knows nothing of how it is made."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.open: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag not in ALLOWED:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ALLOWED.get(tag, ()):
                self.found.append(f"{tag} {name}")
            if name == "href" and not re.match("https?://", value or ""):
                self.found.append(f"href {value!r}")
            if name == "start" and not re.fullmatch(r"-?\d{1,9}", value or ""):
                self.found.append(f"start {value!r}")

    def handle_comment(self, comment):
        self.found.append("comment")

    def handle_decl(self, declaration):
        self.found.append("declaration")

    def handle_pi(self, instruction):
        self.found.append("instruction")

    def unknown_decl(self, declaration):
        self.found.append("declaration")


def naughty() -> list[str]:
    """Return every payload of the shared data sets."""
    sets = [
        [case["input"] for case in load("xss-bleach/cases.json")],
        [case["payload"] for case in load("xss-owasp-evasion/payloads.json")],
        list(_strings(load("xss-html5sec/payloads.json"))),
        list(_strings(load("xss-html5sec/expanded.json"))),
        list(_strings(load("unicode-blns/blns.json"))),
    ]
    assert all(sets)
    return [payload for each in sets for payload in each]


def load(name):
    folder, _, file = name.partition("/")
    return json.loads((civic.data(folder) / file).read_text("utf-8"))


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)
