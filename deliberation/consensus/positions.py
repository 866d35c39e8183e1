"""Where people and statements stand on the map."""

import numpy as np
from scipy import sparse

from deliberation.consensus.arrays import Floats, Integers


def scale(n_statements: int, answered: Integers) -> Floats:
    """Return sqrt(C / answered) per participant: silence must not look moderate.

    ``answered`` as ``counts.answered`` gives it (POLIS 2.4).
    """
    return np.asarray(np.sqrt(n_statements / np.maximum(answered, 1)))


def participants(centred: sparse.csr_array, axes: Floats, scale: Floats) -> Floats:
    """Return each participant's position (participant, 2) (POLIS 2.4)."""
    return np.asarray((centred @ axes) * scale[:, None])


def statements(means: Floats, axes: Floats) -> Floats:
    """Return where someone would stand who agreed with one statement only (POLIS 2.5).

    Shape (statement, 2); a statement without weight on the axes stands at 0.
    """
    return np.asarray(np.sqrt(len(axes)) * (1.0 - means)[:, None] * axes)


def extremity(positions: Floats) -> Floats:
    """Return how far from the middle each statement's position lies (POLIS 2.5)."""
    return np.asarray(np.linalg.norm(positions, axis=-1))
