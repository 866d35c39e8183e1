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
    columns.sum_duplicates()
    lengths = np.diff(columns.indptr)
    sums = np.add.reduceat(np.append(columns.data, 0.0), columns.indptr[:-1])
    middle = np.where(lengths > 0, sums, 0.0) / np.maximum(lengths, 1)
    columns.data = columns.data - np.repeat(middle, lengths)
    observed = _variances(columns)
    turned = np.array(
        [_variances(_turned(columns, lengths, rng)) for _ in range(permutations)]
    )
    spread = np.maximum(turned.std(axis=0, ddof=1), 1e-9 * max(observed[0], 1e-300))
    excess = (observed - turned.mean(axis=0)) / spread
    first, second = (bool(e > limit) for e in excess)
    return Chance(
        (float(excess[0]), float(excess[1])), first + (first and second), permutations
    )


def separated(points: Floats, k: int, *, rng: np.random.Generator) -> bool:
    """Tell whether ``k`` groups lie further apart than parts of one round cloud.

    The share of the spread that stays inside the groups is compared with that of
    normal clouds of the same spread: below all twenty is clear, otherwise opinion
    shades off from group to group. (After SigClust, Liu et al. 2008.)
    """
    shape = np.linalg.cholesky(np.cov(points.T) + 1e-12 * np.eye(2))
    clouds = rng.standard_normal((REFERENCES, *points.shape)) @ shape.T
    (own,) = _inside(points[None], k, rng)
    return bool(own < _inside(clouds, k, rng).min())


def _inside(sets: Floats, k: int, rng: np.random.Generator) -> Floats:
    """Return the least inertia of each set as a share of its whole spread."""
    runs = np.repeat(sets, STARTS, axis=0)
    ones = np.ones(runs.shape[1])
    starts = clusters.seeded_starts(runs, ones, k, len(runs), rng)
    _, _, inertia = clusters.lloyd(runs, ones, starts, rounds=20)
    spread = ((sets - sets.mean(axis=1, keepdims=True)) ** 2).sum(axis=(1, 2))
    return np.asarray(inertia.reshape(len(sets), STARTS).min(axis=1) / spread)


def _turned(
    columns: sparse.csc_array, lengths: Integers, rng: np.random.Generator
) -> sparse.csc_array:
    steps = (rng.random(len(lengths)) * lengths).astype(np.int64)
    starts = np.repeat(columns.indptr[:-1], lengths)
    place = np.arange(columns.nnz) - starts + np.repeat(steps, lengths)
    place %= np.repeat(lengths, lengths)
    values = columns.data[starts + place]
    return sparse.csc_array((values, columns.indices, columns.indptr), columns.shape)


def _variances(columns: sparse.csc_array) -> Floats:
    values, _ = components.leading(columns, 2)
    return np.maximum(np.pad(values, (0, 2 - len(values))), 0.0)
