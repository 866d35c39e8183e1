"""Simpler words, and words that leave nobody out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages import phrases, simple_words
from moderation.rules.pages.base import Location, PageFinding, PageRule, Severity
from moderation.rules.pages.language_tags import primary
from moderation.rules.pages.phrases import Lists
from moderation.rules.pages.places import lines
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
        for block, line in lines(view):
            yield from self._of(line.text, block.language or view.language, block.path)

    def _of(self, text: str, language: str, path: str) -> Iterator[PageFinding]:
        for check, lists in (("simple", self.simple), ("inclusive", self.inclusive)):
            entries = _pairs(lists.get(primary(language), ()))
            for said, word in phrases.find(text, tuple(entries)):
                yield self.finding(
                    check,
                    _("“%s”: there may be a better word.") % said,
                    _("Such as: %s.") % entries[word],
                    at=Location(path=path, quote=said),
                    why=_("Some people are named by it as if they were only that.")
                    if check == "inclusive"
                    else "",
                )


@lru_cache(maxsize=32)
def _pairs(entries: tuple[str, ...]) -> dict[str, str]:
    pairs = (entry.partition(" = ") for entry in entries)
    return {word.strip(): use.strip() for word, _sign, use in pairs if use}
