"""Reactions of two camps, as they would come in."""

from dataclasses import dataclass, field

import numpy as np

from deliberation.ranking import Ratings


@dataclass
class Camps:
    """Rows of who said what of which item.

    Camp 0 has the low ids of people, camp 1 the high ones. Items from 100 belong to
    camp 0, from 200 to camp 1: their own camp likes them, the other does not.
    """

    sizes: tuple[int, int] = (60, 40)
    items: int = 12
    answered: float = 0.5
    noise: float = 0.1
    seed: int = 0
    rows: list[tuple[int, int, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = np.random.default_rng(self.seed)
        for own, first in ((0, 100), (1, 200)):
            for item in range(first, first + self.items):
                shares = [self.answered, self.answered]
                likes = [0.0, 0.0]
                likes[own], likes[1 - own] = 1 - self.noise, self.noise
                self.item(item, answered=shares, likes=likes)

    def camp(self, number: int) -> range:
        """Return the people of a camp."""
        return (
            range(self.sizes[0]) if number == 0 else range(1000, 1000 + self.sizes[1])
        )

    def item(self, item: int, *, answered, likes) -> None:
        """Let a share of each camp answer an item, a share of those liking it."""
        for number in (0, 1):
            people = np.array(self.camp(number))
            asked = people[self.random.random(len(people)) < answered[number]]
            for person in asked.tolist():
                self.say(person, item, liked=self.random.random() < likes[number])

    def say(self, person: int, item: int, *, liked: bool) -> None:
        self.rows.append((person, item, bool(liked)))

    def ratings(self, *, shuffled: int | None = None) -> Ratings:
        rows = list(self.rows)
        if shuffled is not None:
            np.random.default_rng(shuffled).shuffle(rows)
        people, items, liked = zip(*rows, strict=True)
        return Ratings.of([int(p) for p in people], [int(i) for i in items], liked)
