"""What people agree on: across the groups, and among everybody."""

import numpy as np

from deliberation.consensus.arrays import Flags, Floats, Integers
from deliberation.consensus.counts import AGREED, DISAGREED
from deliberation.consensus.intervals import difference, wilson
from deliberation.consensus.representative import SIGNIFICANT, one_share

LISTED = 5


def product(groups: Integers, side: int = AGREED) -> Floats:
    """Return the group-informed consensus of each statement: Π (A+1)/(S+2).

    ``groups`` are counts (group, statement, place). Not comparable between polls with
    different numbers of groups (POLIS 2.8).
    """
    return np.asarray(
        ((groups[..., side] + 1) / (groups.sum(axis=-1) + 2)).prod(axis=0)
    )


def normalised(groups: Integers) -> Floats:
    """Return the mean over the groups of (A+1)/(A+D+2): 0 ... 1, passes left out.

    Comparable whatever the number of groups (POLIS 2.8).
    """
    agreed, disagreed = groups[..., AGREED], groups[..., DISAGREED]
    return np.asarray(((agreed + 1) / (agreed + disagreed + 2)).mean(axis=0))


def consensus(counts: Integers, side: int, *, eligible: Flags) -> Integers:
    """Return up to five statements that significantly more than half take ``side`` on.

    ``counts`` (statement, place) over all participants, ``side`` AGREED or DISAGREED;
    sorted by p·p_t, ties in order of the statements (POLIS 2.10).
    """
    share, test = one_share(counts[:, side], counts.sum(axis=-1))
    fits = np.flatnonzero(eligible & (share > 0.5) & (test > SIGNIFICANT))
    best = np.argsort(-(share * test)[fits], kind="stable")
    return fits[best][:LISTED]


def between(groups: Integers, *, eligible: Flags) -> Integers:
    """Return up to five statements on which the groups differ most.

    Ranked by the lower end of the interval of the largest difference between two
    groups' shares of agreement, so that a gap between few people ranks low; only
    differences that are surely above zero.
    """
    agreed, cast = groups[..., AGREED], groups.sum(axis=-1)
    gaps = difference(agreed[:, None], cast[:, None], agreed[None], cast[None])
    return _largest(gaps.max(axis=(0, 1), initial=-1.0), eligible, above=0.0)


def within(counts: Integers, *, eligible: Flags) -> Integers:
    """Return up to five statements that split the people: many for, many against.

    For polls without groups: ranked by the lower end of the interval of the smaller
    side's share, which must exceed a quarter.
    """
    smaller = np.minimum(counts[:, AGREED], counts[:, DISAGREED])
    low = wilson(smaller, counts.sum(axis=-1))[:, 0]
    return _largest(low, eligible, above=0.25)


def divisive(counts: Integers, groups: Integers, *, eligible: Flags) -> Integers:
    """Return what divides: the groups if there are several, else the people."""
    if len(groups) > 1:
        return between(groups, eligible=eligible)
    return within(counts, eligible=eligible)


def _largest(scores: Floats, eligible: Flags, *, above: float) -> Integers:
    fits = np.flatnonzero(eligible & (scores > above))
    return fits[np.argsort(-scores[fits], kind="stable")][:LISTED]
