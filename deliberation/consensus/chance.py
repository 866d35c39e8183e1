"""Structure in the votes that chance would not give, or none.

Parallel analysis by permutation (Horn 1965; Buja and Eyuboglu 1992): the votes on
each statement are handed round among those who voted on it. That keeps who voted on
what and how many agreed with each statement, and breaks every connection between
statements. The largest eigenvalue is compared with those of the votes handed round.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from deliberation.consensus import clusters, components
from deliberation.consensus.arrays import Floats, Integers

# Sets without clusters that the groups' separation is compared with.
REFERENCES, STARTS = 20, 3


@dataclass(frozen=True)
class Chance:
    """How far the votes' two largest variances lie above those of chance.

    ``excess`` counts standard deviations; ``dimensions`` how many of the two lie
    above the limit (the second only if the first does).
    """

    excess: tuple[float, float]
    dimensions: int
    permutations: int


def compared(
    stances: sparse.csr_array,
    *,
    permutations: int,
    limit: float,
    rng: np.random.Generator,
) -> Chance:
    """Return how the votes (participant x statement) compare with chance.

    Rows are shuffled once; each permutation then turns every column by a random
    step. Turns form a group, so under chance alone all are equally likely.
    """
    columns = stances[rng.permutation(stances.shape[0])].tocsc()
    lengths = np.diff(columns.indptr)
    sums = np.asarray(columns.sum(axis=0), float)
    middle = np.repeat(sums / np.maximum(lengths, 1), lengths)
    values, place = columns.data - middle, np.arange(columns.nnz)
    filled = np.zeros(columns.shape)
    where = columns.indices, np.repeat(np.arange(len(lengths)), lengths)

    def variances(order: Integers) -> Floats:
        filled[where] = values[order]
        found, _ = components.leading(filled, 2)
        return np.maximum(np.pad(found, (0, 2 - len(found))), 0.0)

    observed = variances(place)
    turned = np.array(
        [variances(_turned(columns.indptr, rng)) for _ in range(permutations)]
    )
    spread = np.maximum(turned.std(axis=0, ddof=1), 1e-9 * max(observed[0], 1e-300))
    excess = (observed - turned.mean(axis=0)) / spread
    first, second = (bool(e > limit) for e in excess)
    return Chance(
        (float(excess[0]), float(excess[1])), first + (first and second), permutations
    )


def separated(points: Floats, labels: Integers, *, rng: np.random.Generator) -> bool:
    """Tell whether the groups lie further apart than parts of one even field would.

    The share of the spread that stays inside the groups is compared with that of
    people spread evenly over a rectangle of the same width and height, cut into as
    many groups: below all twenty is clear-cut, otherwise opinion shades off from
    group to group. (Reference of the gap statistic, Tibshirani et al. 2001.)
    """
    k = int(labels.max()) + 1
    means = [points[labels == group].mean(axis=0) for group in np.unique(labels)]
    kinds = np.searchsorted(np.unique(labels), labels)
    own = ((points - np.array(means)[kinds]) ** 2).sum()
    sides = np.sqrt(np.maximum(np.linalg.eigvalsh(np.cov(points.T)), 0.0))
    fields = rng.random((REFERENCES, *points.shape)) * (sides + 1e-9 * sides.max())
    return bool(own / _spread(points) < _inside(fields, k, rng).min())


def _inside(sets: Floats, k: int, rng: np.random.Generator) -> Floats:
    """Return the least inertia of each set as a share of its whole spread."""
    runs = np.repeat(sets, STARTS, axis=0)
    ones = np.ones(runs.shape[1])
    starts = clusters.seeded_starts(runs, ones, k, len(runs), rng)
    _, _, inertia = clusters.lloyd(runs, ones, starts, rounds=20)
    return np.asarray(inertia.reshape(len(sets), STARTS).min(axis=1) / _spread(sets))


def _spread(points: Floats) -> Floats:
    """Return the sum of squares around the mean of the points, set by set."""
    away = points - points.mean(axis=-2, keepdims=True)
    return np.asarray((away**2).sum(axis=(-2, -1)))


def _turned(starts: Integers, rng: np.random.Generator) -> Integers:
    """Return the places of all votes after a random turn of every column."""
    lengths = np.diff(starts)
    steps = (rng.random(len(lengths)) * lengths).astype(np.int64)
    place = np.arange(starts[-1]) - np.repeat(starts[:-1] - steps, lengths)
    over = np.repeat(lengths, lengths)
    return np.asarray(np.where(place < over, place, place - over)) + np.repeat(
        starts[:-1], lengths
    )
