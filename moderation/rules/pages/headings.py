"""Headings are how people who do not see a page find their way in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages.base import PageFinding, PageRule
from moderation.rules.pages.markup import Element
from moderation.rules.pages.names import name
from moderation.rules.pages.places import at
from moderation.rules.pages.registry import register
from moderation.rules.pages.roles import role
from moderation.rules.pages.view import Block, PageView

# The type of a block that is a whole page, with a title of its own.
WHOLE_PAGE = "page"


@register
@dataclass(frozen=True, kw_only=True)
class HeadingsMakeAnOutline(PageRule):
    """Block headings that are empty, of the first level, or skip a level."""

    id = "A11Y-03"
    title = gettext_lazy("Headings make an outline")
    why = gettext_lazy(
        "Screen reader users jump from heading to heading: an empty or skipped one "
        "looks to them like a part that is missing."
    )
    reference = "WCAG 1.3.1, 2.4.6; Whitehall orphaned headings"
    checks = {"empty": ("ffd0e9",), "first-level": (), "skipped": ()}

    def check(self, view: PageView) -> Iterable[PageFinding]:
        before: int | None = None
        for block, heading in _headings(view):
            level = level_of(heading)
            whole = block.type == WHOLE_PAGE
            before = before or (level if whole else 1)
            if not name(heading, block.markup):
                yield self.finding(
                    "empty",
                    _("This heading has no words."),
                    _("Write the heading, or take it away."),
                    at=at(block, heading),
                )
            if level == 1 and not whole:
                yield self.finding(
                    "first-level",
                    _("This heading has the first level, which is the page's title."),
                    _("Make it a heading of the second level."),
                    at=at(block, heading),
                )
            elif level > before + 1:
                yield self.finding(
                    "skipped",
                    _("After level %(before)d comes level %(level)d.")
                    % {"before": before, "level": level},
                    _("Make it level %(level)d.") % {"level": before + 1},
                    at=at(block, heading),
                )
            before = level


def level_of(heading: Element) -> int:
    """Return the level of a heading, 1 to 6 or what aria-level says."""
    said = heading.get("aria-level")
    if said.isdecimal() and 0 < int(said[:4]) < 100:
        return int(said[:4])
    return int(heading.tag[1]) if heading.tag[1:].isdecimal() else 2


def _headings(view: PageView) -> Iterator[tuple[Block, Element]]:
    for block in view.blocks:
        for element in block.markup.elements:
            if element.is_exposed and role(element) == "heading":
                yield block, element
