"""Each ACT rule that a check claims, condition by condition, in examples of our own.

A page that fails must be found by that check; one that passes, or to which the rule
does not apply, must leave it quiet.
"""

import pytest

from moderation.rules.pages import registry
from moderation.rules.pages.html_audit import audit_html

FAILS, FINE = "fails", "fine"


def page(body="", *, head="<title>The plan</title>", root='lang="en"'):
    return f"<!doctype html><html {root}><head>{head}</head><body>{body}</body></html>"


TABLE = "<table><caption>Costs</caption>{}</table>"
EXAMPLES = {
    "23a2a8": [
        (FAILS, '<img src="a.png">'),
        (FAILS, '<img src="a.png" alt=" ">'),
        (FAILS, '<div role="img" class="logo"></div>'),
        (FAILS, '<img src="a.png" alt="" aria-labelledby="nowhere">'),
        (FINE, '<img src="a.png" alt="Four rows of cars">'),
        (FINE, '<div role="img" aria-label="Four rows of cars"></div>'),
        (FINE, '<img src="a.png" alt="">'),
        (FINE, '<img src="a.png" role="presentation">'),
        (FINE, '<img src="a.png" aria-hidden="true">'),
        (FINE, '<div style="display: none"><img src="a.png"></div>'),
        (FINE, '<svg><circle r="4"/></svg>'),
    ],
    "46ca7f": [
        (FAILS, '<img src="a.png" alt="" aria-label="Square">'),
        (FAILS, '<nav role="none" aria-label="Pages"></nav>'),
        (FAILS, '<button role="presentation">Send</button>'),
        (FINE, '<img src="a.png" alt="">'),
        (FINE, '<nav role="none"></nav>'),
        (FINE, '<img src="a.png" alt="Cars">'),
        (FINE, '<img src="a.png" alt="" aria-hidden="true" aria-label="Square">'),
    ],
    "7d6734": [
        (FAILS, '<svg role="img"><circle r="4"/></svg>'),
        (FAILS, '<svg role="img"><title> </title></svg>'),
        (FAILS, '<svg><circle role="graphics-symbol" r="4"/></svg>'),
        (FINE, '<svg role="img"><title>A square</title></svg>'),
        (FINE, '<svg role="img" aria-label="A square"></svg>'),
        (FINE, '<svg><circle r="4"/></svg>'),
        (FINE, '<svg role="img" aria-hidden="true"></svg>'),
    ],
    "8fc3b6": [
        (FAILS, '<object data="square.png"></object>'),
        (FAILS, '<object data="walk.mp3" title=" "></object>'),
        (FINE, '<object data="square.png" title="The square"></object>'),
        (FINE, '<object data="square.png" aria-label="The square"></object>'),
        (FINE, '<object data="square.html"></object>'),
        (FINE, '<object data="square.png" hidden></object>'),
        (FINE, '<object data="square.png" role="presentation"></object>'),
    ],
    "59796f": [
        (FAILS, '<input type="image" src="go.png">'),
        (FAILS, '<input type="image" src="go.png" alt=" ">'),
        (FAILS, '<input type="image" src="go.png" aria-labelledby="no">'),
        (FINE, '<input type="image" src="go.png" alt="Search">'),
        (FINE, '<input type="image" src="go.png" aria-label="Search">'),
        (FINE, '<input type="image" src="go.png" title="Search">'),
        (FINE, '<input type="submit">'),
        (FINE, '<input type="image" src="go.png" hidden>'),
    ],
    "ffd0e9": [
        (FAILS, "<h2></h2>"),
        (FAILS, '<h2><img src="a.png" alt=""></h2>'),
        (FAILS, '<div role="heading" aria-level="2"></div>'),
        (FAILS, '<h2><span aria-hidden="true">Why</span></h2>'),
        (FINE, "<h2>Why</h2>"),
        (FINE, '<h2><img src="a.png" alt="Why"></h2>'),
        (FINE, "<h2 hidden></h2>"),
        (FINE, '<h2 role="none"></h2>'),
    ],
    "c487ae": [
        (FAILS, '<a href="/plan/"></a>'),
        (FAILS, '<a href="/plan/"><img src="a.png" alt=""></a>'),
        (FAILS, '<a href="/plan/"><i class="icon"></i></a>'),
        (FAILS, '<span role="link" tabindex="0"></span>'),
        (FAILS, '<map><area href="/plan/" shape="default"></map>'),
        (FINE, '<a href="/plan/">The plan</a>'),
        (FINE, '<a href="/plan/" aria-label="The plan"></a>'),
        (FINE, '<a href="/plan/" title="The plan"><img src="a.png" alt=""></a>'),
        (FINE, "<a></a>"),
        (FINE, '<a href="/plan/" style="visibility: hidden"></a>'),
        (FINE, '<a href="/plan/" role="button"></a>'),
    ],
    "d0f69e": [
        (FAILS, TABLE.format("<tr><th>A</th><th>B</th></tr><tr><td>1</td></tr>")),
        (FAILS, TABLE.format('<tr><td>1</td><th scope="row">A</th></tr>')),
        (FINE, TABLE.format("<tr><th>A</th></tr><tr><td>1</td></tr>")),
        (FINE, TABLE.format('<tr><th id="a">A</th></tr><tr><td headers="a">1</tr>')),
        (FINE, TABLE.format("<tr><td>1</td><td>2</td></tr>")),
        (FINE, '<table role="presentation"><tr><th>A</th></tr></table>'),
    ],
    "a25f45": [
        (FAILS, TABLE.format('<tr><th id="a">A</tr><tr><td headers="b">1</tr>')),
        (FAILS, TABLE.format('<tr><th>A</tr><tr><td id="c" headers="c">1</tr>')),
        (FAILS, TABLE.format('<tr><td id="d">A</tr><tr><td headers="d">1</tr>')),
        (FINE, TABLE.format('<tr><th id="a">A</tr><tr><td headers="a">1</tr>')),
        (FINE, TABLE.format("<tr><th>A</tr><tr><td>1</tr>")),
        (FINE, f"<div hidden>{TABLE.format('<tr><td headers=z>1</tr>')}</div>"),
    ],
    "cae760": [
        (FAILS, '<iframe src="/map/"></iframe>'),
        (FAILS, '<iframe src="/map/" title=" "></iframe>'),
        (FAILS, '<iframe src="/map/" aria-labelledby="no"></iframe>'),
        (FINE, '<iframe src="/map/" title="Where it is"></iframe>'),
        (FINE, '<iframe src="/map/" aria-label="Where it is"></iframe>'),
        (FINE, '<iframe src="/map/" hidden></iframe>'),
        (FINE, '<iframe src="/map/" tabindex="-1"></iframe>'),
    ],
    "e086e5": [
        (FAILS, "<input>"),
        (FAILS, "<label>Name</label><input>"),
        (FAILS, '<div role="textbox" contenteditable="true">typed</div>'),
        (FAILS, '<select aria-label=" "><option>A</option></select>'),
        (FAILS, "<textarea></textarea>"),
        (FINE, "<label>Name <input></label>"),
        (FINE, '<label for="n">Name</label><input id="n">'),
        (FINE, '<div role="textbox" aria-label="Name"></div>'),
        (FINE, '<input type="hidden">'),
        (FINE, '<input style="display: none">'),
        (FINE, '<input type="checkbox" title="I agree">'),
    ],
    "97a4e1": [
        (FAILS, "<button></button>"),
        (FAILS, '<button value="send"></button>'),
        (FAILS, '<span role="button" tabindex="0"></span>'),
        (FAILS, '<input type="button">'),
        (FINE, "<button>Send</button>"),
        (FINE, '<input type="submit">'),
        (FINE, '<input type="button" value="Send">'),
        (FINE, '<button aria-label="Send"></button>'),
        (FINE, '<button style="display: none"></button>'),
        (FINE, '<button role="link"></button>'),
    ],
    "m6b1q3": [
        (FAILS, '<div role="menu"><button role="menuitem"></button></div>'),
        (FAILS, '<ul role="menu"><li role="menuitem" aria-label=" "></li></ul>'),
        (FINE, '<ul role="menu"><li role="menuitem">Print</li></ul>'),
        (FINE, '<ul role="menu"><li role="menuitem" aria-label="Print"></li></ul>'),
        (FINE, '<ul role="menu" hidden><li role="menuitem"></li></ul>'),
    ],
    "2t702h": [
        (FAILS, "<details><summary></summary>More</details>"),
        (FAILS, '<details><summary aria-label=" "></summary>More</details>'),
        (FINE, "<details><summary>Hours</summary>More</details>"),
        (FINE, "<details><summary>Hours</summary><summary></summary>More</details>"),
        (FINE, "<details><div><summary></summary></div>More</details>"),
        (FINE, "<summary></summary>"),
        (FINE, '<details aria-hidden="true"><summary></summary></details>'),
    ],
    "de46e4": [
        (FAILS, '<p lang="">One</p><p lang="deutsch">Zwei</p>'),
        (FAILS, '<p lang="em-US">Hello</p>'),
        (FAILS, '<p lang="zz"><img src="a.png" alt="Hello"></p>'),
        (FINE, '<p lang="de">Hallo</p>'),
        (FINE, '<p lang="de-XX">Hallo</p>'),
        (FINE, '<p lang="zz"></p>'),
        (FINE, '<p lang="zz"><span lang="de">Hallo</span></p>'),
        (FINE, '<p lang="zz" hidden>Hallo</p>'),
    ],
}
WHOLE = {
    "b5c3f8": [
        (FAILS, page(root="")),
        (FAILS, page(root='lang=" "')),
        (FAILS, page(root='xml:lang="en"')),
        (FINE, page()),
        (FINE, page(root='lang="xyz"')),
    ],
    "bf051a": [
        (FAILS, page(root='lang="english"')),
        (FAILS, page(root='lang="eng"')),
        (FAILS, page(root='lang="#1"')),
        (FINE, page(root='lang="EN-gb"')),
        (FINE, page(root="")),
    ],
    "5b7ae0": [
        (FAILS, page(root='lang="en" xml:lang="fr"')),
        (FINE, page(root='lang="en" xml:lang="en-GB"')),
        (FINE, page()),
    ],
    "2779a5": [
        (FAILS, page(head="")),
        (FAILS, page(head="<title> </title>")),
        (FAILS, page("<svg><title>Circle</title></svg>", head="")),
        (FINE, page()),
        (FINE, page("<title>In the body</title>", head="")),
    ],
    "bc659a": [
        (FAILS, page(head='<meta http-equiv="refresh" content="30">')),
        (FAILS, page(head='<meta http-equiv="Refresh" content="5; url=/plan/">')),
        (FINE, page(head='<meta http-equiv="refresh" content="0; url=/plan/">')),
        (FINE, page(head='<meta http-equiv="refresh" content="72001">')),
        (FINE, page(head='<meta http-equiv="refresh" content="never">')),
        (FINE, page(head='<meta http-equiv="refresh" content=": 30">')),
        (FINE, page(head='<meta content="30">')),
    ],
    "b4f0c3": [
        (FAILS, page(head='<meta name="viewport" content="user-scalable=no">')),
        (FAILS, page(head='<meta name="viewport" content="maximum-scale=1.5">')),
        (FAILS, page(head='<meta name="viewport" content="user-scalable=0">')),
        (FINE, page(head='<meta name="viewport" content="maximum-scale=6">')),
        (FINE, page(head='<meta name="viewport" content="user-scalable=yes">')),
        (FINE, page(head='<meta name="viewport" content="width=device-width">')),
        (FINE, page(head='<meta name="viewport" content="maximum-scale=-1">')),
        (FINE, page(head='<meta name="description" content="user-scalable=no">')),
    ],
}
CASES = [
    *((act, said, page(body)) for act, all_ in EXAMPLES.items() for said, body in all_),
    *((act, said, html) for act, all_ in WHOLE.items() for said, html in all_),
]
CLAIMS = {
    act: f"{name}.{check}"
    for name in registry.names()
    for check, acts in registry.get(name).checks.items()
    for act in acts
}


class TestClaims:
    def test_all_have_examples_that_fail_and_that_are_fine(self):
        assert set(CLAIMS) == {*EXAMPLES, *WHOLE}
        for examples in (*EXAMPLES.values(), *WHOLE.values()):
            assert {said for said, _html in examples} == {FAILS, FINE}

    @pytest.mark.parametrize(("act", "said", "html"), CASES)
    def test_hold(self, act, said, html):
        found = {f"{each.rule}.{each.check}" for each in audit_html(html).findings}
        assert (CLAIMS[act] in found) is (said == FAILS)
