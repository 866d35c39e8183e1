"""What explains a rating: a person's mildness, an item's merit, and two sides.

The model of Community Notes (Wojcik et al. 2022, "Birdwatch: Crowd Wisdom and Bridging
Algorithms can Inform Understanding and Reduce the Spread of Misinformation"):

    rating = mu + i_person + i_item + f_person * f_item

An item that only one side likes is explained by the factors; what the intercept of an
item keeps is what people like in spite of their side.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from deliberation.ranking.ratings import Floats, Integers, Ratings, summed

# Intercepts cost five times what factors cost, so that "this side likes it" is the
# preferred explanation and merit is what remains.
INTERCEPT_COST = 0.15
FACTOR_COST = 0.03
ROUNDS = 400
# Stop when no item moves by more than this.
CLOSE_ENOUGH = 1e-5
# A memory without sides is no start: nothing would ever move away from 0.
_FAINTEST = 1e-2
_SEED = 20260501
_POWER_STEPS = 30


@dataclass(frozen=True)
class Memory:
    """What a later run starts from: where each item stood."""

    items: tuple[int, ...] = ()
    merits: tuple[float, ...] = ()
    factors: tuple[float, ...] = ()

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Return what `to_json` gave."""
        return cls(
            *(tuple(stored.get(key, ())) for key in ("items", "merits", "factors"))
        )

    def to_json(self) -> dict[str, list[Any]]:
        """Return this as plain JSON; it says nothing about single people."""
        return {
            "items": list(self.items),
            "merits": list(self.merits),
            "factors": list(self.factors),
        }


@dataclass(frozen=True)
class Factors:
    """The solution, for ratings counted from -0.5 (disagrees) to 0.5 (agrees).

    ``mean`` + ``merits[n]`` is what somebody on neither side would say of an item.
    ``rounds`` says how many it took.
    """

    mean: float
    mildness: Floats
    sides: Floats
    merits: Floats
    factors: Floats
    rounds: int

    def memory(self, items: Integers) -> Memory:
        """Return what the next run starts from."""
        return Memory(
            tuple(items.tolist()),
            tuple(self.merits.tolist()),
            tuple(self.factors.tolist()),
        )


def fit(ratings: Ratings, weights: Floats, *, start: Memory | None = None) -> Factors:
    """Return the weighted least-squares solution, by alternating exact steps.

    Minimised is the mean squared error plus, as the published implementation has it,
    the costs above times the mean squared intercept and factor; means, so that the
    size of a discussion makes no difference. ``weights`` has one number per rating.
    Without ``start`` it begins at the leading direction of what the means leave over.
    """
    if not weights.any():
        people, items = np.zeros(len(ratings.people)), np.zeros(len(ratings.items))
        return Factors(0.0, people, people, items, items, 0)
    run, rounds = _Run(ratings, weights, start), 0
    while rounds < ROUNDS:
        rounds += 1
        if run.step() < CLOSE_ENOUGH:
            break
    return Factors(run.mean, run.mildness, run.sides, run.merits, run.factors, rounds)


class _Run:
    """A solution on its way."""

    def __init__(self, ratings: Ratings, weights: Floats, start: Memory | None) -> None:
        people, items = len(ratings.people), len(ratings.items)
        self.who, self.what, self.weights = ratings.who, ratings.what, weights
        self.total = weights.sum()
        self.y = ratings.liked - 0.5
        self.mean, self.mildness, self.sides = 0.0, np.zeros(people), np.zeros(people)
        self.merits, self.factors = _resumed(ratings, start)
        if np.abs(self.factors).max() < _FAINTEST:
            self.merits, self.factors = _leading(ratings, self.y, weights)
        self.person = _Side(self.who, people, weights)
        self.item = _Side(self.what, items, weights)

    def step(self) -> float:
        """Solve for the people, the items and the mean; return how far items moved."""
        rest = self.y - self.mean - self.merits[self.what]
        self.mildness, self.sides = self.person.solve(rest, self.factors[self.what])
        merits, factors = self.merits, self.factors
        rest = self.y - self.mean - self.mildness[self.who]
        self.merits, self.factors = self.item.solve(rest, self.sides[self.who])
        left = self.y - self.mildness[self.who] - self.merits[self.what]
        left -= self.sides[self.who] * self.factors[self.what]
        self.mean = float(self.weights @ left / (self.total * (1 + INTERCEPT_COST)))
        moved = np.abs([self.merits - merits, self.factors - factors])
        return float(moved.max())


class _Side:
    """All people, or all items: each solves for two numbers, given the other side."""

    def __init__(self, place: Integers, count: int, weights: Floats) -> None:
        self.place, self.count, self.weights = place, count, weights
        # What each of them has to say on average.
        usual = weights.sum() / count
        self.factor_cost = FACTOR_COST * usual
        self.ones = self._sum(weights) + INTERCEPT_COST * usual

    def solve(self, rest: Floats, given: Floats) -> tuple[Floats, Floats]:
        """Return the intercepts and factors that explain the rest best (ridge)."""
        weighted = self.weights * given
        crossed = self._sum(weighted)
        squared = self._sum(weighted * given) + self.factor_cost
        plain, along = self._sum(self.weights * rest), self._sum(weighted * rest)
        determinant = self.ones * squared - crossed**2
        return (
            (squared * plain - crossed * along) / determinant,
            (self.ones * along - crossed * plain) / determinant,
        )

    def _sum(self, values: Floats) -> Floats:
        return summed(self.place, values, self.count)


def _resumed(ratings: Ratings, start: Memory | None) -> tuple[Floats, Floats]:
    """Return merits and factors of the items as they stood; 0 for what is new."""
    merits, factors = np.zeros(len(ratings.items)), np.zeros(len(ratings.items))
    known = {item: place for place, item in enumerate(start.items)} if start else {}
    if start and known:
        old = np.array([known.get(item, -1) for item in ratings.items.tolist()])
        there = old >= 0
        merits[there] = np.asarray(start.merits)[old[there]]
        factors[there] = np.asarray(start.factors)[old[there]]
    return merits, factors


def _leading(ratings: Ratings, y: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return the items' means, and the main direction of what they leave over."""
    people, items = len(ratings.people), len(ratings.items)
    merits = summed(ratings.what, weights * y, items) / np.maximum(
        summed(ratings.what, weights, items), 1e-9
    )
    rest = weights * (y - merits[ratings.what])
    direction = np.random.default_rng(_SEED).standard_normal(items)
    for _step in range(_POWER_STEPS):
        sides = summed(ratings.who, rest * direction[ratings.what], people)
        direction = summed(ratings.what, rest * sides[ratings.who], items)
        length = np.linalg.norm(direction)
        if length < 1e-12:
            return merits, np.zeros(items)
        direction /= length
    return merits, direction * np.sqrt(items) / 2
