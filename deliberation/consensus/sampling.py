"""A bounded sample of the people, so that checks by repetition cost the same always."""

import numpy as np

from deliberation.consensus.arrays import Integers


def some(of: Integers, most: int, rng: np.random.Generator) -> Integers:
    """Return all of the row numbers, or ``most`` of them drawn by chance, sorted."""
    if len(of) <= most:
        return of
    return np.sort(rng.choice(of, most, replace=False))
