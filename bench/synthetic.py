"""Votes made up for measuring: planted groups, uneven activity, uneven popularity."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

GROUPS, DIMENSIONS, PASSES = 4, 3, 0.12
BLOCK = 20_000


@dataclass(frozen=True)
class Planted:
    """Flat arrays sorted by participant and statement, and each one's true group."""

    participants: NDArray[np.int32]
    statements: NDArray[np.int16]
    stances: NDArray[np.int8]
    groups: NDArray[np.int8]


def planted(people: int, statements: int, votes: int, *, seed: int = 1) -> Planted:
    """Return about ``votes`` votes of people around four points of opinion.

    People scatter around their group's point in three dimensions; they agree where a
    statement points their way, pass in 12 per cent. Votes per person are log-normal,
    the statements' popularity is gamma distributed.
    """
    rng = np.random.default_rng(seed)
    groups = rng.integers(GROUPS, size=people).astype(np.int8)
    centres = 1.5 * rng.standard_normal((GROUPS, DIMENSIONS))
    loadings = rng.standard_normal((statements, DIMENSIONS))
    leaning = 0.5 * rng.standard_normal(statements)
    popularity = rng.gamma(4.0, size=statements)
    popularity /= popularity.mean()
    activity = rng.lognormal(sigma=0.6, size=people)
    activity *= _level(activity, popularity, votes / people / statements)
    parts = []
    for first in range(0, people, BLOCK):
        rows = slice(first, min(first + BLOCK, people))
        size = len(groups[rows])
        asked = np.minimum(activity[rows, None] * popularity, 0.98)
        who, what = np.nonzero(rng.random((size, statements)) < asked)
        place = centres[groups[rows]] + rng.standard_normal((size, DIMENSIONS))
        pull = (place @ loadings.T + leaning)[who, what]
        agrees = rng.random(len(who)) < 1 / (1 + np.exp(-pull))
        stance = np.where(agrees, 1, -1) * (rng.random(len(who)) > PASSES)
        parts.append(
            (
                (who + first).astype(np.int32),
                what.astype(np.int16),
                stance.astype(np.int8),
            )
        )
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return Planted(*columns, groups)


def _level(activity, popularity, density: float) -> float:
    """Return the factor that gives this density although nobody votes twice."""
    some, level = activity[:2000, None] * popularity, density
    for _ in range(20):
        level *= density / np.minimum(level * some, 0.98).mean()
    return level
