"""Simpler words, and words that leave nobody out."""

import re
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
            for said, word in phrases.find(_without_pairs(text), tuple(entries)):
                yield self.finding(
                    check,
                    _("“%s”: there may be a better word.") % said,
                    _("Such as: %s.") % entries[word],
                    at=Location(path=path, quote=said),
                    why=_("Some people are named by it as if they were only that.")
                    if check == "inclusive"
                    else "",
                )


# “Bürgerinnen und Bürger”, “Bürger*innen”, “Bürger:innen”: everybody is named already.
_PAIRED = re.compile(
    r"\b(\w{3,})innen (?:und|oder|sowie) \1\w{0,2}\b"
    r"|\b(\w{3,})\w{0,2} (?:und|oder|sowie) \2innen\b"
    r"|\b\w{3,}(?:[*:_·/]-?|\()innen\b"
)


def _without_pairs(text: str) -> str:
    """Return a text without the words that name women and men side by side."""
    return _PAIRED.sub("", text) if "innen" in text else text


@lru_cache(maxsize=32)
def _pairs(entries: tuple[str, ...]) -> dict[str, str]:
    pairs = (entry.partition(" = ") for entry in entries)
    return {word.strip(): use.strip() for word, _sign, use in pairs if use}
