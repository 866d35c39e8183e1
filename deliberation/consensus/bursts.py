"""Bursts: many newcomers within a short time who vote more alike than a group does."""

import numpy as np
from scipy.special import pdtrc

from deliberation.consensus import likeness
from deliberation.consensus.arrays import Floats, Integers
from deliberation.consensus.votes import Votes

# How many samples of the same size the newcomers are compared with.
SAMPLES = 50
# The usual pace of arrivals is that of so many windows before and after.
AROUND = 72


def crowds(
    arrivals: Floats, *, window: float, least_people: int, alarm: float
) -> list[Integers]:
    """Return the places of those who arrived in crowds, one array per crowd.

    A crowd is a stretch in which every ``window`` seconds bring more people than the
    hours around it would (Poisson, fewer than ``alarm`` by chance in the poll).
    """
    order = np.argsort(arrivals, kind="stable")
    times = arrivals[order]
    until = np.searchsorted(times, times + window, side="right")
    inside = until - np.arange(len(times))
    low, high = (
        np.searchsorted(times, times + sign * AROUND * window) for sign in (-1, 1)
    )
    hours = np.minimum(times + AROUND * window, times[-1:]) - np.maximum(
        times - AROUND * window, times[:1]
    )
    pace = np.maximum((high - low - inside) / np.maximum(hours / window - 1, 1), 0.5)
    rare = pdtrc(inside - 1, pace) < alarm / max(len(times), 1)
    found: list[list[int]] = []
    for first in np.flatnonzero(rare & (inside >= least_people)).tolist():
        if found and first < found[-1][1]:
            found[-1][1] = max(found[-1][1], int(until[first]))
        else:
            found.append([first, int(until[first])])
    return [order[first:last] for first, last in found]


def beyond(
    votes: Votes, rows: Integers, groups: Integers, *, rng: np.random.Generator
) -> tuple[float, float, float]:
    """Return the rows' alikeness, that of a group, and how unusual the former is.

    Compared with samples of as many people from the opinion group that is most alike
    of those with enough others; the last is in standard deviations of those samples.
    All 0 if even all others together are too few.
    """
    others = np.setdiff1d(np.arange(len(groups)), rows)
    pools = [others[groups[others] == group] for group in np.unique(groups[others])]
    pools = [pool for pool in [*pools, others] if len(pool) >= len(rows)]
    if not pools:
        return 0.0, 0.0, 0.0
    usual = max((_usual(votes, pool, len(rows), rng) for pool in pools), key=_mean)
    seen = likeness.alike(votes, rows)
    spread = max(float(usual.std(ddof=1)), 1e-6)
    return seen, _mean(usual), (seen - _mean(usual)) / spread


def _usual(
    votes: Votes, pool: Integers, how_many: int, rng: np.random.Generator
) -> Floats:
    """Return the alikeness of samples of so many people from the pool."""
    draws = (rng.choice(pool, how_many, replace=False) for _ in range(SAMPLES))
    return np.array([likeness.alike(votes, draw) for draw in draws])


def _mean(values: Floats) -> float:
    return float(values.mean())
