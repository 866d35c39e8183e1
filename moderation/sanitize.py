"""What people type, made clean as text and safe as HTML.

    text = sanitize.clean_text(raw)     # stored, judged by the rules, edited again
    html = sanitize.render(text)        # stored beside it, shown as it is

Both are total: any string goes in, none raises. Both run once, on write.
"""

import re
import threading
import unicodedata
from functools import partial
from typing import Any

import bleach
import nh3
from bleach.linkifier import LinkifyFilter
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

# --- Text ---------------------------------------------------------------------

# More marks on one letter than any living script needs: a tower over the lines.
MARKS_ON_A_LETTER = 4

_LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")
_NEVER = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls other than tab and line feed
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # lone surrogates, non-characters
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction controls
    "\xad\u034f\u180e\u200b\u2060-\u2065\ufeff\ufff0-\ufffb"  # of no width
    "\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # fillers
    "\U0001d173-\U0001d17a\U000e0000\U000e0001]"
)
# Joiners shape words in these scripts, and emoji; elsewhere they only hide.
_JOINED = "\u0600-\u07ff\u0860-\u0fff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
_PICTURE = "\u2190-\u2bff\u3030\u303d\ufe0f\U0001f000-\U0001faff"
_LOOSE_JOINER = re.compile(
    f"[\u200c\u200d](?!(?<=[{_JOINED}].)[{_JOINED}])"
    f"(?!(?<=[{_PICTURE}]\u200d)[{_PICTURE}])"
)
# Tags spell the flags of regions after a black flag; elsewhere they smuggle text.
_LOOSE_TAG = re.compile(
    "(\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f)|[\U000e0002-\U000e007f]"
)
# Variation selectors: the two for emoji, and those of Chinese characters.
_LOOSE_VARIANT = re.compile(
    "[\ufe00-\ufe0d]|(?<![\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
    "[\U000e0100-\U000e01ef]"
)
# Marks are none of these, so only such runs need a closer look.
_MARKED = re.compile(rf"[^\w\s\x00-\x7f]{{{MARKS_ON_A_LETTER + 1},}}")
_BLANK_LINES = re.compile("\n{4,}")


def clean_text(text: str) -> str:
    """Return the text as it will be stored: the same words, nothing hidden in them.

    Line ends become line feeds; controls, direction overrides and invisible
    characters go (joiners stay where a script or an emoji needs them); towers of
    marks are cut; the rest is put in Unicode's form C. At most two blank lines
    follow each other, no line ends in a space. Cleaning twice changes nothing.
    """
    text = _NEVER.sub("", _LINE_END.sub("\n", text))
    text = _LOOSE_VARIANT.sub("", _LOOSE_TAG.sub(r"\1", text))
    text = _cut_towers(unicodedata.normalize("NFC", _cut_towers(text)))
    text = _LOOSE_JOINER.sub("", text)
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n\n", text).strip()


def _cut_towers(text: str) -> str:
    if text.isascii():
        return text
    return _MARKED.sub(lambda run: _cut_tower(run[0]), text)


def _cut_tower(run: str) -> str:
    kept, height = [], 0
    for character in run:
        is_mark = unicodedata.category(character)[0] == "M"
        height = height + 1 if is_mark else 0
        if height <= MARKS_ON_A_LETTER:
            kept.append(character)
    return "".join(kept)


# --- Web addresses ------------------------------------------------------------

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
).split()
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_PATH = r"""(?:[^\s<>"()]|\([^\s<>"()]{0,500}\)){0,2000}(?<![.,;:!?'*’”»…])"""

WEB_ADDRESS = re.compile(
    rf"(?<![\w@.-])(?:"
    rf"(?i:https?://)(?=[^\s/]){_PATH}"
    rf"|(?:(?i:www\.)(?:{_LABEL}\.){{1,9}}[^\W\d_]{{2,24}}"
    rf"|(?:{_LABEL}\.){{1,9}}(?:{'|'.join(_ENDINGS)}))"
    rf"(?![\w@-])(?::\d{{1,5}})?(?:[/?#]{_PATH})?"
    rf")"
)

# --- HTML ---------------------------------------------------------------------

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a"}
SCHEMES = {"http", "https"}
# Nobody vouches for a resident's link, and its target learns nothing of the page.
REL = "nofollow ugc noopener"


def render(text: str) -> str:
    """Return safe HTML for a text that `clean_text` returned.

    Paragraphs, line breaks as typed, *emphasis*, lists, > quotes and links are
    all that Markdown means here; everything else stays as it was typed. Bleach
    cleans and links, then nh3 cleans again, each by the same short list.
    """
    return _by_nh3(_by_bleach(_markdown.render(text))).strip()


def _in_a_word(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Tokenise * like _, so that “Bürger*innen und Besucher*innen” stays a word."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    run = state.scanDelims(state.pos, False)  # noqa: FBT003
    for _ in range(run.length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=run.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=run.can_open,
                close=run.can_close,
            )
        )
    state.pos += run.length
    return True


def _is_web_address(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))


def _make_markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero", {"breaks": True})
    markdown.enable(["emphasis", "link", "list", "blockquote", "newline", "escape"])
    markdown.inline.ruler.at("emphasis", _in_a_word)
    markdown.validateLink = _is_web_address  # type: ignore[method-assign]
    return markdown


_markdown = _make_markdown()
_own = threading.local()


def _by_bleach(html: str) -> str:
    # Bleach's parser has a state of its own and must not be shared by threads.
    if not hasattr(_own, "cleaner"):
        _own.cleaner = bleach.Cleaner(
            tags=TAGS,
            attributes={"a": ["href"], "ol": ["start"]},
            protocols=SCHEMES,
            filters=[
                partial(LinkifyFilter, url_re=WEB_ADDRESS, callbacks=[_mark_link])
            ],
        )
    return str(_own.cleaner.clean(html))


def _mark_link(attrs: dict[Any, str], new: bool = False) -> dict[Any, str]:  # noqa: FBT001, FBT002
    href = attrs.get((None, "href"), "")
    if new and not _is_web_address(attrs["_text"]):
        href = "https://" + href.removeprefix("http://")
    return {(None, "href"): href, (None, "rel"): REL, "_text": attrs["_text"]}


def _by_nh3(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=SCHEMES,
        link_rel=REL,
    )
