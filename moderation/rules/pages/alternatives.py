"""Maps, charts and drawings say more than a short alternative text can."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages import phrases
from moderation.rules.pages.base import Location, PageFinding, PageRule, Severity
from moderation.rules.pages.facts import Embed, Image, Shows
from moderation.rules.pages.names import name
from moderation.rules.pages.places import at, elements
from moderation.rules.pages.registry import register
from moderation.rules.pages.view import PageView


@register
@dataclass(frozen=True, kw_only=True)
class DataHasText(PageRule):
    """Block maps, charts and drawings without a text that says the same.

    `suspected` is the severity for images that look like one by their words, though
    nobody said so.
    """

    id = "A11Y-23"
    title = gettext_lazy("Maps, charts and drawings have a text that says the same")
    why = gettext_lazy(
        "Blind people, and many who cannot read plans, learn nothing of what is "
        "planned where."
    )
    reference = "WCAG 1.1.1"
    checks = {"equivalent": (), "suspected": (), "canvas": ()}

    suspected: Severity = Severity.WARN

    def check(self, view: PageView) -> Iterable[PageFinding]:
        things: tuple[Image | Embed, ...] = (*view.images, *view.embeds)
        for thing in things:
            if thing.equivalent.strip():
                continue
            if thing.shows is not Shows.PICTURE:
                yield self._missing("equivalent", thing, self.severity)
            elif self._looks_like_data(thing, view.language):
                yield self._missing("suspected", thing, self.suspected)
        for block, canvas in elements(view, "canvas"):
            if canvas.is_exposed and not (canvas.text() or name(canvas, block.markup)):
                yield self.finding(
                    "canvas",
                    _("This drawing exists only for eyes."),
                    _("Put a table or a text with the same content beside it."),
                    at=at(block, canvas),
                )

    def _looks_like_data(self, thing: Image | Embed, language: str) -> bool:
        if isinstance(thing, Image) and thing.is_decorative:
            return False
        said = [thing.title]
        if isinstance(thing, Image):
            said += [thing.alt or "", thing.caption]
        listed = phrases.of(phrases.PICTURES_OF_DATA, language)
        return any(True for _found in phrases.find(" . ".join(said), listed))

    def _missing(
        self, check: str, thing: Image | Embed, severity: Severity
    ) -> PageFinding:
        return self.finding(
            check,
            _("What this map, chart or drawing shows is written nowhere."),
            _(
                "Add a text that says the same: the addresses on the map, the numbers "
                "of the chart as a table, the measures of the drawing."
            ),
            at=Location(path=thing.path, quote=thing.title),
            severity=severity,
        )
