"""Compute what a poll found and keep it: pages read the snapshot, never the votes."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from deliberation.consensus import (
    METHOD,
    VERSION,
    Memory,
    Result,
    Votes,
    compute,
    manipulation,
    to_json,
    weights_of,
)
from deliberation.models import Poll, PollResult, Statement
from deliberation.queries import places, routing
from deliberation.services import ballots
from moderation.choices import ContentStatus

# The last few snapshots are kept, and the last one of each day before them.
KEPT = 5
PUBLISHED = ContentStatus.PUBLISHED


def refresh(*, poll: Poll, now: datetime) -> PollResult:
    """Run the maths on the present votes and store what it found.

    Statements that are not public, and those about the voters, stay out of the
    maths. Letters and map follow the snapshot before. Conspicuous voters are
    counted like all others; what is found without them is stored beside.
    """
    collected = ballots.collect(poll.pk)
    before = _newest_first(poll).first()
    memory = places.unpack(before.places).memory if before else None
    result = _compute(poll, collected.votes, memory)
    blocks = manipulation.suspicious(
        collected.votes, result, arrivals=collected.arrivals
    )
    without = None
    if blocks:
        rest = manipulation.without(collected.votes, blocks)
        without = to_json(_compute(poll, rest, memory))
    with transaction.atomic():
        snapshot = _store(poll, result, blocks, without, collected.last_vote, now)
        _prune(poll)
    routing.forget(poll.pk)
    return snapshot


def is_stale(poll: Poll) -> bool:
    """Say whether votes were cast that the last snapshot does not know of."""
    last_vote = poll.votes.aggregate(last=Max("pk"))["last"]
    known = _newest_first(poll).values_list("last_vote", flat=True).first()
    return last_vote is not None and last_vote != known


def _newest_first(poll: Poll) -> QuerySet[PollResult]:
    return PollResult.objects.filter(poll=poll).order_by("-computed_at", "-pk")


def _statements(poll: Poll) -> QuerySet[Statement, int]:
    return Statement.objects.filter(poll=poll).values_list("pk", flat=True)


def _compute(poll: Poll, votes: Votes, previous: Memory | None) -> Result:
    return compute(
        votes,
        moderated_out=_statements(poll).exclude(status=PUBLISHED),
        meta=_statements(poll).filter(is_meta=True),
        previous=previous,
    )


def _store(
    poll: Poll,
    result: Result,
    blocks: list[manipulation.Block],
    without: dict[str, Any] | None,
    last_vote: int,
    now: datetime,
) -> PollResult:
    findings = to_json(result)
    return PollResult.objects.create(
        poll=poll,
        computed_at=now,
        method=f"{METHOD} {VERSION}",
        voters=len(result.people.ids),
        votes=int(result.people.cast.sum()),
        last_vote=last_vote,
        findings=findings,
        blocks=[_counted(block) for block in blocks],
        without=without,
        group_sizes=[group["size"] for group in findings["groups"]],
        weights=weights_of(result, _statements(poll).filter(status=PUBLISHED)),
        places=places.pack(result),
    )


def _counted(block: manipulation.Block) -> dict[str, Any]:
    """Return how many voters are conspicuous and why, but not who."""
    told = block.to_json()
    return {
        "kind": str(told["kind"]),
        "people": len(block.participants),
        "evidence": told["evidence"],
    }


def _prune(poll: Poll) -> None:
    """Delete all but the last few snapshots and the last one of each day."""
    days, gone = set(), []
    rows = _newest_first(poll).values_list("pk", "computed_at")
    for place, (pk, computed_at) in enumerate(rows):
        day = timezone.localdate(computed_at)
        if place >= KEPT and day in days:
            gone.append(pk)
        days.add(day)
    PollResult.objects.filter(pk__in=gone).delete()
