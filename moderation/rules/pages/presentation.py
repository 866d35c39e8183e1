"""Looks that content must not bring along: they are taken out, not refused."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from selectolax.lexbor import LexborHTMLParser, LexborNode

from moderation.rules.pages.base import Location, PageFinding, PageRule, Severity
from moderation.rules.pages.markup import Element, is_tangled
from moderation.rules.pages.places import at
from moderation.rules.pages.registry import register
from moderation.rules.pages.styles import declarations
from moderation.rules.pages.view import Block, PageView
from moderation.rules.pages.vocabulary import names

MOVING = frozenset({"blink", "marquee"})
LOOKS = frozenset({"basefont", "big", "center", "font", "nobr", "tt"})
STYLES = names(
    "animation background background-color color font font-family font-size letter- "
    "spacing line-height text-align word-spacing"
)
ATTRIBUTES = ("align", "autoplay", "background", "bgcolor", "color", "face", "size")

TWENTY_HOURS = 72_000

_REFRESH = re.compile(r"\s*(\d+)(?:\.[\d.]*)?(?=\s*[;,\s]|\s*$)(?!\s*:)")
_SUSPECT = re.compile(
    r"<(?:basefont|big|blink|center|font|marquee|meta|nobr|tt)\b|"
    r"\s(?:style|align|autoplay|background|bgcolor|color|face|size)\b",
    re.IGNORECASE,
)
_PAIR = re.compile(r"([a-z-]+)\s*=\s*([^,;\s]+)", re.IGNORECASE)


@register
@dataclass(frozen=True, kw_only=True)
class LooksAreTheSites(PageRule):
    """Take out what moves, plays by itself, reloads, or sets its own colours and sizes.

    What is nested too deeply to be read at all blocks: nobody could say what is in it.
    """

    id = "A11Y-16"
    title = gettext_lazy("Nothing moves, plays or looks by itself")
    why = gettext_lazy(
        "People set their own size, colours and pace; what moves or plays by itself "
        "keeps some from reading at all."
    )
    reference = "WCAG 1.4.2, 1.4.4, 1.4.12, 2.2.1, 2.2.2"
    checks = {
        "moving": (),
        "autoplay": (),
        "refresh": ("bc659a",),
        "zoom": ("b4f0c3",),
        "looks": (),
        "tangled": (),
    }

    severity: Severity = Severity.AUTO

    def check(self, view: PageView) -> Iterable[PageFinding]:
        for block in view.blocks:
            if block.markup.is_tangled:
                yield self.finding(
                    "tangled",
                    _("This part is nested so deeply that it cannot be checked."),
                    _("Paste it again as plain text."),
                    at=Location(path=block.path),
                    severity=Severity.BLOCK,
                    is_waivable=False,
                )
            yield from self._of(block)

    def _of(self, block: Block) -> Iterator[PageFinding]:
        refreshes = (each for each in block.markup.find("meta") if _delay(each) >= 0)
        first = next(refreshes, None)
        for element in block.markup.elements:
            check = _fault(element, first)
            if check and (element.is_exposed or element.is_visible):
                yield self.finding(
                    check, MESSAGES[check](), MEND(), at=at(block, element)
                )


MESSAGES = {
    "moving": lambda: _("What moves by itself is made to stand still."),
    "autoplay": lambda: _("What plays by itself waits for a click."),
    "refresh": lambda: _("The page would reload by itself; that is taken out."),
    "zoom": lambda: _("The page would keep people from enlarging it."),
    "looks": lambda: _("Colours, sizes and alignment of its own are taken out."),
}


def MEND() -> str:  # noqa: N802
    return _("There is nothing to do.")


def may_be_presentational(html: str) -> bool:
    """Say whether HTML is worth the parsing: most has no looks of its own."""
    return bool(_SUSPECT.search(html))


def strip_presentational(html: str) -> str:
    """Return HTML without movement, autoplay, reloads and looks of its own.

    The words and every other element stay. What is too tangled to be parsed comes
    back empty: rules block it before.
    """
    if is_tangled(html):
        return ""
    parser = LexborHTMLParser(html)
    body = parser.body
    if body is None:
        return ""
    for node in list(body.traverse()):
        if node.tag == "meta" and _says_refresh(node.attributes.get("http-equiv")):
            node.decompose()
            continue
        for name in ATTRIBUTES:
            if name in node.attributes and _is_looks(node, name):
                del node.attrs[name]
        if "style" in node.attributes:
            _strip_style(node)
    parser.unwrap_tags([*MOVING, *LOOKS])
    return body.inner_html or ""


def _fault(element: Element, refresh: Element | None) -> str:
    if element.tag in MOVING:
        return "moving"
    if element.tag in {"audio", "video"} and "autoplay" in element.attributes:
        return "autoplay"
    if element is refresh:
        return "refresh" if 0 < _delay(element) <= TWENTY_HOURS else ""
    if element.tag == "meta":
        return "zoom" if _keeps_small(element) else ""
    if element.tag in LOOKS or not STYLES.isdisjoint(element.style):
        return "looks" if element.tag in LOOKS or "style" in element.attributes else ""
    return ""


def _delay(meta: Element) -> float:
    """Return after how many seconds a page reloads (HTML, refresh); -1 for never."""
    if not _says_refresh(meta.get("http-equiv")):
        return -1
    found = _REFRESH.match(meta.attributes.get("content", ""))
    return float(found[1][:12]) if found else -1


def _says_refresh(value: str | None) -> bool:
    return (value or "").strip().lower() == "refresh"


def _keeps_small(meta: Element) -> bool:
    """Say whether a viewport forbids to zoom, or to less than twice the size."""
    if meta.get("name").lower() != "viewport":
        return False
    said = {
        key.lower(): value.lower() for key, value in _PAIR.findall(meta.get("content"))
    }
    scalable, most = said.get("user-scalable"), said.get("maximum-scale")
    free = {"yes", "device-width", "device-height"}
    if scalable is not None and scalable not in free and -1 < _number(scalable) < 1:
        return True
    return most is not None and most not in free - {"yes"} and 0 <= _number(most) < 2


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _is_looks(node: LexborNode, name: str) -> bool:
    """Say whether an attribute is about looks: size also means a field's length."""
    return name != "size" or node.tag in {"font", "hr"}


def _strip_style(node: LexborNode) -> None:
    kept = [
        f"{name}: {value}"
        for name, value in declarations(node.attributes["style"] or "").items()
        if name not in STYLES
    ]
    if kept:
        node.attrs["style"] = "; ".join(kept)
    else:
        del node.attrs["style"]
