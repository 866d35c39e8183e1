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

    Each is said once in a thread, with the comment that makes it true. Whoever is
    told how much of it is theirs is not told again, even after others spoke.
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
        thread = submission.thread
        comments, own = thread.comments + 1, thread.own + 1
        if self._dominates(own, comments) and not thread.asked_for_room:
            yield self.finding(
                Effect.HINT,
                _(
                    "With this, %(share)d %% of the comments in this thread are "
                    "yours. Maybe others would like to speak, too."
                )
                % {"share": round(100 * own / comments)},
                asks_for_room=True,
            )
        is_another = thread.answered not in {None, submission.author_id}
        if is_another and thread.answers + 1 == self.answers_to_one:
            yield self.finding(
                Effect.HINT,
                _(
                    "This is your answer number %(count)d to the same person. Maybe "
                    "let others join in."
                )
                % {"count": self.answers_to_one},
            )

    def _dominates(self, own: int, comments: int) -> bool:
        return comments >= self.from_comments and own * 100 >= self.share * comments
