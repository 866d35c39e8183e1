"""Ranking by support across the opinion groups of a poll on the same page.

Where people have said in a poll where they stand, nobody needs to guess it from their
reactions: the groups take the place of the two sides of `bridging`.
"""

import numpy as np

from deliberation.ranking.bridging import ENOUGH, Reason, Standing, across_groups
from deliberation.ranking.ratings import Integers, Ratings

# A group is heard when so many of it answered.
HEARD = 2


def rank(ratings: Ratings, groups: Integers) -> tuple[Standing, ...]:
    """Return all rated items in their order, as `bridging.rank` does.

    ``groups`` has for each of `ratings.people` the number of their group, -1 for those
    outside, who count for nothing. A group of which nobody reacted to anything has no
    say. What every group likes scores by `across_groups`;
    anything else stands no higher than the group that likes it least.
    """
    of_rating = groups[ratings.who]
    inside = of_rating >= 0
    names, column = np.unique(of_rating[inside], return_inverse=True)
    shape = (len(ratings.items), len(names))
    heard, liked = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    place = ratings.what[inside], column
    np.add.at(heard, place, 1)
    np.add.at(liked, place, ratings.liked[inside].astype(np.int64))
    standings = [
        _standing(item, dict(enumerate(zip(yes, all_, strict=True))))
        for item, yes, all_ in zip(
            ratings.items.tolist(), liked.tolist(), heard.tolist(), strict=True
        )
    ]
    return tuple(sorted(standings, key=lambda each: (-each.score, each.item)))


def _standing(item: int, counts: dict[int, tuple[int, int]]) -> Standing:
    middle = across_groups(counts) - 0.5
    supports = [across_groups({0: count}) - 0.5 for count in counts.values()]
    weak, strong = min(supports, default=0.0), max(supports, default=0.0)
    heard = [answered for _liked, answered in counts.values()]
    if sum(heard) < ENOUGH:
        reason, score = Reason.FEW, 0.0
    elif strong <= 0:
        reason, score = Reason.UNLIKED, weak
    elif min(heard) < HEARD:
        reason, score = Reason.ONE_SIDE, min(weak, 0.0)
    elif weak <= 0:
        reason, score = Reason.DIVIDES, weak
    else:
        reason, score = Reason.BRIDGES, middle
    return Standing(item, score, reason, middle, (weak, strong), sum(heard))
