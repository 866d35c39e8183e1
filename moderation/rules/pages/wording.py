"""Simpler words, and words that leave nobody out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules import words
from moderation.rules.pages import phrases, simple_words
from moderation.rules.pages.base import Location, PageFinding, PageRule, Severity
from moderation.rules.pages.language_tags import primary
from moderation.rules.pages.phrases import Lists
from moderation.rules.pages.places import at
from moderation.rules.pages.registry import register
from moderation.rules.pages.view import PageView


@register
@dataclass(frozen=True, kw_only=True)
class WordsAreEverydays(PageRule):
    """Hint at heavy words, and at wording that leaves people out.

    Both lists map a language to entries such as “utilise = use”.
    """

    id = "A11Y-22"
    title = gettext_lazy("Words are simple and include everyone")
    why = gettext_lazy("Everyday words are read faster, and by more people.")
    reference = "plainlanguage.gov word list"
    checks = {"simple": (), "inclusive": ()}

    severity: Severity = Severity.HINT
    simple: Lists = field(default_factory=lambda: dict(simple_words.SIMPLE))
    inclusive: Lists = field(default_factory=lambda: dict(phrases.INCLUSIVE))

    def check(self, view: PageView) -> Iterable[PageFinding]:
        yield from self._of(view.summary, view.language, Location(path="summary"))
        for block in view.blocks:
            language = block.language or view.language
            for line in block.markup.lines:
                where = at(block, line.element, line.text)
                yield from self._of(line.text, language, where)

    def _of(self, text: str, language: str, where: Location) -> Iterator[PageFinding]:
        for check, lists in (("simple", self.simple), ("inclusive", self.inclusive)):
            entries = _pairs(lists.get(primary(language), ()))
            listed = {primary(language): tuple(entries)}
            for start, end in words.places(text, language, listed):
                said = text[start:end]
                instead = entries.get(said.casefold())
                if not instead:
                    continue
                yield self.finding(
                    check,
                    _("“%s”: there may be a better word.") % said,
                    _("Such as: %s.") % instead,
                    at=Location(path=where.path, quote=said, anchor=where.anchor),
                    why=_("Some people are named by it as if they were only that.")
                    if check == "inclusive"
                    else "",
                )


def _pairs(entries: tuple[str, ...]) -> dict[str, str]:
    pairs = (entry.partition(" = ") for entry in entries)
    return {word.strip().casefold(): use.strip() for word, _sign, use in pairs if use}
