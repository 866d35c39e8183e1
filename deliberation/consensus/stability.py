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

DIRECTIONS, STARTS, ROUNDS = 8, 1, 15


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
    resamples: int,
    persists_from: float,
    rng: np.random.Generator,
) -> Stability:
    """Return how the ``k`` groups ``labels`` of these people stand up to resampling.

    ``centred`` are their centred votes (person x statement), ``scale`` what each
    position is multiplied by. ``persists_from`` is the least Jaccard index.
    """
    people = len(labels)
    drawn = rng.multinomial(people, np.full(people, 1 / people), size=resamples)
    weights = drawn.astype(float)
    points = _positions(centred, scale, weights)
    found = _regrouped(points, weights, labels, k, rng)
    alike = _jaccard(labels, found, drawn > 0, k) >= persists_from
    return Stability(
        resamples, int(alike.all(axis=1).sum()), tuple(alike.sum(axis=0).tolist())
    )


def _positions(centred: sparse.csr_array, scale: Floats, weights: Floats) -> Floats:
    """Return the positions (resample, person, 2) on each resample's components."""
    _, directions = components.leading(centred, DIRECTIONS)
    scores = centred @ directions
    width = scores.shape[1]
    squares = (scores[:, :, None] * scores[:, None, :]).reshape(len(scores), -1)
    spreads = (weights @ squares).reshape(-1, width, width)
    axes = np.linalg.eigh(spreads)[1][:, :, -2:]
    return np.asarray((scores @ axes) * scale[:, None])


def _regrouped(
    points: Floats, weights: Floats, labels: Integers, k: int, rng: np.random.Generator
) -> Integers:
    """Return each resample's best labels (resample, person) of several k-means runs.

    One run starts from where the groups are now, the others from anywhere.
    """
    members = np.eye(k)[labels]
    mass = np.maximum(weights @ members, 1e-9)
    known = np.einsum("rp,rpx,pg->rgx", weights, points, members) / mass[..., None]
    runs, many = np.tile(points, (STARTS, 1, 1)), np.tile(weights, (STARTS, 1))
    fresh = clusters.seeded_starts(runs, many, k, len(runs), rng)
    starts = np.concatenate([known, fresh])
    runs, many = np.concatenate([points, runs]), np.concatenate([weights, many])
    _, found, inertia = clusters.lloyd(runs, many, starts, rounds=ROUNDS)
    best = inertia.reshape(STARTS + 1, -1).argmin(axis=0)
    each = np.arange(len(points))
    return np.asarray(found.reshape(STARTS + 1, len(points), -1)[best, each])


def _jaccard(labels: Integers, found: Integers, there: Flags, k: int) -> Floats:
    """Return the best overlap of each group with a new one (resample, group)."""
    old = np.eye(k)[labels]
    new = np.eye(k)[found] * there[..., None]
    shared = np.einsum("pg,rph->rgh", old, new)
    union = (there @ old)[:, :, None] + new.sum(axis=1)[:, None, :] - shared
    return np.asarray((shared / np.maximum(union, 1.0)).max(axis=2))
