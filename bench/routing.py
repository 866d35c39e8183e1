"""Whether routing gives late statements their votes, and keeps the groups findable.

People of planted groups come one after the other and cast 5 to 40 votes each;
statements arrive all the while. Compared: uniform draws, Polis' priority, and ours.

    python -m bench.routing [--runs 20] [--people 1500] [--statements 120] [--strength 2.5]
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.agreement import adjusted_rand
from deliberation.consensus import (
    Settings,
    Votes,
    components,
    compute,
    counts,
    positions,
    priorities,
)
from deliberation.consensus.votes import centred

Weigh = Callable[..., NDArray[np.float64]]
SEEDS, REFRESH, RECOMPUTE, PASSES = 10, 5, 50, 0.12
# Statement arrivals end here, as a share of the people's arrivals.
LAST = 0.9


def uniform(tally, extremity, *, meta):
    """Return the same weight for every statement."""
    return np.ones(len(tally))


POLICIES: dict[str, Weigh] = {
    "uniform": uniform,
    "Polis": priorities.polis,
    "Folkmoot": priorities.fair,
}


@dataclass(frozen=True)
class Outcome:
    """Votes per statement, first to last quarter; likeness to the planted groups."""

    exposure: float
    rand: float


def simulated(
    weigh: Weigh,
    *,
    people: int,
    statements: int,
    strength: float = 2.5,
    groups: int = 3,
    seed: int = 0,
) -> Outcome:
    """Return how one poll ends that is routed by ``weigh``.

    ``strength`` is how far apart the groups are on the statements that part them.
    """
    rng = np.random.default_rng(seed)
    truth = rng.integers(groups, size=people)
    agrees = _opinions(groups, statements, strength, rng)
    arrival = np.maximum(np.arange(statements) - SEEDS, 0) / (statements - SEEDS) * LAST
    tally = np.zeros((statements, 3), np.int64)
    extremity, meta = np.zeros(statements), np.zeros(statements, bool)
    log: list[tuple[int, int, int]] = []
    for person in range(people):
        if person % RECOMPUTE == 0 and log:
            extremity = _extremity(log, statements)
        if person % REFRESH == 0:
            here = np.flatnonzero(arrival <= person / people)
            weights = weigh(tally[here], extremity[here], meta=meta[here])
        asked = min(int(rng.integers(5, 41)), len(here))
        chosen = rng.choice(here, asked, replace=False, p=weights / weights.sum())
        stances = np.where(rng.random(asked) < agrees[truth[person], chosen], 1, -1)
        stances[rng.random(asked) < PASSES] = 0
        tally[chosen, np.array([2, 0, 1])[stances]] += 1
        log += zip([person] * asked, chosen.tolist(), stances.tolist(), strict=True)
    found = compute(Votes.of(*zip(*log, strict=True)), settings=Settings(groups=groups))
    inside, quarter = found.people.groups >= 0, statements // 4
    cast = tally.sum(axis=1)
    return Outcome(
        exposure=float(cast[:quarter].mean() / cast[-quarter:].mean()),
        rand=adjusted_rand(
            truth[found.people.ids[inside]], found.people.groups[inside]
        ),
    )


def _opinions(groups, statements, strength, rng) -> NDArray[np.float64]:
    """Return each group's chance to agree; two statements in five part the groups."""
    leaning = rng.normal(0.4, 0.8, statements)
    parting = rng.random(statements) < 0.4
    return 1 / (
        1 + np.exp(-leaning - parting * rng.normal(0, strength, (groups, statements)))
    )


def _extremity(log: list[tuple[int, int, int]], statements: int) -> NDArray[np.float64]:
    votes = Votes.of(*zip(*log, strict=True))
    means = counts.means(counts.overall(votes))
    matrix = centred(votes, means, without=np.zeros(0, int))
    axes = components.principal(matrix, tolerance=1e-4).axes
    extremity = np.zeros(statements)
    extremity[votes.statements] = positions.extremity(positions.statements(means, axes))
    return extremity


def main() -> None:
    """Print one line per policy: medians, and the worst run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--people", type=int, default=1500)
    parser.add_argument("--statements", type=int, default=120)
    parser.add_argument("--strength", type=float, default=2.5)
    options = parser.parse_args()
    print(
        "| routing | exposure first/last quarter, median | worst | ARI, mean | median |"
    )
    print("| --- | --- | --- | --- | --- |")
    for name, weigh in POLICIES.items():
        ends = [
            simulated(
                weigh,
                people=options.people,
                statements=options.statements,
                strength=options.strength,
                seed=seed,
            )
            for seed in range(options.runs)
        ]
        exposure = np.array([end.exposure for end in ends])
        rand = np.array([end.rand for end in ends])
        print(
            f"| {name} | {np.median(exposure):.2f} | {exposure.max():.2f} "
            f"| {rand.mean():.3f} | {np.median(rand):.3f} |"
        )


if __name__ == "__main__":
    main()
