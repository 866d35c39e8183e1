"""Which statements need votes next."""

import numpy as np

from deliberation.consensus.arrays import Flags, Floats, Integers
from deliberation.consensus.counts import AGREED, PASSED

# What Polis gives to statements about the participants themselves: 7 squared.
META = 49.0
# How strongly a statement that was asked less often than others catches up.
FAIRNESS = 4.0


def polis(counts: Integers, extremity: Floats, *, meta: Flags) -> Floats:
    """Return Polis' priority of each statement, from the current counts.

    ``counts`` (statement, place) are of the people in groups.
    importance = (1 - (P+1)/(S+2)) · (E+1) · (A+1)/(S+2);
    priority = (importance · (1 + 8·2^(-S/5)))²; 49 for meta statements (POLIS 2.11).
    """
    agreed, passed = counts[:, AGREED], counts[:, PASSED]
    cast = counts.sum(axis=-1)
    importance = (
        (1 - (passed + 1) / (cast + 2)) * (extremity + 1) * (agreed + 1) / (cast + 2)
    )
    weights = (importance * (1 + 8 * 2.0 ** (-cast / 5))) ** 2
    return np.asarray(np.where(meta, META, weights))


def fair(counts: Integers, extremity: Floats, *, meta: Flags) -> Floats:
    """Return the weights with which the next statement is to be drawn.

    Rows stand in the order in which the statements came. ``counts`` (statement,
    place) are of everybody, rows of zeros for statements without votes, which are
    taken to be as extreme as the others are on average.

    Among statements that came about the same time, Polis' priority · (E+1)² decides.
    Between early and late ones only their votes do: ((mean votes + 1) / (votes of the
    neighbours + 1)) ** FAIRNESS, so that the late are not drowned by the early.
    """
    cast = counts.sum(axis=-1).astype(float)
    if not cast.any():
        return np.ones(len(cast))
    extremity = np.where(cast > 0, extremity, extremity[cast > 0].mean())
    wanted = polis(counts, extremity, meta=meta) * (extremity + 1) ** 2
    behind = (cast.mean() + 1) / (_nearby(cast) + 1)
    return np.asarray(wanted / _nearby(wanted) * behind**FAIRNESS)


def _nearby(values: Floats) -> Floats:
    """Return the mean of each row and its neighbours, about a tenth of all rows."""
    reach, places = max(1, len(values) // 20), np.arange(len(values))
    low = np.maximum(places - reach, 0)
    high = np.minimum(places + reach + 1, len(values))
    sums = np.concatenate([[0.0], np.cumsum(values)])
    return np.asarray((sums[high] - sums[low]) / (high - low))
