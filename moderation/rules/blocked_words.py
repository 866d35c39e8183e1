"""Words that moderators want to look at. A word alone proves nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.base import Effect, Finding, Rule, Submission
from moderation.rules.registry import register
from moderation.rules.word_lists import SUSPECT
from moderation.rules.words import places


@register
@dataclass(frozen=True, kw_only=True)
class BlockedWords(Rule):
    """Flag listed words and phrases for a moderator; never hide or refuse a text.

    Whole words only, after folding case, style, look-alike letters and simple
    disguises. `words` maps a language (`*` for all) to its list and replaces the
    short lists that come with the software.
    """

    id = "blocked_words"
    title = gettext_lazy("Words to look at")
    reference = "DIS-12"
    judges_words = True

    words: Mapping[str, tuple[str, ...]] = field(default_factory=SUSPECT.copy)

    def check(self, submission: Submission) -> Iterable[Finding]:
        text = submission.text
        for start, end in places(text, submission.language, self.words):
            yield self.finding(
                Effect.FLAG,
                _("A moderator may look at this word."),
                start=start,
                end=end,
                matched=text[start:end][:200],
            )
