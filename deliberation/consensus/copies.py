"""Copied votes: people whose votes are all but identical, beyond what chance gives.

Whoever differs in fewer statements than there are parts must be identical in one of
the parts of the statements (pigeonhole principle). So people are put into buckets by
a hash of each part, and only people of one bucket are compared: no pair-by-pair work.
"""

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from deliberation.consensus import likeness
from deliberation.consensus.arrays import Flags, Floats, Integers
from deliberation.consensus.votes import Votes

PARTS, LEADERS, PAIRS = 8, 4, 20_000


def blocks(
    votes: Votes,
    totals: Integers,
    *,
    least_votes: int,
    least_people: int,
    same: float,
    alike: float,
    seed: int,
) -> list[Integers]:
    """Return the rows of each block of at least ``least_people`` copies.

    Two are linked if both voted on at least ``least_votes`` statements, have at least
    the share ``same`` of them in common and answered as many alike, and if no more
    than one such pair was to be expected in the poll, were votes drawn from
    ``totals``, the counts of everybody. A block of linked people must be at least
    ``alike`` throughout.
    """
    people = np.flatnonzero(votes.per_participant >= least_votes)
    if len(people) < least_people:
        return []
    judged = votes.only(people)
    pairs = _pairs(judged, likeness.matching(totals), same, seed)
    link = sparse.coo_array((np.ones(len(pairs)), pairs.T), shape=(len(people),) * 2)
    _, labels = csgraph.connected_components(link, directed=False)
    sizes = np.bincount(labels)
    found = [people[labels == one] for one in np.flatnonzero(sizes >= least_people)]
    return [block for block in found if likeness.alike(votes, block) >= alike]


def _pairs(votes: Votes, matching: Floats, same: float, seed: int) -> Integers:
    """Return pairs of rows (pair, 2) that link all copies found.

    Everybody in a bucket is compared with its first row; those who are no copies of
    it then with the first of them, and so on a few times.
    """
    limit = np.log(votes.shape[0] ** 2 / 2)
    voted, coded = votes.matrix(np.ones(len(votes))), votes.matrix(votes.stances + 2.0)
    found = [np.zeros((0, 2), np.int64)]
    for hashes in _hashes(votes, seed):
        rows = np.argsort(hashes, kind="stable")
        buckets = hashes[rows]
        for _ in range(LEADERS):
            first = np.append(True, buckets[1:] != buckets[:-1])
            heads = rows[first][np.cumsum(first) - 1][~first]
            tails, buckets = rows[~first], buckets[~first]
            copied = _copied(voted, coded, heads, tails, matching, same, limit)
            found.append(np.stack([heads[copied], tails[copied]], axis=1))
            rows, buckets = tails[~copied], buckets[~copied]
            if not len(rows):
                break
    return np.concatenate(found)


def _hashes(votes: Votes, seed: int) -> list[Integers]:
    """Return one hash per row of the whole vector, then of each part of it.

    Rows without a vote in a part get a hash of their own.
    """
    rng = np.random.default_rng(seed)
    # Sums of these, of thousands even, are whole numbers that floats hold exactly.
    keys = rng.integers(1, 2**40, size=(votes.shape[1], 3)).astype(float)
    part = rng.permutation(votes.shape[1]) % PARTS
    alone = -rng.integers(1, 2**53, size=votes.shape[0]).astype(float)
    cells = np.repeat(np.arange(votes.shape[0]) * PARTS, votes.per_participant)
    cells += part[votes.columns]
    sums = np.bincount(
        cells,
        keys.ravel()[votes.columns * 3 + votes.stances + 1],
        votes.shape[0] * PARTS,
    ).reshape(-1, PARTS)
    parts = np.where(sums == 0, alone[:, None], sums).T
    return [sums.sum(axis=1), *parts]


def _copied(
    voted: sparse.csr_array,
    coded: sparse.csr_array,
    heads: Integers,
    tails: Integers,
    matching: Floats,
    same: float,
    limit: float,
) -> Flags:
    """Tell which of the pairs are copies of each other."""
    cast = np.diff(voted.indptr)
    fewer, more = (f(cast[heads], cast[tails]) for f in (np.minimum, np.maximum))
    found = np.zeros(len(heads), bool)
    # Who voted much less than the other cannot share enough with them.
    likely = np.flatnonzero(fewer >= same * more)
    for first in range(0, len(likely), PAIRS):
        part = likely[first : first + PAIRS]
        one, other = heads[part], tails[part]
        both = voted[one].multiply(voted[other]).tocsr()
        shared = both.sum(axis=1)
        apart = (coded[one] - coded[other]).multiply(both).astype(bool).sum(axis=1)
        expected = (both @ matching) / np.maximum(shared, 1)
        surprise = likeness.surprise(shared - apart, shared, expected)
        enough = (shared >= same * (cast[one] + cast[other] - shared)) & (
            shared - apart >= same * shared
        )
        found[part] = enough & (surprise > limit)
    return found
