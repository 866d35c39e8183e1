"""Documents: how many, whose, and whether their link says what they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from moderation.rules.base import Effect, Finding, Rule, Submission
from moderation.rules.registry import register


@register
@dataclass(frozen=True, kw_only=True)
class Documents(Rule):
    """Ask what each document is, bound their number, look at newcomers' first.

    `newcomers` is what a newcomer's document does to the post. Only where a policy
    admits documents is there anything to look at.
    """

    id = "documents"
    title = gettext_lazy("Documents")
    reference = "DIS-08"

    maximum: int = 2
    newcomers: Effect = Effect.HOLD

    def check(self, submission: Submission) -> Iterable[Finding]:
        documents = [each for each in submission.pictures if each.is_document]
        if not documents:
            return
        if len(documents) > self.maximum:
            yield self.finding(
                Effect.REFUSE,
                ngettext(
                    "A post may have %d document.",
                    "A post may have %d documents.",
                    self.maximum,
                )
                % self.maximum,
            )
        if submission.is_new and submission.is_newcomers:
            yield self.finding(
                self.newcomers,
                _("A moderator looks at the documents of people who are new here."),
            )
        if not all(each.description for each in documents):
            yield self.finding(
                Effect.HINT,
                _(
                    "Please say in a few words what your document is, so that people "
                    "know before they open it."
                ),
            )
