"""Which comments the balanced order owes some readers, so that late ones are seen too.

Equal chances on every visit are not equal chances: who writes first is there for more
visits, and alone at the beginning. So the threads of a page come from two lanes, each
read once around its circle of random places: the *owed*, written since the moment that
`owed_from` finds, and all *others*. `interleave` mixes them in a fixed pattern.

A lane is one range of an index, and both stay as they are for a whole day.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import TypeVar

import numpy as np

from deliberation.ranking.ratings import Floats

Item = TypeVar("Item")

# Threads on the page that readers see first.
PAGE = 20
# One in so many places is for the others, the rest for the owed while there are any.
EVERY = 10
SHARE = 1 - 1 / EVERY
# Added to the visits of every day, so that time alone counts where nobody counts them.
_UNCOUNTED = 0.1


def owed_from(
    written: Sequence[int], visits: Sequence[int], *, page: int = PAGE
) -> int:
    """Return the first of the days whose comments are owed readers today.

    ``written`` and ``visits`` say for every day since the first comment, without
    today, how many comments were written (first ones of a thread) and how many
    visits to the first page there were. What is written today is always owed, so the
    answer is at most ``len(written)``; 0 says that all comments are equal.

    Goes through the days as the pages went: a day's visits are shared out among the
    comments of either lane. Owed are the latest comments, back to the first that were
    seen as often as a comment on average.
    """
    counts = np.asarray(written, dtype=float)
    seen = np.zeros(len(counts))
    for day, coming in enumerate(visits):
        first = _behind(counts[:day], seen[:day])
        owed, others = counts[first : day + 1].sum(), counts[:first].sum()
        room = min(owed, max(page * SHARE, page - others))
        lanes = (
            (seen[first : day + 1], owed, room),
            (seen[:first], others, page - room),
        )
        for lane, size, places in lanes:
            if size:
                lane += (coming + _UNCOUNTED) * min(1.0, places / size)
    return _behind(counts, seen)


def interleave(
    owed: Iterable[Item], others: Iterable[Item], *, shown: int = 0
) -> Iterator[Item]:
    """Yield both lanes mixed: `SHARE` of the places are for the owed while they last.

    The pattern depends on nothing but the place, so a page goes on where the one
    before it ended: ``shown`` says how many were on the pages before.
    """
    lanes = (iter(others), iter(owed))
    for place in count(shown):
        turn = is_for_owed(place)
        for lane in (lanes[turn], lanes[not turn]):
            found = next(lane, None)
            if found is not None:
                yield found
                break
        else:
            return


def is_for_owed(place: int) -> bool:
    """Say whether a place of the list, from 0, belongs to the owed."""
    return place % EVERY != EVERY // 2


def _behind(written: Floats, seen: Floats) -> int:
    """Return the day from which on comments were seen less than one on average."""
    total = written.sum()
    if not total:
        return 0
    usual = written @ seen / total
    # Equal is equal, whatever rounding makes of it.
    often = np.flatnonzero((seen >= usual * (1 - 1e-9)) & (written > 0))
    return int(often[-1]) + 1 if usual else 0
