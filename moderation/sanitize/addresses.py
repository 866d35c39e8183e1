"""Web addresses in plain text: what becomes a link, and what rules count as one."""

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

# Endings of names that count as an address without http:// or www. before them.
_ENDINGS = (
    "ac ad ae af ag ai al am ao ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn"
    " bo br bs bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co com cr cu cv cw cx cy"
    " cz de dj dk dm do dz ec ee eg es et eu fi fj fm fo fr ga gd ge gf gg gh gi gl"
    " gm gn gp gq gr gt gu gw gy hk hn hr ht hu id ie il im in io iq ir is it je jm"
    " jo jp ke kg kh ki km kn kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md"
    " me mg mh mk ml mm mn mo mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no"
    " np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa"
    " sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj"
    " tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye"
    " yt za zm zw com org net info biz edu gov mil int name pro coop museum cat asia"
    " app blog city club dev link live media news online page shop site space store"
    " tech top wiki win work xyz bayern berlin cologne hamburg koeln nrw ruhr saarland"
    " tirol wien swiss brussels gent vlaanderen amsterdam frl paris alsace bzh corsica"
    " eus gal london scot wales cymru irish nyc quebec"
).replace(" ", "|")
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_PATH = r"""(?:[^\s<>"()]|\([^\s<>"()]{0,500}\)){0,2000}(?<![.,;:!?'*’”»…])"""

WEB_ADDRESS = re.compile(
    rf"(?<![\w@.-])(?:"
    rf"(?i:https?://)(?=[\w\[]){_PATH}"
    rf"|(?:(?i:www\.)(?:{_LABEL}\.){{1,9}}[^\W\d_]{{2,24}}"
    rf"|(?:{_LABEL}\.){{0,8}}[^\W_][\w-]{{0,61}}[^\W_]\.(?:{_ENDINGS})"
    rf"|[^\W_]\.(?:com|co|me)(?=/))"
    rf"(?![\w@-])(?::\d{{1,5}})?(?:[/?#]{_PATH})?"
    rf")"
)

# What every one of them holds; to look for this first is much quicker.
_SIGN_OF_ONE = re.compile(r"[.:]\S")

_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*|[0-9a-f:.]*:[0-9a-f:.]*")
_SCHEME = re.compile("https?://", re.IGNORECASE)


def web_addresses(text: str) -> Iterable[re.Match[str]]:
    """Return the web addresses of a text, in their order."""
    return WEB_ADDRESS.finditer(text) if _SIGN_OF_ONE.search(text) else ()


def host(address: str) -> str:
    """Return the name of the machine an address leads to, as a browser reads it.

    Empty where there is none. A backslash is a slash, what stands before an @ is
    no host, and www.b%C3%BCcher.example is www.xn--bcher-kva.example.
    """
    address = unicodedata.normalize("NFKC", address).replace("\\", "/")
    if not has_scheme(address):
        address = "//" + address
    try:
        name = unquote(urlsplit(address).hostname or "").rstrip(".")
        return name.encode("idna").decode() if not name.isascii() else name
    except ValueError:
        return ""


def has_scheme(address: str) -> bool:
    """Say whether an address begins with http:// or https://."""
    return _SCHEME.match(address) is not None


def leads_to_web(address: str) -> bool:
    """Say whether an address is a whole one, that a browser could follow."""
    if not has_scheme(address):
        return False
    try:
        urlsplit(address).port  # noqa: B018  raises for what is no number
    except ValueError:
        return False
    return _HOST.fullmatch(host(address)) is not None
