"""Room for everybody: a nudge for those who take much of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.base import Effect, Finding, Rule, Submission
from moderation.rules.registry import register


@register
@dataclass(frozen=True, kw_only=True)
class Dominance(Rule):
    """Hint when one's comments reach a share of a thread, or go to one person only.

    Each is said once: with the comment that makes it true, not with the next ones.
    """

    id = "dominance"
    title = gettext_lazy("Room for others")
    reference = "DIS-04"

    share: int = 40
    from_comments: int = 10
    answers_to_one: int = 3

    def check(self, submission: Submission) -> Iterable[Finding]:
        if not submission.is_new or submission.starts_thread:
            return
        authors, author = submission.thread.authors, submission.author_id
        if self._dominates((*authors, author), author) and not self._dominates(
            authors, author
        ):
            yield self.finding(
                Effect.HINT,
                _(
                    "With this, %(share)d %% of the comments in this thread are "
                    "yours. Maybe others would like to speak, too."
                )
                % {"share": self.share},
            )
        answered = submission.thread.answered
        if (
            answered not in {None, author}
            and submission.thread.answers + 1 == self.answers_to_one
        ):
            yield self.finding(
                Effect.HINT,
                _(
                    "This is your answer number %(count)d to the same person. Maybe "
                    "let others join in, or talk to them directly."
                )
                % {"count": self.answers_to_one},
            )

    def _dominates(self, authors: tuple[int | str, ...], author: int | str) -> bool:
        return len(authors) >= self.from_comments and authors.count(
            author
        ) * 100 >= self.share * len(authors)
