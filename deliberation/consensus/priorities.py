"""Which statements need votes next."""

import numpy as np

from deliberation.consensus.arrays import Flags, Floats, Integers
from deliberation.consensus.counts import AGREED, PASSED

# What Polis gives to statements about the participants themselves: 7 squared.
META = 49.0


def polis(groups: Integers, extremity: Floats, *, meta: Flags) -> Floats:
    """Return Polis' priority of each statement, from the current counts.

    importance = (1 - (P+1)/(S+2)) · (E+1) · (A+1)/(S+2);
    priority = (importance · (1 + 8·2^(-S/5)))²; 49 for meta statements (POLIS 2.11).
    """
    totals = groups.sum(axis=0)
    agreed, passed, cast = totals[:, AGREED], totals[:, PASSED], totals.sum(axis=-1)
    importance = (
        (1 - (passed + 1) / (cast + 2)) * (extremity + 1) * (agreed + 1) / (cast + 2)
    )
    weights = (importance * (1 + 8 * 2.0 ** (-cast / 5))) ** 2
    return np.asarray(np.where(meta, META, weights))
