"""How often chance passes for groups, and how weak groups may be and still be found.

    python -m bench.chance [--polls 60]

Polls of independent votes (agreement per statement beta distributed, 12 per cent
passes, log-normal activity), and polls of two camps that differ by so many points
either way on half of the statements.
"""

import argparse

import numpy as np

from deliberation.consensus import Settings, Verdict, Votes, compute

SHAPES = {
    (20, 20): 0.9,
    (40, 20): 0.6,
    (100, 30): 0.5,
    (300, 60): 0.3,
    (1000, 100): 0.2,
}
GAPS = (0.0, 0.15, 0.25, 0.35)


def poll(people: int, statements: int, asked: float, gap: float, seed: int) -> Votes:
    """Return one made-up poll; a ``gap`` of 0 makes all votes independent."""
    rng = np.random.default_rng(seed)
    side = np.where(np.arange(people) % 2, 1, -1)[:, None]
    parting = rng.choice([-1, 1], statements) * (rng.random(statements) < 0.5)
    agrees = np.clip(rng.beta(2, 2, statements) + gap * side * parting, 0.03, 0.97)
    stances = np.where(rng.random((people, statements)) < agrees, 1, -1)
    stances[rng.random(stances.shape) < 0.12] = 0
    activity = np.clip(rng.lognormal(0, 0.7, people) * asked, 3 / statements, 1)
    who, what = np.nonzero(rng.random(stances.shape) < activity[:, None])
    return Votes.of(who, what, stances[who, what])


def main() -> None:
    """Print one line per size: the share of polls in which groups are found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--polls", type=int, default=60)
    polls = parser.parse_args().polls
    quick = Settings(resamples=2)
    print("| people × statements, asked | independent | ±15 points | ±25 | ±35 |")
    print("| --- | --- | --- | --- | --- |")
    for (people, statements), asked in SHAPES.items():
        shares = [
            np.mean(
                [
                    compute(
                        poll(people, statements, asked, gap, seed), settings=quick
                    ).verdict
                    == Verdict.GROUPS
                    for seed in range(polls)
                ]
            )
            for gap in GAPS
        ]
        cells = " | ".join(f"{100 * share:.0f} %" for share in shares)
        print(f"| {people} × {statements}, {asked:.0%} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
