"""The votes of one poll as arrays that do not depend on the order of the rows."""

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from deliberation.consensus.arrays import Floats, Integers

AGREE, PASS, DISAGREE = 1, 0, -1

# Rows handled at a time, so that no temporary array grows with the poll.
SLICE = 1 << 21


class BadVotes(ValueError):
    """The arrays are not votes: the message says which rule they break."""


@dataclass(frozen=True)
class Votes:
    """One vote per participant and statement, sorted by both, in CSR form.

    ``participants`` and ``statements`` are the sorted ids of those with a vote; the
    votes of ``participants[i]`` are ``stances[starts[i]:starts[i + 1]]`` on
    ``statements[columns[...]]``. A statement not voted on is absent, not a zero.
    """

    participants: Integers
    statements: Integers
    starts: Integers
    columns: Integers
    stances: Integers

    @classmethod
    def of(
        cls, participants: ArrayLike, statements: ArrayLike, stances: ArrayLike
    ) -> Self:
        """Return the votes given row by row, in any order.

        ``participants`` and ``statements`` are integer ids, ``stances`` +1 agree,
        0 pass, -1 disagree. Raise ``BadVotes`` for lengths that differ, values that
        are not whole numbers, other stances, or two rows for one pair.
        """
        who = _whole(participants, "participants")
        what = _whole(statements, "statements")
        how = _whole(stances, "stances")
        if not len(who) == len(what) == len(how):
            raise BadVotes("participants, statements and stances differ in length")
        if len(how) and (how.min() < DISAGREE or how.max() > AGREE):
            raise BadVotes("a stance is +1 (agree), 0 (pass) or -1 (disagree)")
        known_participants, rows = _dense(who)
        known_statements, columns = _dense(what)
        how = how.astype(np.int8, copy=False)
        shape = (len(known_participants), len(known_statements))
        starts, columns, how = _compressed(rows, columns, how, shape)
        return cls(known_participants, known_statements, starts, columns, how)

    @classmethod
    def from_events(
        cls,
        participants: ArrayLike,
        statements: ArrayLike,
        stances: ArrayLike,
        cast_at: ArrayLike,
    ) -> Self:
        """Return the final votes of a log in which people changed their minds.

        The latest event of a pair counts; of events at the same moment the one that
        stands last in the log.
        """
        who, what, how = (np.asarray(a) for a in (participants, statements, stances))
        order = np.lexsort((np.arange(len(who)), np.asarray(cast_at), what, who))
        who, what, how = who[order], what[order], how[order]
        last = np.ones(len(who), bool)
        last[:-1] = (who[1:] != who[:-1]) | (what[1:] != what[:-1])
        return cls.of(who[last], what[last], how[last])

    def __len__(self) -> int:
        return len(self.stances)

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.participants), len(self.statements)

    @property
    def per_participant(self) -> Integers:
        """How many votes each participant cast."""
        return np.diff(self.starts)

    def matrix(self, values: Any = None) -> sparse.csr_array:
        """Return participants x statements with ``values`` (default: the stances)."""
        entries = self.stances if values is None else values
        return sparse.csr_array(
            (entries, self.columns, self.starts), shape=self.shape, copy=False
        )

    def only(self, rows: Integers) -> Self:
        """Return the votes of the participants at these sorted row numbers."""
        kept = self.matrix()[rows]
        return type(self)(
            self.participants[rows],
            self.statements,
            kept.indptr,
            kept.indices,
            kept.data,
        )

    def without_empty_statements(self) -> Self:
        """Return the same votes, less the statements that nobody voted on."""
        used = np.flatnonzero(np.bincount(self.columns, minlength=self.shape[1]))
        place = np.zeros(self.shape[1], self.columns.dtype)
        place[used] = np.arange(len(used))
        return replace(
            self, statements=self.statements[used], columns=place[self.columns]
        )

    def of_participant(self, participant: int) -> tuple[Integers, Integers]:
        """Return the statement ids and stances of one participant, perhaps none."""
        row = int(np.searchsorted(self.participants, participant))
        if row == len(self.participants) or self.participants[row] != participant:
            return self.statements[:0], self.stances[:0]
        mine = slice(self.starts[row], self.starts[row + 1])
        return self.statements[self.columns[mine]], self.stances[mine]


def slices(length: int) -> list[slice]:
    """Return slices that cover ``length`` rows piece by piece."""
    return [slice(at, min(at + SLICE, length)) for at in range(0, length, SLICE)]


def centred(votes: Votes, means: Floats, *, without: Integers) -> sparse.csr_array:
    """Return each vote minus its statement's mean; 0 in the columns ``without``.

    A missing vote stands for the mean, which is exactly 0 here, so the matrix stays
    as sparse as the votes (POLIS 2.3).
    """
    counted = np.ones(len(votes.statements))
    counted[without] = 0.0
    values = np.empty(len(votes))
    for part in slices(len(votes)):
        columns = votes.columns[part]
        values[part] = (votes.stances[part] - means[columns]) * counted[columns]
    return votes.matrix(values)


def _whole(values: ArrayLike, name: str) -> Integers:
    array = np.asarray(values)
    if array.ndim != 1:
        raise BadVotes(f"{name} must be one flat array")
    if array.dtype.kind in "iu":
        if array.size and int(array.max()) >= 2**63:
            raise BadVotes(f"{name} must be below 2**63")
        return array
    if array.size == 0:
        return array.astype(np.int64)
    if array.dtype.kind != "f" or not np.isfinite(array).all():
        raise BadVotes(f"{name} must be whole numbers")
    if (array != np.floor(array)).any() or np.abs(array).max() > 2**53:
        raise BadVotes(f"{name} must be whole numbers")
    return array.astype(np.int64)


def _dense(ids: Integers) -> tuple[Integers, Integers]:
    """Return the sorted distinct ids and each row's place among them."""
    if not len(ids):
        return ids.astype(np.int64), np.empty(0, np.int32)
    low, high = int(ids.min()), int(ids.max())
    if high - low > 4 * len(ids) + SLICE:
        known, places = np.unique(ids, return_inverse=True)
        return known.astype(np.int64), places.astype(np.int32)
    seen = np.zeros(high - low + 1, bool)
    for part in slices(len(ids)):
        seen[ids[part].astype(np.int64) - low] = True
    place = np.cumsum(seen, dtype=np.int32) - np.int32(1)
    places = np.empty(len(ids), np.int32)
    for part in slices(len(ids)):
        places[part] = place[ids[part].astype(np.int64) - low]
    return np.flatnonzero(seen) + low, places


def _compressed(
    rows: Integers, columns: Integers, stances: Integers, shape: tuple[int, int]
) -> tuple[Integers, Integers, Integers]:
    """Return starts, columns and stances sorted by row and column."""
    if not _ascending(rows, columns):
        matrix = sparse.coo_array((stances, (rows, columns)), shape=shape).tocsr()
        if matrix.nnz < len(stances):
            raise BadVotes("a participant has two votes on one statement")
        return matrix.indptr, matrix.indices, matrix.data
    wide = np.int32 if len(rows) < 2**31 else np.int64
    lengths = np.bincount(rows, minlength=shape[0])
    starts: Integers = np.append(0, np.cumsum(lengths)).astype(wide)
    return starts, columns.astype(wide, copy=False), stances


def _ascending(rows: Integers, columns: Integers) -> bool:
    """Tell whether rows, then columns, rise strictly (as a primary key would)."""
    for part in slices(len(rows) - 1):
        here, after = part, slice(part.start + 1, part.stop + 1)
        later = rows[after] > rows[here]
        beside = (rows[after] == rows[here]) & (columns[after] > columns[here])
        if not (later | beside).all():
            return False
    return True
