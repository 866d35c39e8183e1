"""What to draw the next statement by, until the next run."""

from collections.abc import Iterable

import numpy as np

from deliberation.consensus import priorities
from deliberation.consensus.result import Result


def weights_of(result: Result, statements: Iterable[int]) -> dict[int, float]:
    """Return the weight of each of the statements that may be drawn, as ids.

    Statements come in the order of their ids. Those without a vote, which the result
    does not know, have the large weight of the unseen; one that comes after this may
    well be given the largest of all.
    """
    ids = np.unique(np.fromiter(statements, np.int64))
    own = result.statements
    _, here, there = np.intersect1d(
        ids, own.ids, assume_unique=True, return_indices=True
    )
    counts = np.zeros((len(ids), 3), np.int64)
    extremity, meta = np.zeros(len(ids)), np.zeros(len(ids), bool)
    counts[here], meta[here] = own.counts[there], own.meta[there]
    extremity[here] = own.extremity[there]
    weights = priorities.fair(counts, extremity, meta=meta)
    return dict(zip(ids.tolist(), weights.tolist(), strict=True))
