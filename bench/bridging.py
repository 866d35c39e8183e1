"""How fast the bridging order is, what sock puppets do to it, and how it does on real votes.

    python -m bench.bridging [--data FOLDER]

Speed: CPU seconds for 100,000 made-up reactions with long tails, and again with what the
first run left behind. Puppets: ten accounts that want the favourite of one camp on top.
Real: Polis conversations, each vote for or against taken as a reaction; beside it the
group-informed consensus of the groups that `deliberation.consensus` finds.
"""

import argparse
import csv
import os
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr

from bench.camps import Camps
from deliberation import consensus
from deliberation.ranking import Ratings, bridging

HERE = Path(__file__).resolve()
DATA = Path(os.environ.get("FOLKMOOT_DATA", HERE.parents[2] / "shared" / "data"))
BRIDGE, FAVOURITE = 1, 2
SIZES = [(60, 60), (60, 40), (20, 15), (100, 10)]
RUNS = 20


def reactions(people: int, items: int, number: int = 100_000) -> Ratings:
    """Return made-up reactions: two camps, a few busy people, a few popular items."""
    random = np.random.default_rng(1)
    busy, popular = random.pareto(1.2, people) + 0.2, random.pareto(1.2, items) + 0.2
    who = random.choice(people, 3 * number, p=busy / busy.sum())
    what = random.choice(items, 3 * number, p=popular / popular.sum())
    pairs = random.permutation(np.unique(who * items + what))[:number]
    who, what = np.divmod(pairs, items)
    lean, merit = random.uniform(-2.5, 2.5, items), random.normal(0, 0.6, items)
    camp = random.choice([-1, 1], people)
    chance = 1 / (1 + np.exp(-(merit[what] + lean[what] * camp[who])))
    return Ratings.of(who, what, random.random(len(who)) < chance)


def speed() -> None:
    """Print CPU seconds."""
    for people, items in ((2_000, 200), (5_000, 1_000), (20_000, 2_000)):
        ratings = reactions(people, items)
        began = time.process_time()
        first = bridging.rank(ratings)
        cold = time.process_time() - began
        began = time.process_time()
        bridging.rank(ratings, previous=first.memory)
        warm = time.process_time() - began
        print(
            f"{len(ratings):7} reactions, {people} people, {items} items: "
            f"{cold:.2f} s, from the last run {warm:.2f} s"
        )


def pose(own: int) -> Callable[[Camps, int], None]:
    """Return what an account does that likes what one camp likes."""

    def act(camps: Camps, puppet: int) -> None:
        for item in range(8):
            camps.say(puppet, 100 + item, liked=own == 0)
            camps.say(puppet, 200 + item, liked=own == 1)

    return act


ATTACKS: dict[str, Callable[[Camps, int], None] | None] = {
    "no puppets": None,
    "vote for it only": lambda camps, puppet: None,
    "act like its camp": pose(0),
    "pose as the other": pose(1),
}


def puppets() -> None:
    """Print how often the favourite gets above the bridge, and its score."""
    for sizes in SIZES:
        for name, act in ATTACKS.items():
            above, scores = 0, []
            for seed in range(RUNS):
                camps = Camps(seed=seed, sizes=sizes)
                camps.item(BRIDGE, answered=(0.5, 0.5), likes=(0.85, 0.85))
                camps.item(FAVOURITE, answered=(0.95, 0.4), likes=(0.98, 0.05))
                for puppet in range(5000, 5010) if act else ():
                    camps.say(puppet, FAVOURITE, liked=True)
                    act(camps, puppet)
                score = {
                    each.item: each.score
                    for each in bridging.rank(camps.ratings()).standings
                }
                above += score[FAVOURITE] >= score[BRIDGE]
                scores.append(score[FAVOURITE])
            print(
                f"camps of {sizes[0]} and {sizes[1]}, {name:18} "
                f"above the bridge {above:2} of {RUNS}, score {np.mean(scores):+.2f}"
            )


def real(folder: Path) -> None:
    """Print how the order agrees with that by groups, on real conversations."""
    for path in sorted(folder.glob("polis/*/votes.csv")):
        last = {}
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                last[int(row["voter-id"]), int(row["comment-id"])] = int(row["vote"])
        who, what = (np.array(ids) for ids in zip(*last, strict=True))
        how = np.array(list(last.values()))
        votes = consensus.Votes.of(who, what, how)
        found = consensus.to_json(consensus.compute(votes))
        said = how != 0
        began = time.process_time()
        ranking = bridging.rank(Ratings.of(who[said], what[said], how[said] > 0))
        spent = time.process_time() - began
        print(
            f"{path.parent.name[:36]:36} {said.sum():6} reactions {spent:.2f} s", end=""
        )
        if found["verdict"] == "groups":
            compare(ranking, found["statements"])
        else:
            print("  one group")
        print("   ", dict(Counter(s.reason.value for s in ranking.standings)))


def compare(ranking: bridging.Ranking, statements: list) -> None:
    """Print the rank correlation with the order by groups, and how the tops agree."""
    groups = {
        s["id"]: bridging.across_groups(
            {g: (c["agree"]["count"], c["votes"]) for g, c in s["groups"].items()}
        )
        for s in statements
    }
    scores = {
        s.item: s.score
        for s in ranking.standings
        if s.reason is not bridging.Reason.FEW and s.item in groups
    }
    rho = spearmanr(list(scores.values()), [groups[item] for item in scores])[0]
    tops = [
        set(sorted(scores, key=lambda item: -by[item])[:10]) for by in (scores, groups)
    ]
    print(f"  rho {rho:.2f}, of both top tens {len(tops[0] & tops[1])} in common")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args()
    speed()
    puppets()
    real(options.data)


if __name__ == "__main__":
    main()
