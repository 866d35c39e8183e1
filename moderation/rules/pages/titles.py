"""The title is the first thing anybody hears or finds of a page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages import phrases
from moderation.rules.pages.base import Location, PageFinding, PageRule
from moderation.rules.pages.markup import squeeze
from moderation.rules.pages.registry import register
from moderation.rules.pages.view import PageView


@register
@dataclass(frozen=True, kw_only=True)
class TitlesTellPagesApart(PageRule):
    """Block pages without a title, with a placeholder, or called like a neighbour."""

    id = "A11Y-11"
    title = gettext_lazy("The page has a title of its own")
    why = gettext_lazy(
        "In tabs, search results and screen readers people choose by the title alone."
    )
    reference = "WCAG 2.4.2"
    checks = {"missing": ("2779a5",), "placeholder": (), "duplicate": ()}

    def check(self, view: PageView) -> Iterable[PageFinding]:
        title = squeeze(view.title)
        where = Location(path="title", quote=title)
        bare = title.casefold().strip(" .…!?-–—")
        if not title:
            yield self.finding(
                "missing",
                _("The page has no title."),
                _("Say what it is about."),
                at=where,
            )
        elif bare in phrases.of(phrases.PLACEHOLDERS, view.language) or not bare:
            yield self.finding(
                "placeholder",
                _("“%s” is a placeholder, not a title.") % title,
                _("Say what the page is about."),
                at=where,
            )
        elif bare in {
            squeeze(each).casefold().strip(" .…!?-–—") for each in view.sibling_titles
        }:
            yield self.finding(
                "duplicate",
                _("A page beside this one has the same title."),
                _("Add what is different: the year, the street, the stage."),
                at=where,
            )
