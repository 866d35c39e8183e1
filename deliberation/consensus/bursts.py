"""Bursts: many newcomers within a short time who vote more alike than a group does."""

import numpy as np
from scipy.stats import poisson

from deliberation.consensus import likeness
from deliberation.consensus.arrays import Floats, Integers
from deliberation.consensus.votes import Votes

# How many samples of the same size the newcomers are compared with.
SAMPLES = 200
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
    pace = np.maximum((high - low - inside) / (2 * AROUND), 0.5)
    rare = poisson.sf(inside - 1, pace) < alarm / max(len(times), 1)
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
    """Return the rows' alikeness, that of their group, and how unusual it is.

    Compared with samples of as many people from the group that most of the rows are
    in; the last is in standard deviations of those samples.
    """
    own = groups[rows][groups[rows] >= 0]
    home = np.bincount(own).argmax() if len(own) else -1
    others = np.setdiff1d(np.flatnonzero(groups == home), rows)
    seen = likeness.alike(votes, rows)
    if len(others) < len(rows):
        return seen, 0.0, 0.0
    usual = np.array(
        [
            likeness.alike(votes, rng.choice(others, len(rows), replace=False))
            for _ in range(SAMPLES)
        ]
    )
    spread = max(float(usual.std(ddof=1)), 1e-6)
    return seen, float(usual.mean()), (seen - float(usual.mean())) / spread
