"""Ranking by support across people who usually disagree, within one discussion.

An item stands as high as its weaker side lets it: its score is the smaller of what
somebody in the middle would say of it (`factors`) and of the support it has on either
side. So votes of the own side, however many, lift nothing once it likes an item.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from deliberation.ranking import factors
from deliberation.ranking.factors import Factors, Memory
from deliberation.ranking.ratings import Floats, Ratings, summed

# Fewer answers than this, of people whose side is known, say nothing.
ENOUGH = 5
# A side is heard when it weighs this much: some two or three people. It begins with
# as much weight that says neither yes nor no.
_DOUBT = 2.0
# People count in full once they answered many others; half at this number of others.
_HALF_KNOWN = 2.0
# Where all stand nearer to the middle than this, there are no sides.
_FAINTEST = 1e-3


class Reason(StrEnum):
    """Why an item stands where it stands."""

    BRIDGES = "bridges"  # both sides like it
    FEW = "few"  # too few answers to say
    NO_SIDES = "no_sides"  # those who answered have not shown two sides
    ONE_SIDE = "one_side"  # one side likes it, too few of the other answered
    DIVIDES = "divides"  # one side likes it, the other does not
    UNLIKED = "unliked"  # neither side likes it


@dataclass(frozen=True)
class Standing:
    """Where an item stands: the highest score first, 0 is neutral.

    ``score`` lies between -0.5 and 0.5. ``middle`` is what somebody on neither side
    would say, ``sides`` the support on both, the weaker one first, all of them from
    -0.5 (nobody likes it) to 0.5. ``answers`` counts those whose side is known.
    """

    item: int
    score: float
    reason: Reason
    middle: float
    sides: tuple[float, float]
    answers: int


@dataclass(frozen=True)
class Ranking:
    """The items in their order, and what the next run starts from."""

    standings: tuple[Standing, ...]
    memory: Memory


def rank(ratings: Ratings, *, previous: Memory | None = None) -> Ranking:
    """Return all rated items in their order; what nobody rated is neutral, too.

    Deterministic, whatever the order of the ratings. ``previous`` saves time, not
    more: the order it leads to is the same. Equal scores stand in the order of ids;
    whoever shows them should mix them fairly.
    """
    weights = _trust(ratings)
    found = factors.fit(ratings, weights, start=previous)
    supports = _supports(ratings, weights, found)
    answers = np.bincount(ratings.what, weights > 0, len(ratings.items))
    standings = [
        _standing(item, middle, sides, heard, int(count))
        for item, middle, sides, heard, count in zip(
            ratings.items.tolist(),
            (found.mean + found.merits).tolist(),
            supports.support.tolist(),
            supports.heard.tolist(),
            answers.tolist(),
            strict=True,
        )
    ]
    standings.sort(key=lambda each: (-each.score, each.item))
    return Ranking(tuple(standings), found.memory(ratings.items))


def across_groups(counts: Mapping[Any, tuple[int, int]]) -> float:
    """Return how much all opinion groups of a poll like an item, from 0 to 1.

    ``counts`` has for each group how many agree and how many answered. The product
    over the groups of (agree + 1) / (answered + 2), as Polis' group-informed
    consensus has it, and of it the root of the number of groups, so that items stay
    comparable when groups come and go. 0.5 where nobody has answered, or no group is.
    """
    if not counts:
        return 0.5
    shares = [(agree + 1) / (answered + 2) for agree, answered in counts.values()]
    return float(np.prod(shares) ** (1 / len(shares)))


@dataclass(frozen=True)
class _Supports:
    """What each side says of each item, both of shape (item, side)."""

    support: Floats
    heard: Floats


def _trust(ratings: Ratings) -> Floats:
    """Return how much each rating counts: nothing from whom nothing else is known.

    An account made for one item has no side that one could hold against its vote.
    """
    others = np.bincount(ratings.who, minlength=len(ratings.people)) - 1.0
    return np.asarray((others / (others + _HALF_KNOWN))[ratings.who])


def _supports(ratings: Ratings, weights: Floats, found: Factors) -> _Supports:
    """Return the support on either side; who stands near the middle counts less."""
    usual = np.sqrt(np.mean(found.sides**2)) if len(found.sides) else 0.0
    clear = np.minimum(1.0, np.abs(found.sides) / max(usual, _FAINTEST))
    counted = weights * clear[ratings.who]
    place = 2 * ratings.what + (found.sides > 0)[ratings.who]
    cells = 2 * len(ratings.items)
    heard = summed(place, counted, cells)
    liked = summed(place, counted * (ratings.liked - 0.5), cells)
    return _Supports((liked / (heard + _DOUBT)).reshape(-1, 2), heard.reshape(-1, 2))


def _standing(
    item: int,
    middle: float,
    support: Sequence[float],
    heard: Sequence[float],
    answers: int,
) -> Standing:
    weak, strong = sorted(support)
    score = min(middle, weak)
    if answers < ENOUGH:
        reason, score = Reason.FEW, 0.0
    elif max(heard) < _DOUBT:
        reason, score = Reason.NO_SIDES, min(middle, 0.0)
    elif strong <= 0:
        reason = Reason.UNLIKED
    elif min(heard) < _DOUBT:
        reason, score = Reason.ONE_SIDE, min(score, 0.0)
    elif weak <= 0:
        reason = Reason.DIVIDES
    else:
        reason = Reason.BRIDGES
    return Standing(item, score, reason, middle, (weak, strong), answers)
