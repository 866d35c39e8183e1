"""Conversations that Polis has published: final votes, groups, rejected statements."""

import csv
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from deliberation.consensus import Votes


def shared_data(name: str) -> Path:
    """Return a folder of the shared data: FOLKMOOT_DATA, else beside the repository.

    It may not exist.
    """
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    return Path(os.environ.get("FOLKMOOT_DATA", beside)) / name


@dataclass(frozen=True)
class Export:
    """One conversation; ``groups`` as Polis found them, -1 for the ungrouped."""

    votes: Votes
    groups: NDArray[np.int64]
    moderated_out: list[int]


def export(folder: Path) -> Export:
    """Return the conversation exported to a folder."""
    with (folder / "participants-votes.csv").open(encoding="utf-8") as file:
        header, *table = csv.reader(file)
    first = next(i for i, name in enumerate(header) if name.isdigit())
    statements, group = np.array(header[first:], int), header.index("group-id")
    cells = np.array([row[first:] for row in table])
    people = np.array([int(row[0]) for row in table])
    labels = np.array([int(float(row[group] or -1)) for row in table])
    who, what = np.nonzero(cells != "")
    stances = cells[who, what].astype(float).astype(int)
    votes = Votes.of(people[who], statements[what], stances)
    order = np.argsort(people)
    cast = np.isin(people[order], votes.participants)
    return Export(votes, labels[order][cast], _rejected(folder))


def _rejected(folder: Path) -> list[int]:
    with (folder / "comments.csv").open(encoding="utf-8") as file:
        return [
            int(row["comment-id"])
            for row in csv.DictReader(file)
            if row["moderated"] == "-1"
        ]
