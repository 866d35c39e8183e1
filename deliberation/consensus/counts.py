"""Counts of agree, disagree and pass: the plain truth that all else rests on."""

import numpy as np

from deliberation.consensus.arrays import Flags, Floats, Integers
from deliberation.consensus.votes import SLICE, Votes

# Places in the last axis of every count.
AGREED, DISAGREED, PASSED = 0, 1, 2
# Where agree, disagree and pass stand when stances are counted from -1 upwards.
_ORDER = [2, 0, 1]


def by_group(votes: Votes, groups: Integers, how_many: int) -> Integers:
    """Return counts (group, statement, place); rows of group -1 are left out.

    ``groups`` gives the group of each participant of ``votes`` in order. Raw votes
    count, also on statements moderated out (POLIS 2.7).
    """
    n_statements = votes.shape[1]
    cells = (how_many + 1) * n_statements * 3
    totals = np.zeros(cells, np.int64)
    bucket = (np.asarray(groups, np.int64) + 1) * n_statements
    for first, last in _row_blocks(votes):
        part = slice(votes.starts[first], votes.starts[last])
        lengths = np.diff(votes.starts[first : last + 1])
        cell = np.repeat(bucket[first:last], lengths)
        cell += votes.columns[part]
        cell *= 3
        cell += votes.stances[part]
        cell += 1
        totals += np.bincount(cell, minlength=cells)
    shaped = totals.reshape(how_many + 1, n_statements, 3)
    counted: Integers = shaped[1:, :, _ORDER]
    return counted


def overall(votes: Votes) -> Integers:
    """Return counts (statement, place) over all participants."""
    everybody: Integers = by_group(votes, np.zeros(votes.shape[0], np.int64), 1)[0]
    return everybody


def answered(votes: Votes, out: Flags) -> Integers:
    """Return how many statements of the maths each participant voted on, plus ``out``.

    Statements moderated out count as answered by everybody (POLIS 2.4).
    """
    given = np.empty(votes.shape[0], np.int64)
    for first, last in _row_blocks(votes):
        part = slice(votes.starts[first], votes.starts[last])
        inside = (~out)[votes.columns[part]].astype(np.int64)
        begins = votes.starts[first:last] - votes.starts[first]
        given[first:last] = np.add.reduceat(inside, begins)
    return given + int(out.sum())


def means(counts: Integers) -> Floats:
    """Return the mean stance of each statement, -1 ... +1; 0 without votes."""
    cast = np.maximum(counts.sum(axis=-1), 1)
    return np.asarray((counts[..., AGREED] - counts[..., DISAGREED]) / cast)


def _row_blocks(votes: Votes) -> list[tuple[int, int]]:
    """Return ranges of whole rows that hold about ``SLICE`` votes each."""
    targets = np.arange(0, len(votes) + SLICE, SLICE)
    edges = np.unique(np.searchsorted(votes.starts, targets).clip(0, votes.shape[0]))
    if edges[-1] != votes.shape[0]:
        edges = np.append(edges, votes.shape[0])
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))
