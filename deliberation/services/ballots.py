"""All votes of a poll as arrays, kept packed so that only new ones are read."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zipfile import BadZipFile

import numpy as np
from django.db.models import F, Min, QuerySet
from numpy.typing import NDArray

from deliberation.consensus import Votes
from deliberation.consensus.arrays import Integers
from deliberation.models import EarlierVote, PackedVotes, Vote
from moderation.queries import planned
from moderation.queries.prepared import Given, PreparedObjects, PreparedQuery

# Ids are given before they are committed: how far back a late one may turn up.
LATE, LATE_UNDONE = 1_000, 200
# With more than this to look at again, reading everything is as quick.
MOST_UNDONE = 2_000
CHUNK = 20_000
ROW = np.dtype([("participant", "i8"), ("statement", "i8"), ("stance", "i1")])
Rows = NDArray[np.void]
Seconds = NDArray[np.float64]
NOBODY = np.zeros(0, np.int64)
_KEEP = """
    INSERT INTO deliberation_packedvotes
        (poll_id, last_vote, last_earlier_vote, arrays)
    VALUES (%s, %s, %s, %s)
    ON CONFLICT (poll_id) DO UPDATE
    SET (last_vote, last_earlier_vote, arrays) =
        (excluded.last_vote, excluded.last_earlier_vote, excluded.arrays)
"""
COLUMNS = ("participant_id", "statement_id", "stance")
_OF_POLL = {"poll": Given("poll"), "pk__gt": Given("after")}
_PACKED = PreparedObjects[PackedVotes](
    lambda: PackedVotes.objects.filter(pk=Given("poll"))
)
_LATEST = PreparedQuery(
    lambda: Vote.objects.filter(**_OF_POLL).order_by("-pk").values_list("pk")[:1]
)
_LATEST_EARLIER = PreparedQuery(
    lambda: EarlierVote.objects.filter(**_OF_POLL).order_by("-pk").values_list("pk")[:1]
)
_SINCE = PreparedQuery(
    lambda: Vote.objects.filter(**_OF_POLL).order_by("pk").values_list(*COLUMNS)
)
_UNDONE = PreparedQuery(
    lambda: (
        EarlierVote.objects.filter(**_OF_POLL)
        .values_list("participant_id", "statement_id")
        .distinct()[: MOST_UNDONE + 1]
    )
)
# Grouped by no column, or SQLite goes through all votes by that column's index.
_CAME = PreparedQuery(
    lambda: (
        Vote.objects.filter(**_OF_POLL)
        .values(who=F("participant_id") + 0)
        .annotate(first=Min("cast_at"))
        .order_by()
        .values_list("who", "first")
    )
)


@dataclass(frozen=True)
class Ballots:
    """The votes, and up to which row they are known.

    `arrivals` is when each of `votes.participants` first voted, in s since 1970.
    """

    votes: Votes
    arrivals: Seconds
    last_vote: int
    last_earlier_vote: int


def collect(poll_id: int) -> Ballots:
    """Return the poll's present votes, and keep them packed for the next time.

    What is packed is brought up to date by the votes that are new; whenever the
    number of votes then differs from the table's, all are read anew.
    """
    packed = next(iter(_PACKED.all(poll=poll_id)), None)
    ballots = _updated(poll_id, packed) if packed else None
    if ballots is None or len(ballots.votes) != _all(poll_id).count():
        ballots = _read(poll_id)
    if packed is None or (ballots.last_vote, ballots.last_earlier_vote) != (
        packed.last_vote,
        packed.last_earlier_vote,
    ):
        _keep(poll_id, ballots)
    return ballots


def _all(poll_id: int) -> QuerySet[Vote]:
    return Vote.objects.filter(poll_id=poll_id)


def _marks(poll_id: int) -> tuple[int, int]:
    last, last_earlier = (
        query.first(poll=poll_id, after=0) or (0,)
        for query in (_LATEST, _LATEST_EARLIER)
    )
    return last[0], last_earlier[0]


def _read(poll_id: int) -> Ballots:
    marks = _marks(poll_id)
    rows = _rows(_all(poll_id).order_by("pk"))
    votes = Votes.of(rows["participant"], rows["statement"], rows["stance"])
    came = _CAME.rows(poll=poll_id, after=0)
    arrivals = _arrivals(votes, NOBODY, np.zeros(0), came)
    return Ballots(votes, arrivals, *marks)


def _rows(votes: QuerySet[Vote]) -> Rows:
    found = votes.values_list(*COLUMNS).iterator(chunk_size=CHUNK)
    return np.fromiter(found, ROW)


def _present(poll_id: int, pairs: NDArray[np.int64], known: Rows) -> Rows:
    """Return the present votes of these pairs, and a few more, less those known."""
    told = set(known[["participant", "statement"]].tolist())
    rest = [pair for pair in map(tuple, pairs.tolist()) if pair not in told]
    if not rest:
        return known[:0]
    people, statements = zip(*rest, strict=True)
    there = _all(poll_id).filter(
        participant_id__in=set(people), statement_id__in=set(statements)
    )
    return np.array(list(there.values_list(*COLUMNS)), ROW)


def _updated(poll_id: int, packed: PackedVotes) -> Ballots | None:
    """Return the packed votes with what came since, None if too much was undone."""
    marks = _marks(poll_id)
    try:
        known, arrivals = _unpacked(bytes(packed.arrays))
    except (BadZipFile, KeyError, ValueError):
        # Damaged, or from another version of this file.
        return None
    pairs = _UNDONE.rows(poll=poll_id, after=packed.last_earlier_vote - LATE_UNDONE)
    if len(pairs) > MOST_UNDONE:
        return None
    undone = np.array(pairs, np.int64).reshape(-1, 2)
    since = {"poll": poll_id, "after": packed.last_vote - LATE}
    rows = np.array(_SINCE.rows(**since), ROW)
    rows = np.concatenate([_present(poll_id, undone, rows), rows])
    votes = _merged(known, rows, undone)
    arrivals = _arrivals(votes, known.participants, arrivals, _CAME.rows(**since))
    return Ballots(votes, arrivals, *marks)


def _arrivals(
    votes: Votes,
    people: Integers,
    arrivals: Seconds,
    came: Sequence[tuple[int, datetime]],
) -> Seconds:
    """Return when each participant first voted, as known before or told by who `came`.

    `arrivals` are those of `people`.
    """
    newcomers = np.array([who for who, _ in came], np.int64)
    moments = np.array([first.timestamp() for _, first in came], np.float64)
    every, when = np.append(people, newcomers), np.append(arrivals, moments)
    places = np.searchsorted(votes.participants, every)
    here = np.append(votes.participants, -1)[places] == every
    first = np.full(len(votes.participants), np.inf)
    np.minimum.at(first, places[here], when[here])
    return np.where(np.isfinite(first), first, 0.0)


def _merged(known: Votes, rows: Rows, without: NDArray[np.int64]) -> Votes:
    """Return the known votes, less those of some pairs, overlaid with these rows.

    A pair is a participant and a statement.
    """
    people = np.unique(
        np.concatenate([known.participants, rows["participant"], without[:, 0]])
    )
    statements = np.unique(
        np.concatenate([known.statements, rows["statement"], without[:, 1]])
    )
    width = max(len(statements), 1)
    row_of = np.searchsorted(people, known.participants)
    column_of = np.searchsorted(statements, known.statements).astype(np.int32)
    columns: Integers = column_of[known.columns]
    stances: Integers = known.stances
    cast = np.zeros(len(people), np.int64)
    cast[row_of] = known.per_participant
    old: Integers = np.repeat(row_of, known.per_participant) * width + columns
    gone = np.searchsorted(people, without[:, 0]) * width
    gone += np.searchsorted(statements, without[:, 1])
    at = np.searchsorted(old, gone)
    at = np.unique(at[_numbers_at(old, at) == gone])
    np.subtract.at(cast, old[at] // width, 1)
    old, columns, stances = (np.delete(each, at) for each in (old, columns, stances))
    keys = np.searchsorted(people, rows["participant"]) * width
    keys += np.searchsorted(statements, rows["statement"])
    keys, first = np.unique(keys, return_index=True)
    told, places = rows["stance"][first], np.searchsorted(old, keys)
    new = _numbers_at(old, places) != keys
    stances[places[~new]] = told[~new]
    columns = np.insert(columns, places[new], keys[new] % width)
    stances = np.insert(stances, places[new], told[new])
    np.add.at(cast, keys[new] // width, 1)
    here = cast > 0
    starts = np.append(0, np.cumsum(cast[here])).astype(np.int32)
    merged = Votes(people[here], statements, starts, columns, stances)
    return merged.without_empty_statements()


def _numbers_at(numbers: Integers, places: Integers) -> Integers:
    """Return the numbers at these places, -1 where there is none."""
    if not len(numbers):
        return np.full(len(places), -1)
    found = numbers.take(places, mode="clip")
    return np.where(places < len(numbers), found, -1)


def _keep(poll_id: int, ballots: Ballots) -> None:
    marks = ballots.last_vote, ballots.last_earlier_vote
    # Sent as it is: Django would first write the bytes into the SQL.
    planned.change(_KEEP, [poll_id, *marks, _packed(ballots)])


def _packed(ballots: Ballots) -> bytes:
    votes, file = ballots.votes, io.BytesIO()
    width = np.min_scalar_type(max(len(votes.statements), 1))
    np.savez(
        file,
        participants=votes.participants,
        statements=votes.statements,
        starts=votes.starts,
        columns=votes.columns.astype(width),
        stances=votes.stances,
        arrivals=ballots.arrivals,
    )
    return file.getvalue()


def _unpacked(arrays: bytes) -> tuple[Votes, Seconds]:
    with np.load(io.BytesIO(arrays)) as kept:
        votes = Votes(
            kept["participants"],
            kept["statements"],
            kept["starts"],
            kept["columns"].astype(np.int32),
            kept["stances"],
        )
        return votes, kept["arrivals"]
