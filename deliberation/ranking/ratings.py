"""The reactions of one discussion as arrays that do not depend on their order."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.integer[Any]]


class BadRatings(ValueError):
    """The arrays are not reactions: the message says which rule they break."""


@dataclass(frozen=True)
class Ratings:
    """One rating per person and item, sorted by both.

    ``people`` and ``items`` are the sorted ids of those with a rating. Rating ``r``
    is what ``people[who[r]]`` said of ``items[what[r]]``: ``liked[r]`` is 1.0 or 0.0.
    """

    people: Integers
    items: Integers
    who: Integers
    what: Integers
    liked: Floats

    @classmethod
    def of(cls, people: ArrayLike, items: ArrayLike, liked: ArrayLike) -> Self:
        """Return the ratings given row by row, in any order.

        ``people`` and ``items`` are integer ids; ``liked`` is true for those who
        agree or find it well argued, false for those who see it differently. Raise
        ``BadRatings`` for lengths that differ, ids that are not whole numbers, other
        answers, or two rows for one pair.
        """
        who, what = _whole(people, "people"), _whole(items, "items")
        how = np.asarray(liked, dtype=np.float64)
        if not who.shape == what.shape == how.shape:
            raise BadRatings("people, items and liked differ in length")
        if not np.isin(how, (0, 1)).all():
            raise BadRatings("an answer is true or false")
        order = np.lexsort((what, who))
        who, what, how = who[order], what[order], how[order]
        if ((who[1:] == who[:-1]) & (what[1:] == what[:-1])).any():
            raise BadRatings("somebody rated one item twice")
        known_people, rows = np.unique(who, return_inverse=True)
        known_items, columns = np.unique(what, return_inverse=True)
        return cls(known_people, known_items, rows, columns, how)

    def __len__(self) -> int:
        return len(self.liked)


def summed(place: Integers, values: Floats, count: int) -> Floats:
    """Return the sum of the values at each of so many places."""
    sums: Floats = np.zeros(count)
    sums += np.bincount(place, values, count)
    return sums


def _whole(values: ArrayLike, name: str) -> Integers:
    array = np.asarray(values)
    if not array.size:
        return np.zeros(0, dtype=np.int64)
    if array.ndim != 1 or array.dtype.kind not in "iu":
        raise BadRatings(f"{name} must be one row of whole numbers")
    return array.astype(np.int64)
