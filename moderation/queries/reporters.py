"""How far reports can be relied on, by who they come from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from moderation.choices import REVERSIBLE, Act, Outcome, Standing
from moderation.models import Flag, Participant

# How much a report counts before the reporter's record is looked at.
BASE = {
    Standing.NEW: 0.5,
    Standing.KNOWN: 1.0,
    Standing.TRUSTED: 1.5,
    Standing.SUSPENDED: 0.0,
}
OVERTURNED = Q(answered_by__appeals__outcome=Outcome.OVERTURNED)


@dataclass(frozen=True)
class Record:
    """How many of somebody's reports proved right, and how many did not."""

    founded: int = 0
    unfounded: int = 0

    @property
    def accuracy(self) -> float:
        """Return the share that proved right, 0.5 for whom nothing is known of.

        Laplace's rule of succession: (right + 1) / (all + 2).
        """
        return (self.founded + 1) / (self.founded + self.unfounded + 2)


def records(
    reporters: Iterable[int], *, since: datetime | None = None
) -> dict[int, Record]:
    """Return the records of participants by their ids, in one query.

    What was overturned on appeal counts neither way.
    """
    answered = Flag.objects.filter(reporter__in=list(reporters), rule_id="")
    if since:
        answered = answered.filter(answered_by__created_at__gt=since)
    rows = (
        answered.exclude(OVERTURNED)
        .values_list("reporter")
        .annotate(
            founded=Count("pk", filter=Q(answered_by__act__in=REVERSIBLE)),
            unfounded=Count(
                "pk",
                filter=Q(
                    answered_by__act__in=[Act.KEEP, Act.PUBLISH],
                    answered_by__decided_by__isnull=False,
                ),
            ),
        )
    )
    return {pk: Record(founded, unfounded) for pk, founded, unfounded in rows}


def weight(reporter: Participant | None, record: Record) -> float:
    """Return how much a report counts: standing times twice the accuracy.

    Somebody known of whom nothing else is known counts 1, somebody without an
    account nothing: nobody can say how many people they are.
    """
    if reporter is None:
        return 0.0
    return BASE[Standing(reporter.standing)] * 2 * record.accuracy


def score(flags: Iterable[Flag]) -> float:
    """Return the weight of all these reports together."""
    by_people = [flag for flag in flags if flag.reporter_id]
    known = records(flag.reporter_id for flag in by_people if flag.reporter_id)
    return sum(
        weight(flag.reporter, known.get(flag.reporter_id or 0, Record()))
        for flag in by_people
    )
