"""Where one participant stands, and why."""

from dataclasses import dataclass

from deliberation.consensus import newcomer, reasons
from deliberation.models import PollResult, Statement, Vote
from deliberation.queries import places
from deliberation.queries.results.shapes import FEWEST, Results
from moderation.models import Participant

LISTED = 5


@dataclass(frozen=True)
class Reason:
    """A vote of somebody's that speaks for their group, and how others voted."""

    statement: Statement
    stance: int
    percent_inside: int
    percent_outside: int


@dataclass(frozen=True)
class You:
    """A participant's place on the map; no letter for who voted on too little."""

    x: float
    y: float
    letter: str | None
    reasons: tuple[Reason, ...]


def you(shown: Results, participant: Participant | None) -> You | None:
    """Return the participant's place in these results, None if they have none.

    Votes that came after the results were computed move it at once.
    """
    if participant is None or shown.is_too_small:
        return None
    snapshot = PollResult.objects.only("places", "findings", "last_vote").get(
        pk=shown.snapshot_id
    )
    mine = Vote.objects.filter(poll=shown.poll, participant=participant)
    votes = {vote.statement_id: vote for vote in mine}
    place = _place(snapshot, participant, votes)
    if place is None:
        return None
    x, y, letter = place
    group = shown.group(letter)
    told = _reasons(shown, snapshot, letter, votes) if group else ()
    return You(x, y, letter, told if group and group.shown else ())


def _place(
    snapshot: PollResult, participant: Participant, votes: dict[int, Vote]
) -> tuple[float, float, str | None] | None:
    if not snapshot.places:
        return None
    known = places.unpack(snapshot.places)
    if any(vote.pk > snapshot.last_vote for vote in votes.values()):
        stances = {pk: vote.stance for pk, vote in votes.items()}
        return newcomer.place(snapshot.findings, known.memory, stances)
    return known.of(participant.pk)


def _reasons(
    shown: Results, snapshot: PollResult, letter: str | None, votes: dict[int, Vote]
) -> tuple[Reason, ...]:
    texts = {each.statement.pk: each.statement for each in shown.statements}
    found = reasons.why(
        snapshot.findings,
        letter or "",
        {pk: vote.stance for pk, vote in votes.items()},
        uncounted={pk for pk, vote in votes.items() if vote.pk > snapshot.last_vote},
    )
    return tuple(
        Reason(
            texts[one.statement],
            one.stance,
            _percent(one.same_inside, one.votes_inside),
            _percent(one.same_outside, one.votes_outside),
        )
        for one in found[:LISTED]
        if one.weight > 0
        and one.statement in texts
        and min(one.votes_inside, one.votes_outside) >= FEWEST
    )


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0
