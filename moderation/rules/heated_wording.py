"""A second look before a sharp word goes out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.base import Effect, Finding, Rule, Submission
from moderation.rules.registry import register
from moderation.rules.word_lists import HEATED
from moderation.rules.words import WORD, places

_SIGNS = re.compile(r"[!?！？¡¿]{4,}")


@register
@dataclass(frozen=True, kw_only=True)
class HeatedWording(Rule):
    """Hint at insults, at CAPITALS and at !!!! — never more than a hint.

    `words` maps a language to its list; without one, only capitals and signs count.
    `capitals` is how many capital letters in whole words make a shout.
    """

    id = "heated_wording"
    title = gettext_lazy("Heated wording")
    reference = "DIS-06; Katsaros et al. 2022"
    judges_words = True

    words: Mapping[str, tuple[str, ...]] = field(default_factory=HEATED.copy)
    capitals: int = 20

    def check(self, submission: Submission) -> Iterable[Finding]:
        text = submission.text
        for start, end in places(text, submission.language, self.words):
            yield self._hint(
                _(
                    "Could you put this more calmly? Calm words are answered more often."
                ),
                text,
                start,
                end,
            )
        for start, end in self._shouts(text):
            yield self._hint(
                _("Words in capitals read like shouting, and are hard to read."),
                text,
                start,
                end,
            )
        for signs in _SIGNS.finditer(text):
            yield self._hint(_("One such sign is enough."), text, *signs.span())

    def _shouts(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where at least two words in a row are capitals, and enough of them."""
        if sum(map(str.isupper, text)) < self.capitals:
            return
        run: list[re.Match[str]] = []
        for word in (*WORD.finditer(text), None):
            if word and word[0].isupper():
                run.append(word)
                continue
            letters = sum(character.isupper() for each in run for character in each[0])
            if len(run) > 1 and letters >= self.capitals:
                yield run[0].start(), run[-1].end()
            run = []

    def _hint(self, message: str, text: str, start: int, end: int) -> Finding:
        return self.finding(
            Effect.HINT, message, start=start, end=end, matched=text[start:end][:200]
        )
