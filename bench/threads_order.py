"""How often early and late comments are seen, by the order in which threads are read.

    python -m bench.threads_order [--runs 40] [--data FOLDER]

200 readers come to a discussion in which 60 comments are written, and read the first
page of 20 threads. Printed is how often the first quarter of the comments was seen, in
relation to the last: 1 is fair. `rotation` gives all the same chance on each visit and
makes up for nothing; `balanced` is the order of `deliberation.ranking.exposure`;
`possible` is a yardstick: at each visit, whatever was seen least until then.
Exits with 1 if `balanced` misses its gate.
"""

import argparse
import csv
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from deliberation.ranking import Memory, Ratings, bridging, exposure

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

COMMENTS, READERS, DAYS, GATE = 60, 200, 42, 1.5
HERE = Path(__file__).resolve()
DATA = Path(os.environ.get("FOLKMOOT_DATA", HERE.parents[2] / "shared" / "data"))
Times = tuple[Floats, Floats]
Scenario = Callable[[np.random.Generator], Times]


def evenly(
    random: np.random.Generator, number: int, start: float, end: float
) -> Floats:
    """Return moments at random, in days."""
    return np.sort(random.uniform(start, end, number))


SCENARIOS: dict[str, tuple[Scenario, bool]] = {
    "read after all is written": (
        lambda r: (evenly(r, COMMENTS, 0, 28), evenly(r, READERS, 28, DAYS)),
        True,
    ),
    "written in 4 of 6 weeks": (
        lambda r: (evenly(r, COMMENTS, 0, 28), evenly(r, READERS, 0, DAYS)),
        True,
    ),
    "written mostly early": (
        lambda r: (np.sort(DAYS * r.beta(1, 2, COMMENTS)), evenly(r, READERS, 0, DAYS)),
        True,
    ),
    "written to the last day": (
        lambda r: (evenly(r, COMMENTS, 0, DAYS), evenly(r, READERS, 0, DAYS)),
        False,
    ),
}


@dataclass
class Forum:
    """A discussion on its way: who is there, and what was seen and liked so far."""

    random: np.random.Generator
    written: Floats
    visits: Floats
    seen: Integers = field(init=False)
    places: Floats = field(init=False)
    reactions: list[tuple[int, int, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.seen = np.zeros(len(self.written), dtype=np.int64)
        self.places = self.random.random(len(self.written))
        self.lean = self.random.choice([-1, 0, 1], len(self.written))
        self.owed: dict[int, int] = {}
        self.scores: dict[int, Floats] = {}
        self.memory: Memory | None = None

    def around(self, comments: Integers, start: float) -> Integers:
        """Return comments once around the circle of places."""
        return comments[np.argsort((self.places[comments] - start) % 1)]

    def react(self, reader: int, page: Integers) -> None:
        """Let a reader of one of two camps answer half of what is on the page."""
        camp = 1 if reader % 2 else -1
        for comment in page[self.random.random(len(page)) < 0.5].tolist():
            chance = (
                0.5 + 0.4 * camp * self.lean[comment] if self.lean[comment] else 0.8
            )
            self.reactions.append((reader, comment, self.random.random() < chance))

    def owed_from(self, day: int) -> int:
        """Return the first day of the comments that are owed readers on a day."""
        if day not in self.owed:
            counted = (
                np.bincount(times[times < day].astype(int), minlength=day).tolist()
                for times in (self.written, self.visits)
            )
            self.owed[day] = exposure.owed_from(*counted)
        return self.owed[day]

    def bridging(self, day: int) -> Floats:
        """Return the score of each comment, computed anew every day."""
        if day not in self.scores:
            scores = np.zeros(len(self.written))
            if self.reactions:
                people, items, liked = zip(*self.reactions, strict=True)
                ratings = Ratings.of(people, items, liked)
                ranking = bridging.rank(ratings, previous=self.memory)
                self.memory = ranking.memory
                for standing in ranking.standings:
                    scores[standing.item] = standing.score
            self.scores[day] = scores
        return self.scores[day]


def newest(forum: Forum, there: Integers, now: float) -> Integers:
    return there[::-1]


def oldest(forum: Forum, there: Integers, now: float) -> Integers:
    return there


def by_bridging(forum: Forum, there: Integers, now: float) -> Integers:
    return there[np.lexsort((forum.places[there], -forum.bridging(int(now))[there]))]


def rotation(forum: Forum, there: Integers, now: float) -> Integers:
    return forum.around(there, forum.random.random())


def balanced(forum: Forum, there: Integers, now: float) -> Integers:
    start = forum.random.random()
    is_owed = forum.written[there] >= forum.owed_from(int(now))
    lanes = (forum.around(there[which], start) for which in (is_owed, ~is_owed))
    return np.array(list(exposure.interleave(*lanes)))


def possible(forum: Forum, there: Integers, now: float) -> Integers:
    return there[np.lexsort((forum.random.random(len(there)), forum.seen[there]))]


ORDERS = [newest, oldest, by_bridging, rotation, balanced, possible]


def ratio(order: Callable[..., Integers], scenario: Scenario, runs: int) -> float:
    """Return how often the first quarter was seen for each time the last one was."""
    seen = np.zeros(COMMENTS)
    for run in range(runs):
        random = np.random.default_rng(run)
        forum = Forum(random, *scenario(random))
        for reader, now in enumerate(forum.visits.tolist()):
            there = np.flatnonzero(forum.written <= now)
            page = order(forum, there, now)[: exposure.PAGE] if len(there) else there
            forum.seen[page] += 1
            if order is by_bridging:
                forum.react(reader, page)
        seen += forum.seen
    quarter = COMMENTS // 4
    last = seen[-quarter:].sum()
    return float(seen[:quarter].sum() / last) if last else float("inf")


def conversations(folder: Path) -> Iterator[tuple[str, Scenario]]:
    """Yield when statements were written and people came in real conversations."""
    for path in sorted(folder.glob("polis/*/comments.csv")):
        votes = path.with_name("votes.csv")
        if votes.exists():
            written = moments(path, "comment-id")
            came = moments(votes, "voter-id")
            if len(written) >= COMMENTS and len(came) >= READERS:
                yield path.parent.name, traced(written, came)


def moments(path: Path, key: str) -> list[int]:
    """Return when each id first appears in a file, in order."""
    first: dict[str, int] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            at = int(row["timestamp"])
            first[row[key]] = min(at, first.get(row[key], at))
    return sorted(first.values())


def traced(written: list[int], came: list[int]) -> Scenario:
    """Return a scenario with the course of a conversation, stretched to six weeks.

    The second begins before the first: without comments there is nothing to visit.
    """
    start, end = written[0], max(written[-1], came[-1])

    def scenario(random: np.random.Generator) -> Times:
        drawn = []
        for times, number in ((written, COMMENTS), (came, READERS)):
            chosen = np.sort(random.choice(np.array(times), number, replace=False))
            drawn.append(DAYS * np.maximum(chosen - start, 0) / (end - start))
        return drawn[0], drawn[1]

    return scenario


def main() -> int:
    """Print the table; return 1 if the gate is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args()
    scenarios = SCENARIOS | {
        name: (scenario, False) for name, scenario in conversations(options.data)
    }
    names = [order.__name__.removeprefix("by_") for order in ORDERS]
    print(f"{'':36}", *(f"{name:>9}" for name in names))
    missed = []
    for name, (scenario, has_gate) in scenarios.items():
        found = {order: ratio(order, scenario, options.runs) for order in ORDERS}
        print(f"{name[:36]:36}", *(f"{each:9.2f}" for each in found.values()))
        if has_gate and found[balanced] > GATE:
            missed.append(name)
    print(*(f"MISSED: {name} (gate {GATE})" for name in missed), sep="\n")
    return bool(missed)


if __name__ == "__main__":
    raise SystemExit(main())
