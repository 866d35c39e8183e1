"""How far a share may be off, given how few people were asked."""

import numpy as np
from numpy.typing import ArrayLike

from deliberation.consensus.arrays import Floats

# Two-sided 95 per cent of the normal distribution.
Z95 = 1.959963984540054


def wilson(successes: ArrayLike, trials: ArrayLike, *, z: float = Z95) -> Floats:
    """Return Wilson's score interval [low, high] in a new last axis.

    No trials give [0, 1]: nothing is known. (Wilson 1927; recommended for small
    numbers by Brown, Cai and DasGupta 2001.)
    """
    x, n = np.asarray(successes, float), np.asarray(trials, float)
    share = np.divide(x, n, out=np.full(n.shape, 0.5), where=n > 0)
    middle = n * share + z * z / 2
    half = z * np.sqrt(n * share * (1 - share) + z * z / 4)
    both = np.stack([middle - half, middle + half], axis=-1) / (n + z * z)[..., None]
    return np.asarray(np.clip(both, 0.0, 1.0))


def difference(
    more: ArrayLike, n_more: ArrayLike, less: ArrayLike, n_less: ArrayLike
) -> Floats:
    """Return the lower end of the interval of ``more/n_more - less/n_less``.

    Newcombe's hybrid score interval (1998, method 10), made of two Wilson intervals.
    """
    x, n = np.asarray(more, float), np.asarray(n_more, float)
    y, m = np.asarray(less, float), np.asarray(n_less, float)
    p = np.divide(x, n, out=np.full(n.shape, 0.5), where=n > 0)
    q = np.divide(y, m, out=np.full(m.shape, 0.5), where=m > 0)
    low, high = wilson(x, n)[..., 0], wilson(y, m)[..., 1]
    return np.asarray(p - q - np.hypot(p - low, high - q))
