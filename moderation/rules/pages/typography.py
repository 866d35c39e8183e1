"""Type that slows readers down."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages.base import PageFinding, PageRule, Severity
from moderation.rules.pages.markup import squeeze
from moderation.rules.pages.places import at, elements, lines
from moderation.rules.pages.registry import register
from moderation.rules.pages.view import PageView

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@register
@dataclass(frozen=True, kw_only=True)
class TypeIsQuiet(PageRule):
    """Warn of words in capitals, of long passages in italics, and of justified text."""

    id = "A11Y-17"
    title = gettext_lazy("No capitals, long italics or justified text")
    why = gettext_lazy(
        "Capitals and italics hide the shape of words; uneven gaps in justified text "
        "stop people with dyslexia. Some screen readers spell capitals."
    )
    reference = "WCAG 1.4.8; GOV.UK style"
    checks = {"capitals": (), "italics": (), "justified": ()}

    severity: Severity = Severity.WARN
    capitals: int = 20
    italics: int = 150

    def check(self, view: PageView) -> Iterable[PageFinding]:
        for block, line in lines(view):
            for shouted in _shouts(line.text, self.capitals):
                yield self.finding(
                    "capitals",
                    _("These words are in capitals."),
                    _("Write them as usual; make them bold if they matter."),
                    at=at(block, line.element, shouted),
                )
        for block, element in elements(view, "em", "i"):
            if element.is_exposed and len(element.text()) > self.italics:
                yield self.finding(
                    "italics",
                    _("This is a long passage in italics."),
                    _("Use a quote block, or plain type."),
                    at=at(block, element),
                )
        for block in view.blocks:
            for element in block.markup.elements:
                sides = (element.style.get("text-align"), element.get("align").lower())
                if "justify" in sides:
                    yield self.finding(
                        "justified",
                        _("This text is justified."),
                        _("Align it to the side where the lines begin."),
                        at=at(block, element),
                    )


def _shouts(text: str, most: int) -> Iterator[str]:
    """Yield the runs of whole words in capitals that have too many letters."""
    if sum(map(str.isupper, text)) <= most:
        return
    run: list[re.Match[str]] = []
    for word in (*_WORD.finditer(text), None):
        if word and word[0].isupper():
            run.append(word)
            continue
        if sum(len(each[0]) for each in run) > most:
            yield squeeze(text[run[0].start() : run[-1].end()])
        run = []
