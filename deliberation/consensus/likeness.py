"""How alike two people's votes may be expected to be without any dishonesty."""

import numpy as np

from deliberation.consensus import counts
from deliberation.consensus.arrays import Floats, Integers
from deliberation.consensus.votes import Votes

# A group this small, as a share of all votes in groups, may be of one mind by itself.
LEAST = 0.2


def shares(by_group: Integers) -> Floats:
    """Return the share of each stance (group, statement, place), one added to each.

    Of the groups that hold enough of the votes not to be a block by themselves.
    """
    size = by_group.sum(axis=(1, 2))
    large = by_group[size >= LEAST * size.sum()]
    return np.asarray((large + 1.0) / (large + 1.0).sum(axis=-1, keepdims=True))


def matching(totals: Integers) -> Floats:
    """Return, per statement, how often two people vote the same by chance."""
    smoothed = totals + 1.0
    stances = smoothed / smoothed.sum(axis=-1, keepdims=True)
    return np.asarray((stances**2).sum(axis=-1))


def alike(votes: Votes, rows: Integers) -> float:
    """Return the share of pairs of votes on one statement that are the same."""
    own = counts.overall(votes.only(np.sort(rows)))
    cast = own.sum(axis=-1)
    pairs = (cast * (cast - 1)).sum()
    return float((own * (own - 1)).sum() / pairs) if pairs else 0.0


def surprise(successes: Integers, trials: Integers, expected: Floats) -> Floats:
    """Return a lower bound of -log P(at least so many successes).

    ``expected`` is the mean chance of the trials, which may differ from each other
    (Hoeffding 1963, theorem 1); 0 where there are no more than expected.
    """
    seen = np.divide(successes, np.maximum(trials, 1))
    chance = np.clip(expected, 1e-12, 1 - 1e-12)
    with np.errstate(divide="ignore", invalid="ignore"):
        more = np.where(seen > 0, seen * np.log(seen / chance), 0.0)
        rest = (1 - seen) * np.log((1 - seen) / (1 - chance))
    bound = trials * (more + np.where(seen < 1, rest, 0.0))
    return np.asarray(np.where(seen > chance, bound, 0.0))
