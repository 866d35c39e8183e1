"""Not empty, and not so long that nobody reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from moderation.rules.base import Effect, Finding, Kind, Rule, Submission
from moderation.rules.options import BadOption
from moderation.rules.registry import register


@register
@dataclass(frozen=True, kw_only=True)
class Length(Rule):
    """Refuse what is empty or longer than the limit, counted in characters.

    The limit for comments is generous on purpose: 99 % of real contributions have
    at most 1,509 characters, but the longest have more than 6,000.
    """

    id = "length"
    title = gettext_lazy("Length")
    reference = "DIS-13"
    maximum_of: ClassVar[dict[Kind, str]] = {
        Kind.COMMENT: "maximum",
        Kind.STATEMENT: "statement_maximum",
    }

    minimum: int = 1
    maximum: int = 6000
    statement_maximum: int = 280

    def __post_init__(self) -> None:
        if not self.minimum <= min(self.maximum, self.statement_maximum):
            raise BadOption(_("The least length must not be above the greatest."))

    def check(self, submission: Submission) -> Iterable[Finding]:
        length = len(submission.text)
        maximum = getattr(self, self.maximum_of[submission.kind])
        if not length:
            yield self.finding(Effect.REFUSE, _("Please write something first."))
        elif length < self.minimum:
            yield self.finding(Effect.REFUSE, self._too_short())
        elif length > maximum:
            yield self.finding(
                Effect.REFUSE,
                self._too_long(length, maximum),
                start=maximum,
                end=length,
            )

    def _too_short(self) -> str:
        return ngettext(
            "Please write a little more: at least %(minimum)d character.",
            "Please write a little more: at least %(minimum)d characters.",
            self.minimum,
        ) % {"minimum": self.minimum}

    def _too_long(self, length: int, maximum: int) -> str:
        over = length - maximum
        return ngettext(
            "This is %(over)s character too long: at most %(maximum)s are possible.",
            "This is %(over)s characters too long: at most %(maximum)s are possible.",
            over,
        ) % {
            "over": number_format(over, force_grouping=True),
            "maximum": number_format(maximum, force_grouping=True),
        }
