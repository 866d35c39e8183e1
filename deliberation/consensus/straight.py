"""Straight lines: people who gave one and the same answer to everything."""

import numpy as np

from deliberation.consensus import likeness
from deliberation.consensus.arrays import Floats, Integers
from deliberation.consensus.counts import AGREED, DISAGREED, PASSED
from deliberation.consensus.votes import AGREE, DISAGREE, PASS, Votes

_PLACES = {AGREE: AGREED, DISAGREE: DISAGREED, PASS: PASSED}


def lines(
    votes: Votes, by_group: Integers, *, least_votes: int, alarm: float
) -> dict[int, Integers]:
    """Return, per stance, the rows of those who took it every time, beyond chance.

    A line counts if its chance, were each answer drawn from those of the group most
    given to that answer, is so small that fewer than ``alarm`` such lines are to be
    expected in the whole poll.
    """
    shares = likeness.shares(by_group).max(axis=0)
    cast = votes.per_participant
    limit = np.log(max(len(cast), 1) / alarm)
    found: dict[int, Integers] = {}
    for stance, place in _PLACES.items():
        same = _summed(votes, (votes.stances == stance).astype(float))
        rows = np.flatnonzero((same == cast) & (cast >= least_votes))
        drawn = votes.only(rows)
        surprise = _summed(drawn, -np.log(shares[:, place])[drawn.columns])
        found[stance] = rows[surprise > limit]
    return found


def _summed(votes: Votes, values: Floats) -> Floats:
    """Return the sum of the values, one per vote, for each participant."""
    if not len(votes):
        return np.zeros(0)
    return np.asarray(np.add.reduceat(values, votes.starts[:-1]))
