"""A thread is a conversation."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from django.utils.translation import gettext_lazy, ngettext

from moderation.rules.base import Effect, Finding, Kind, Rule, Submission
from moderation.rules.registry import register


@register
@dataclass(frozen=True, kw_only=True)
class InARow(Rule):
    """Refuse one more comment by a person who wrote the last ones of the thread."""

    id = "in_a_row"
    title = gettext_lazy("Comments in a row")
    reference = "DIS-03"

    maximum: int = 3

    def limits(self, kind: Kind, *, newcomer: bool) -> Iterable[str]:
        """Return how many comments may follow each other."""
        if self.maximum and kind == Kind.COMMENT:
            yield (
                ngettext(
                    "After %d comment of yours, a thread waits for somebody else.",
                    "After %d comments of yours in a row, a thread waits for somebody "
                    "else.",
                    self.maximum,
                )
                % self.maximum
            )

    def check(self, submission: Submission) -> Iterable[Finding]:
        if not submission.is_new or not self.maximum:
            return
        author = submission.author_id
        newest_first = reversed(submission.thread.authors)
        run = len(list(takewhile(lambda each: each == author, newest_first)))
        if run >= self.maximum:
            yield self.finding(
                Effect.REFUSE,
                ngettext(
                    "The last %d comment of this thread is yours. Let others answer "
                    "first. As long as it can be edited, you can add to it.",
                    "The last %d comments of this thread are yours. Let others answer "
                    "first. As long as the last one can be edited, you can add to it.",
                    run,
                )
                % run,
            )
