"""Opinion groups: people whose positions lie close together."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial import cKDTree

from deliberation.consensus import clusters, sampling
from deliberation.consensus.arrays import Flags, Floats, Integers

# Clusters are placed by at most this many people; all are then assigned.
PLACED_BY = 5000


@dataclass(frozen=True)
class Base:
    """Fine clusters that stand in for the people while groups are looked for."""

    centres: Floats
    sizes: Floats
    labels: Integers


@dataclass(frozen=True)
class Grouping:
    """One way to group: ``labels`` per person, ``centres`` (group, 2)."""

    labels: Integers
    centres: Floats
    inertia: float


@dataclass(frozen=True)
class Option:
    """A number of groups, how well it separates, and the solutions found for it.

    ``smallest`` is the number of people in the smallest group of the best solution.
    """

    number: int
    silhouette: float
    smallest: int
    centres: Floats


def in_conversation(
    cast: Integers, n_statements: int, *, least: int, fill_up_to: int, earlier: Flags
) -> Flags:
    """Tell who is grouped: with min(``least``, C) votes, now or in an earlier run.

    ``cast`` counts all votes of each participant. Fewer than ``fill_up_to`` people
    are filled up with the most active (POLIS 2.2).
    """
    inside = np.asarray(earlier | (cast >= min(least, n_statements)))
    missing = fill_up_to - int(inside.sum())
    if missing > 0:
        others = np.flatnonzero(~inside)
        inside[others[np.argsort(-cast[others], kind="stable")][:missing]] = True
    return inside


def base(points: Floats, how_many: int, *, rng: np.random.Generator) -> Base:
    """Return at most ``how_many`` fine clusters; one per distinct point if so few."""
    flat = points[:, 0] + 1j * points[:, 1]
    distinct, places, sizes = np.unique(flat, return_inverse=True, return_counts=True)
    if len(distinct) <= how_many:
        centres = np.stack([distinct.real, distinct.imag], axis=1)
        return Base(centres, sizes.astype(float), places)
    placing = points[sampling.some(np.arange(len(points)), PLACED_BY, rng)]
    ones = np.ones(len(placing))
    starts = clusters.seeded_starts(placing, ones, how_many, 1, rng)
    found, _, _ = clusters.lloyd(placing, ones, starts, rounds=10)
    return around(points, found[0])


def around(points: Floats, centres: Floats) -> Base:
    """Return the fine clusters that these centres make of the points."""
    labels = cKDTree(centres).query(points)[1]
    kept, labels = np.unique(labels, return_inverse=True)
    return Base(centres[kept], np.bincount(labels).astype(float), labels)


def options(base: Base, limit: int, *, restarts: int, seed: int) -> list[Option]:
    """Return one option for each number of groups that the base clusters allow.

    From 2 to K = min(``limit``, 2 + B // 12), B base clusters weighted by their
    people; the silhouette counts every base cluster once (POLIS 2.6). Empty where
    fewer than two positions differ.
    """
    largest = min(limit, 2 + len(base.sizes) // 12, len(base.sizes))
    return [
        option(base, k, restarts=restarts, seed=seed) for k in range(2, largest + 1)
    ]


def option(base: Base, k: int, *, restarts: int, seed: int) -> Option:
    """Return the groupings of the base clusters into ``k`` by several restarts."""
    rng = np.random.default_rng([seed, k])
    starts = clusters.seeded_starts(base.centres, base.sizes, k, restarts, rng)
    centres, labels, inertia = clusters.lloyd(base.centres, base.sizes, starts)
    best = labels[inertia.argmin()]
    return Option(
        number=k,
        silhouette=clusters.silhouette(base.centres, best),
        smallest=int(np.bincount(best, base.sizes, minlength=k).min()),
        centres=centres[np.unique(inertia.round(9), return_index=True)[1]],
    )


def into(
    points: Floats, option: Option, *, restarts: int, rng: np.random.Generator
) -> Grouping:
    """Return the best k-means grouping of the people by inertia.

    Starts from every solution for the base clusters and from ``restarts`` more.
    Large polls are searched on a sample; the best is then polished on everybody.
    """
    sample = points[sampling.some(np.arange(len(points)), PLACED_BY, rng)]
    ones = np.ones(len(sample))
    seeded = clusters.seeded_starts(sample, ones, option.number, restarts, rng)
    starts = np.concatenate([option.centres, seeded])
    centres, _, inertia = clusters.lloyd(sample, ones, starts)
    best = centres[inertia.argmin()][None]
    centres, labels, inertia = clusters.lloyd(points, np.ones(len(points)), best)
    kept, dense = np.unique(labels[0], return_inverse=True)
    return Grouping(dense, centres[0][kept], float(inertia[0]))


def followed(points: Floats, letters: Integers) -> Grouping:
    """Return the k-means grouping that starts from where the earlier groups are now.

    ``letters`` is the letter each person had before, -1 for none.
    """
    known = letters >= 0
    names, place = np.unique(letters[known], return_inverse=True)
    members = np.eye(len(names))[place]
    starts = members.T @ points[known] / members.sum(axis=0)[:, None]
    centres, labels, inertia = clusters.lloyd(
        points, np.ones(len(points)), starts[None]
    )
    kept, dense = np.unique(labels[0], return_inverse=True)
    return Grouping(dense, centres[0][kept], float(inertia[0]))


def lettered(labels: Integers, earlier: Integers) -> tuple[Integers, Integers]:
    """Return labels numbered in the order of their letters, and the letters.

    ``earlier`` has the letter (0 = A) each person had before, -1 for none. A group
    keeps the letter of the earlier group with which it shares most people (Hungarian
    method, Kuhn 1955); without one, groups take the free letters by size.
    """
    sizes = np.bincount(labels)
    letters = np.full(len(sizes), -1)
    known = earlier >= 0
    if known.any():
        shared = np.zeros((len(sizes), int(earlier.max()) + 1), np.int64)
        np.add.at(shared, (labels[known], earlier[known]), 1)
        for group, letter in zip(*linear_sum_assignment(-shared), strict=True):
            if shared[group, letter]:
                letters[group] = letter
    nameless = [
        group for group in np.argsort(-sizes, kind="stable") if letters[group] < 0
    ]
    free = np.setdiff1d(np.arange(letters.max() + 1 + len(sizes)), letters)
    letters[nameless] = free[: len(nameless)]
    order = np.argsort(letters)
    return np.argsort(order)[labels], letters[order]
