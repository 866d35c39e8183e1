"""What Polis computed from the same votes, and our votes to compute it from."""

import csv
import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np

from deliberation.consensus import Votes, components, counts, groups, positions
from deliberation.consensus.votes import centred


@dataclass(frozen=True)
class Golden:
    """One golden set with our stages 2.1 to 2.5 on its votes."""

    expected: dict[str, Any]
    votes: Votes

    def by_statement(self, values: dict[str, Any]) -> np.ndarray:
        return np.array([values[str(one)] for one in self.votes.statements], float)

    @cached_property
    def out(self) -> np.ndarray:
        return np.isin(self.votes.statements, self.expected["mod_out"])

    @cached_property
    def groups(self) -> np.ndarray:
        known = self.expected["group_of_participant"]
        return np.array([known.get(str(p), -1) for p in self.votes.participants])

    @cached_property
    def tally(self) -> np.ndarray:
        many = len(self.expected["group_votes"])
        return counts.by_group(self.votes, self.groups, many)

    @cached_property
    def means(self) -> np.ndarray:
        return np.where(self.out, 0, counts.means(counts.overall(self.votes)))

    @cached_property
    def matrix(self):
        return centred(self.votes, self.means, without=np.flatnonzero(self.out))

    @cached_property
    def components(self) -> components.Components:
        return components.principal(self.matrix)

    @cached_property
    def signs(self) -> np.ndarray:
        """The signs that turn our axes into those of Polis."""
        theirs = np.array(self.expected["pca"]["comps"]).T
        return np.sign((self.components.axes * theirs).sum(axis=0))

    @cached_property
    def extremity(self) -> np.ndarray:
        where = positions.statements(self.means, self.components.axes)
        return positions.extremity(where)


@cache
def golden(folder: Path) -> Golden:
    """Return the golden set of a folder."""
    expected = json.loads((folder / "expected.json").read_text())
    table = np.loadtxt(folder / "votes_final.csv", delimiter=",", skiprows=1, dtype=int)
    return Golden(expected, Votes.of(table[:, 1], table[:, 0], table[:, 2]))


@dataclass(frozen=True)
class Export:
    """One exported conversation: final votes and the groups that Polis found."""

    votes: Votes
    groups: np.ndarray
    moderated_out: list[int]

    @cached_property
    def out(self) -> np.ndarray:
        return np.isin(self.votes.statements, self.moderated_out)

    @cached_property
    def positions(self) -> np.ndarray:
        """Where the people stand on our map."""
        means = np.where(self.out, 0, counts.means(counts.overall(self.votes)))
        matrix = centred(self.votes, means, without=np.flatnonzero(self.out))
        axes = components.principal(matrix).axes
        answered = counts.answered(self.votes, self.out)
        scale = positions.scale(self.votes.shape[1], answered)
        return positions.participants(matrix, axes, scale)


@cache
def export(folder: Path) -> Export:
    """Return the conversation exported to a folder."""
    with (folder / "participants-votes.csv").open(encoding="utf-8") as file:
        header, *table = csv.reader(file)
    first = next(i for i, name in enumerate(header) if name.isdigit())
    statements, group = np.array(header[first:], int), header.index("group-id")
    cells = np.array([row[first:] for row in table])
    people = np.array([int(row[0]) for row in table])
    who, what = np.nonzero(cells != "")
    stances = cells[who, what].astype(float).astype(int)
    votes = Votes.of(people[who], statements[what], stances)
    named = {
        person: int(float(row[group])) if row[group] else -1
        for person, row in zip(people.tolist(), table, strict=True)
    }
    with (folder / "comments.csv").open(encoding="utf-8") as file:
        rejected = [
            int(row["comment-id"])
            for row in csv.DictReader(file)
            if row["moderated"] == "-1"
        ]
    labels = np.array([named[person] for person in votes.participants.tolist()])
    return Export(votes, labels, rejected)


def regrouped(points: np.ndarray, k: int) -> groups.Grouping:
    """Return our grouping of these people into ``k``."""
    base = groups.base(points, 100, rng=np.random.default_rng(0))
    option = groups.option(base, k, restarts=10, seed=0)
    return groups.into(points, option, restarts=10, rng=np.random.default_rng(0))
