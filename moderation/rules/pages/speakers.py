"""Who speaks when: equal time, and first those who never spoke."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages.base import Location, PageFinding, PageRule, Severity
from moderation.rules.pages.hearing_notice import HEARING
from moderation.rules.pages.registry import register
from moderation.rules.pages.view import PageView

SHORTEST_TURN = 60
LONGEST_TURN = 300


@dataclass(frozen=True, kw_only=True)
class Request:
    """A person who wants to speak; `has_spoken` at this hearing or its meetings."""

    name: str
    asked_at: datetime
    has_spoken: bool = False


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One place on the list, which is public as it stands."""

    name: str
    number: int
    seconds: int


def speaking_order(requests: Iterable[Request], *, seconds: int) -> tuple[Turn, ...]:
    """Return the turns for the seconds there are, the same for everyone.

    First-time speakers come first, then as people asked. A turn is one to five
    minutes; if that is too long for all, the last on the list know it beforehand.
    """
    ordered = sorted(
        requests, key=lambda each: (each.has_spoken, each.asked_at, each.name)
    )
    share = max(seconds, 0) // max(len(ordered), 1)
    turn = min(max(share, SHORTEST_TURN), LONGEST_TURN)
    return tuple(
        Turn(name=each.name, number=number, seconds=turn)
        for number, each in enumerate(ordered, start=1)
    )


@register
@dataclass(frozen=True, kw_only=True)
class SpeakingIsFair(PageRule):
    """Order the list of speakers fairly, and say on the page how to get on it."""

    id = "HEA-09"
    title = gettext_lazy("The list of speakers is fair and public")
    why = gettext_lazy("Otherwise the practised speak first and longest.")
    reference = "Stanford Online Deliberation Platform"
    checks = {"order": (), "how": ()}
    applies_to = HEARING

    severity: Severity = Severity.AUTO
    how: Severity = Severity.WARN

    def check(self, view: PageView) -> Iterable[PageFinding]:
        where = Location(path="how_to_speak")
        yield self.finding(
            "order",
            _(
                "Everyone gets the same time; whoever speaks for the first time is first."
            ),
            _("There is nothing to do."),
            at=where,
        )
        if not view.how_to_speak.strip():
            yield self.finding(
                "how",
                _("It is not said how to put one's name down to speak."),
                _("Say where and until when, also for people who do not come."),
                at=where,
                severity=self.how,
            )
