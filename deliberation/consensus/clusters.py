"""Weighted k-means in the plane, many runs at a time, and the silhouette."""

import numpy as np

from deliberation.consensus.arrays import Floats, Integers

ROUNDS = 100


def seeded_starts(
    points: Floats, weights: Floats, k: int, runs: int, rng: np.random.Generator
) -> Floats:
    """Return starting centres (run, k, 2), drawn far apart from each other.

    ``points`` and ``weights`` as in ``lloyd``. (k-means++, Arthur and Vassilvitskii
    2007.)
    """
    nearest = np.ones((runs, points.shape[-2]))
    centres = np.empty((runs, k, 2))
    for number in range(k):
        chosen = _drawn(weights * nearest, rng)
        picked = points[chosen] if points.ndim == 2 else points[range(runs), chosen]
        centres[:, number] = picked
        away = ((points - picked[:, None]) ** 2).sum(axis=-1)
        nearest = away if number == 0 else np.minimum(nearest, away)
    return centres


def lloyd(
    points: Floats, weights: Floats, centres: Floats, *, rounds: int = ROUNDS
) -> tuple[Floats, Integers, Floats]:
    """Return centres (run, k, 2), labels (run, point) and inertia (run).

    ``points`` (point, 2) are shared by the runs, or (run, point, 2) one set each;
    ``weights`` likewise. Ends when no label changes. A cluster that loses all its
    points keeps its centre.
    """
    x, y = (np.ascontiguousarray(points[..., axis]) for axis in (0, 1))
    masses = weights, weights * x, weights * y
    labels, pull = _assigned(x, y, centres)
    for _ in range(rounds):
        centres = _moved(masses, labels, centres)
        fresh, pull = _assigned(x, y, centres)
        same, labels = np.array_equal(fresh, labels), fresh
        if same:
            break
    inertia = (weights * (x * x + y * y - 2.0 * pull)).sum(axis=-1)
    return centres, labels, np.maximum(np.broadcast_to(inertia, len(centres)), 0.0)


def silhouette(points: Floats, labels: Integers) -> float:
    """Return the mean of (b - a) / max(a, b) over the points; alone in a cluster: 0.

    (Rousseeuw 1987.) Quadratic in the points: meant for a few hundred.
    """
    _, labels = np.unique(labels, return_inverse=True)
    sizes = np.bincount(labels)
    if len(sizes) < 2:
        return 0.0
    apart = np.hypot(*(points[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
    sums = apart @ np.eye(len(sizes))[labels]
    each = np.arange(len(points))
    within = sums[each, labels] / np.maximum(sizes[labels] - 1, 1)
    sums /= sizes
    sums[each, labels] = np.inf
    between = sums.min(axis=1)
    larger = np.maximum(np.maximum(within, between), np.finfo(float).tiny)
    return float(np.where(sizes[labels] > 1, (between - within) / larger, 0.0).mean())


def _drawn(chances: Floats, rng: np.random.Generator) -> Integers:
    """Return one index per row, drawn with probability proportional to the row."""
    edges = np.cumsum(chances, axis=1)
    target = rng.random(len(edges)) * edges[:, -1]
    places = (edges <= target[:, None]).sum(axis=1)
    return np.asarray(np.minimum(places, edges.shape[1] - 1))


def _assigned(x: Floats, y: Floats, centres: Floats) -> tuple[Integers, Floats]:
    """Return the nearest centre of each point, and p·c - |c|²/2 for it."""
    halves = 0.5 * (centres**2).sum(axis=-1)
    if len(centres) == 1 and x.ndim == 1:
        pulls = np.stack([x, y], axis=1) @ centres[0].T - halves
        labels = pulls.argmax(axis=1)
        return labels[None], pulls[np.arange(len(x)), labels][None]
    best = np.full((len(centres), x.shape[-1]), -np.inf)
    labels = np.zeros(best.shape, np.int64)
    for number, (centre, half) in enumerate(
        zip(centres.transpose(1, 2, 0)[..., None], halves.T[..., None], strict=True)
    ):
        pull = x * centre[0]
        pull += y * centre[1]
        pull -= half
        np.copyto(labels, number, where=pull > best)
        np.maximum(best, pull, out=best)
    return labels, best


def _moved(
    masses: tuple[Floats, Floats, Floats], labels: Integers, centres: Floats
) -> Floats:
    """Return the mean of each cluster's points, run by run.

    ``masses`` are the points' weights, and these times x and y.
    """
    runs, k = centres.shape[:2]
    cells = (labels + k * np.arange(runs)[:, None]).ravel()
    mass, *sums = (
        np.bincount(
            cells, np.broadcast_to(each, labels.shape).ravel(), minlength=runs * k
        ).reshape(runs, k, 1)
        for each in masses
    )
    means = np.concatenate(sums, axis=2) / np.maximum(mass, np.finfo(float).tiny)
    return np.asarray(np.where(mass > 0, means, centres))
