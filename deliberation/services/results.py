"""Compute what a poll found and keep it: pages read the snapshot, never the votes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from deliberation.choices import Stage
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
from deliberation.models import Poll, PollResult, Statement, Vote
from deliberation.queries import places, routing
from deliberation.services import ballots
from moderation.choices import ContentStatus
from moderation.queries.prepared import Given, PreparedQuery
from moderation.services.inserting import PreparedInsert

# Until so many of the votes are new the checks by repetition are carried over.
NEW_SHARE = 0.01
# Ends the name of the method where that was so.
BRIEF = " brief"
# The last few snapshots are kept, and the last one of each day before them.
KEPT = 5
PUBLISHED = ContentStatus.PUBLISHED

_STORE = PreparedInsert(PollResult)
_PLACES = PreparedQuery(
    lambda: (
        PollResult.objects.filter(poll=Given("poll"))
        .order_by("-computed_at", "-pk")
        .values_list("places")[:1]
    )
)
_STATEMENTS = PreparedQuery(
    lambda: Statement.objects.filter(poll=Given("poll")).values_list(
        "pk", "status", "is_meta"
    )
)
_IMPORTANT = PreparedQuery(
    lambda: (
        Vote.objects.filter(poll=Given("poll"), is_important=True)
        .order_by()
        .values_list("statement")
        .annotate(people=Count("pk"))
    )
)


def refresh(*, poll: Poll, now: datetime) -> PollResult:
    """Run the maths on the present votes and store what it found.

    Statements that are not public, and those about the voters, stay out of the
    maths. Letters and map follow the snapshot before. Conspicuous voters are
    counted like all others; what is found without them is stored beside.

    While few votes are new the run is a brief one: see `compute`. After the close it
    is a full one.
    """
    collected = ballots.collect(poll.pk)
    before = _PLACES.first(poll=poll.pk)
    known = places.unpack(before[0]) if before and before[0] else None
    memory = known.memory if known else None
    brief = not _is_closed(poll, now) and _is_little_new(poll, collected, known)
    statements = _Statements.of(poll)
    result = _compute(statements, collected.votes, memory, brief=brief)
    checked_to = known.checked_to if known and result.brief else collected.last_vote
    blocks = manipulation.suspicious(
        collected.votes, result, arrivals=collected.arrivals
    )
    without = None
    if blocks:
        rest = manipulation.without(collected.votes, blocks)
        without = to_json(_compute(statements, rest, memory, brief=result.brief))
    with transaction.atomic():
        # Only the newest tells where people stand, and none tells of the erased.
        poll.snapshots.exclude(places=b"").update(places=b"")
        snapshot = _STORE.new(
            PollResult(
                poll=poll,
                computed_at=now,
                last_vote=collected.last_vote,
                blocks=[_counted(block) for block in blocks],
                without=without,
                places=places.pack(result, checked_to=checked_to),
                **_found(poll, statements, result),
            )
        )
        _prune(poll)
    routing.forget(poll.pk)
    return snapshot


def is_stale(poll: Poll, *, now: datetime) -> bool:
    """Say whether the last snapshot does not know of votes, or of the close."""
    last_vote = poll.votes.aggregate(last=Max("pk"))["last"]
    newest = _newest_first(poll).values_list("last_vote", "method").first()
    if last_vote is None or newest is None:
        return last_vote is not None
    known, method = newest
    return last_vote != known or (method.endswith(BRIEF) and _is_closed(poll, now))


def _is_closed(poll: Poll, now: datetime) -> bool:
    return poll.stage_at(now) in {Stage.CLOSED, Stage.ANSWERED}


def _is_little_new(
    poll: Poll, collected: ballots.Ballots, known: places.Places | None
) -> bool:
    """Say whether next to no vote came or went since the last full run."""
    if known is None or known.memory.checks is None:
        return False
    then, votes = known.memory.checks.votes, len(collected.votes)
    came = poll.votes.filter(pk__gt=known.checked_to).count()
    went = abs(then + came - votes)
    return came + went < NEW_SHARE * votes


def _newest_first(poll: Poll) -> QuerySet[PollResult]:
    return PollResult.objects.filter(poll=poll).order_by("-computed_at", "-pk")


@dataclass(frozen=True)
class _Statements:
    """The ids of a poll's statements: in public, not in public, about the voters."""

    public: list[int]
    others: list[int]
    meta: list[int]

    @classmethod
    def of(cls, poll: Poll) -> Self:
        rows = _STATEMENTS.rows(poll=poll.pk)
        return cls(
            public=[pk for pk, status, _ in rows if status == PUBLISHED],
            others=[pk for pk, status, _ in rows if status != PUBLISHED],
            meta=[pk for pk, _, is_meta in rows if is_meta],
        )


def _compute(
    statements: _Statements, votes: Votes, previous: Memory | None, *, brief: bool
) -> Result:
    return compute(
        votes,
        moderated_out=statements.others,
        meta=statements.meta,
        previous=previous,
        brief=brief,
    )


def _found(poll: Poll, statements: _Statements, result: Result) -> dict[str, Any]:
    findings = to_json(result) | {"important": _important(poll)}
    return {
        "method": f"{METHOD} {VERSION}{BRIEF if result.brief else ''}",
        "voters": len(result.people.ids),
        "votes": int(result.people.cast.sum()),
        "findings": findings,
        "group_sizes": [group["size"] for group in findings["groups"]],
        "weights": weights_of(result, statements.public),
    }


def _important(poll: Poll) -> dict[int, int]:
    """Return to how many voters each statement is important, by its id."""
    return dict(_IMPORTANT.rows(poll=poll.pk))


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
