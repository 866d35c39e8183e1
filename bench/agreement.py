"""How alike two groupings of the same people are."""

import numpy as np
from numpy.typing import ArrayLike


def adjusted_rand(one: ArrayLike, other: ArrayLike) -> float:
    """Return the adjusted Rand index: 1 the same, about 0 as chance would have it.

    (Hubert and Arabie 1985.)
    """
    _, rows = np.unique(one, return_inverse=True)
    _, columns = np.unique(other, return_inverse=True)
    table = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(table, (rows, columns), 1)
    both, first, second = (
        (cells * (cells - 1) / 2).sum()
        for cells in (table, table.sum(axis=1), table.sum(axis=0))
    )
    pairs = len(rows) * (len(rows) - 1) / 2
    expected, middle = first * second / pairs, (first + second) / 2
    return 1.0 if middle == expected else float((both - expected) / (middle - expected))
