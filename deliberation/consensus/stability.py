"""Whether the same groups would appear if other people of the same kind had come.

The people are drawn again with replacement, many times; components, positions and
groups are found anew; a group persists where it shares enough people with one of the
new groups (Jaccard index, Hennig 2007). Components of resamples are found within the
leading directions of the votes (Fisher et al. 2016), which keeps the cost small.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from deliberation.consensus import clusters, components
from deliberation.consensus.arrays import Flags, Floats, Integers

DIRECTIONS, ROUNDS = 8, 15


@dataclass(frozen=True)
class Stability:
    """In how many resamples all groups persisted, and each one of them."""

    resamples: int
    persisted: int
    by_group: tuple[int, ...]


def measured(
    centred: sparse.csr_array,
    scale: Floats,
    labels: Integers,
    k: int,
    *,
    people: int,
    resamples: int,
    persists_from: float,
    rng: np.random.Generator,
) -> Stability:
    """Return how the ``k`` groups ``labels`` stand up to resampling.

    ``centred`` are the centred votes of a sample (person x statement) that stands for
    ``people``: so many are drawn from it each time. ``scale`` is what each position
    is multiplied by, ``persists_from`` the least Jaccard index.
    """
    evenly = np.full(len(labels), 1 / len(labels))
    drawn = rng.multinomial(people, evenly, size=resamples)
    weights = np.concatenate([evenly[None] * people, drawn])
    points = _positions(centred, scale, weights)
    starts = _centres(points, weights, labels, k)
    # The groups of the sample itself, the first, differ a little from everybody's.
    _, (own,), _ = clusters.lloyd(points[:1], weights[:1], starts[:1])
    found = _regrouped(points[1:], weights[1:], starts[1:], rng)
    alike = _jaccard(own, found, drawn > 0, k) >= persists_from
    return Stability(
        resamples, int(alike.all(axis=1).sum()), tuple(alike.sum(axis=0).tolist())
    )


def _positions(centred: sparse.csr_array, scale: Floats, weights: Floats) -> Floats:
    """Return the positions (resample, person, 2) on each resample's components."""
    _, directions = components.leading(centred.toarray(), DIRECTIONS)
    scores = centred @ directions
    width = scores.shape[1]
    squares = (scores[:, :, None] * scores[:, None, :]).reshape(len(scores), -1)
    spreads = (weights @ squares).reshape(-1, width, width)
    axes = np.linalg.eigh(spreads)[1][:, :, -2:]
    return np.asarray((scores @ axes) * scale[:, None])


def _centres(points: Floats, weights: Floats, labels: Integers, k: int) -> Floats:
    """Return where the groups' members are in each resample (resample, group, 2)."""
    members = np.eye(k)[labels]
    mass = np.maximum(weights @ members, 1e-9)
    sums = np.einsum("rp,rpx,pg->rgx", weights, points, members, optimize=True)
    return np.asarray(sums / mass[..., None])


def _regrouped(
    points: Floats, weights: Floats, known: Floats, rng: np.random.Generator
) -> Integers:
    """Return each resample's best labels (resample, person) of two k-means runs.

    One starts from where the groups were, the other from anywhere.
    """
    count, k = known.shape[:2]
    fresh = clusters.seeded_starts(points, weights, k, count, rng)
    runs, many = np.tile(points, (2, 1, 1)), np.tile(weights, (2, 1))
    starts = np.concatenate([known, fresh])
    _, found, inertia = clusters.lloyd(runs, many, starts, rounds=ROUNDS)
    first, second = inertia.reshape(2, count)
    better = (first <= second)[:, None]
    return np.asarray(np.where(better, found[:count], found[count:]))


def _jaccard(labels: Integers, found: Integers, there: Flags, k: int) -> Floats:
    """Return the best overlap of each group with a new one (resample, group)."""
    old = np.eye(k)[labels]
    new = np.eye(k)[found] * there[..., None]
    shared = np.einsum("pg,rph->rgh", old, new)
    union = (there @ old)[:, :, None] + new.sum(axis=1)[:, None, :] - shared
    return np.asarray((shared / np.maximum(union, 1.0)).max(axis=2))
