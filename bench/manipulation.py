"""False alarms of the manipulation check on honest polls, and attacks that it finds.

    python -m bench.manipulation

For each published conversation: the blocks found in it as it is; then 20 bots are
added that vote on the 40 most voted statements by one script, each with 5 per cent of
its votes turned and 3 per cent left out, all within seven minutes.
"""

import csv
from pathlib import Path

import numpy as np

from bench.exports import Export, export, shared_data
from deliberation.consensus import Votes, compute
from deliberation.consensus.manipulation import Block, Kind, suspicious

BOTS, STATEMENTS, TURNED, SKIPPED, EVERY = 20, 40, 0.05, 0.03, 20.0


def arrivals(folder: Path, votes: Votes) -> np.ndarray | None:
    """Return when each participant first voted, None if the export has no log."""
    if not (folder / "votes.csv").exists():
        return None
    first: dict[int, float] = {}
    with (folder / "votes.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            who, when = int(row["voter-id"]), float(row["timestamp"]) / 1000
            first[who] = min(when, first.get(who, when))
    return np.array([first[who] for who in votes.participants.tolist()])


def attacked(
    known: Export, times: np.ndarray | None
) -> tuple[Votes, np.ndarray | None]:
    """Return the votes with those of the bots, and all times of arrival."""
    rng = np.random.default_rng(1)
    votes = known.votes
    popularity = np.bincount(votes.columns, minlength=votes.shape[1])
    chosen = votes.statements[np.argsort(-popularity, kind="stable")[:STATEMENTS]]
    script = rng.choice([-1, 1], len(chosen))
    shape = BOTS, len(chosen)
    stances = np.where(rng.random(shape) < TURNED, -script, script)
    bots, place = np.nonzero(rng.random(shape) >= SKIPPED)
    who = np.repeat(votes.participants, votes.per_participant)
    joined = Votes.of(
        np.append(who, bots + votes.participants.max() + 1),
        np.append(votes.statements[votes.columns], chosen[place]),
        np.append(votes.stances, stances[bots, place]),
    )
    if times is None:
        return joined, None
    return joined, np.append(times, np.median(times) + EVERY * np.arange(BOTS))


def judged(known: Export, votes: Votes, times: np.ndarray | None) -> list[Block]:
    """Return the conspicuous blocks."""
    result = compute(votes, moderated_out=known.moderated_out)
    return suspicious(votes, result, arrivals=times)


def main() -> None:
    """Print one line per conversation: people in blocks of each kind."""
    lines = (Kind.ALL_AGREE, Kind.ALL_DISAGREE, Kind.ALL_PASS)
    print("| conversation | people | straight lines | copies | bursts |", end=" ")
    print("bots found of 20 | as copies | as a burst | with them, others |")
    print("|" + " --- |" * 9)
    for folder in sorted(p for p in shared_data("polis").glob("*") if p.is_dir()):
        known = export(folder)
        times = arrivals(folder, known.votes)
        found = judged(known, known.votes, times)
        suspects = {who for block in found for who in block.participants}

        def people(blocks: list[Block], *kinds: Kind) -> set[int]:
            return {p for b in blocks if b.kind in kinds for p in b.participants}

        caught = judged(known, *attacked(known, times))
        last = int(known.votes.participants.max())
        copied, rushed = people(caught, Kind.COPIES), people(caught, Kind.BURST)
        bots = [{p for p in some if p > last} for some in (copied, rushed)]
        others = {p for p in copied | rushed if p <= last} - suspects
        burst = len(people(found, Kind.BURST)) if times is not None else "no times"
        print(
            f"| {folder.name} | {known.votes.shape[0]} "
            f"| {len(people(found, *lines))} | {len(people(found, Kind.COPIES))} "
            f"| {burst} | {len(bots[0] | bots[1])} | {len(bots[0])} "
            f"| {len(bots[1])} | {len(others)} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
