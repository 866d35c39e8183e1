"""What looks like a heading or a list but is none."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages.base import PageFinding, PageRule, Severity
from moderation.rules.pages.markup import Element, Line
from moderation.rules.pages.places import at, elements
from moderation.rules.pages.registry import register
from moderation.rules.pages.view import PageView

_BULLET = re.compile(r"(?:[-–—*•·▪►>]|o|\(?\d{1,2}[.)]|\(?[a-h][.)])\s+\S")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)(%|em|rem)")
_BOLD = frozenset({"bold", "bolder", "600", "700", "800", "900"})


@register
@dataclass(frozen=True, kw_only=True)
class StructureIsReal(PageRule):
    """Warn of bold paragraphs used as headings, and of lists typed by hand."""

    id = "A11Y-04"
    title = gettext_lazy("Headings and lists are made as such")
    why = gettext_lazy(
        "Screen readers announce neither a heading nor how many points there are."
    )
    reference = "WCAG 1.3.1; GOV.UK list guidance"
    checks = {"bold-heading": (), "typed-list": ()}

    severity: Severity = Severity.WARN
    longest_heading: int = 100

    def check(self, view: PageView) -> Iterable[PageFinding]:
        for block, paragraph in elements(view, "p"):
            if self._poses_as_heading(paragraph):
                yield self.finding(
                    "bold-heading",
                    _("This paragraph looks like a heading, but is none."),
                    _("Make it a heading block."),
                    at=at(block, paragraph),
                )
        for block in view.blocks:
            for first in _typed_lists(block.markup.lines):
                yield self.finding(
                    "typed-list",
                    _("This list was typed with signs or numbers."),
                    _("Use the list button of the editor."),
                    at=at(block, first.element, first.text.split("\n")[0]),
                )

    def _poses_as_heading(self, paragraph: Element) -> bool:
        text = paragraph.text()
        if not text or len(text) > self.longest_heading or text[-1] in ".,:;!?":
            return False
        following = paragraph.following
        return (
            paragraph.is_exposed
            and following is not None
            and following.tag == "p"
            and bool(following.text())
            and _stands_out(paragraph)
            and not _stands_out(following)
        )


def _stands_out(paragraph: Element) -> bool:
    """Say whether all words of a paragraph are bold, or it is set larger."""
    size = _SIZE.fullmatch(paragraph.style.get("font-size", ""))
    if size and float(size[1]) > (100 if size[2] == "%" else 1):
        return True
    if paragraph.style.get("font-weight") in _BOLD:
        return True
    parts = [part for part in paragraph.children if not _is_blank(part)]
    return bool(parts) and all(
        isinstance(part, Element)
        and (part.tag in {"b", "strong"} or part.style.get("font-weight") in _BOLD)
        for part in parts
    )


def _is_blank(part: Element | str) -> bool:
    return isinstance(part, str) and not part.strip()


def _typed_lists(lines: list[Line]) -> Iterator[Line]:
    """Yield the first line of each run of at least two that begin like a list."""
    run = 0
    first: Line | None = None
    for line in lines:
        is_text = line.element.tag in {"p", "div", "body"}
        rows = line.text.split("\n") if is_text else [""]
        for row in rows:
            if _BULLET.match(row):
                run += 1
                first = first or line
                if run == 2:
                    yield first
            else:
                run, first = 0, None
