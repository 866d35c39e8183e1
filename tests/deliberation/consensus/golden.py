"""What Polis computed from the same votes, and our votes to compute it from."""

import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench import exports
from bench.exports import Export
from deliberation.consensus import Votes, components, counts, groups, positions
from deliberation.consensus.votes import centred


@dataclass(frozen=True)
class Golden:
    """One golden set with our stages 2.1 to 2.5 on its votes."""

    expected: dict[str, Any]
    votes: Votes

    def by_statement(self, name: str) -> np.ndarray:
        """Return what Polis has of each statement; skip where it kept nothing.

        Priorities are younger than some conversations.
        """
        values = self.expected.get(name)
        if not values:
            pytest.skip(f"Polis kept no {name} of this conversation")
        return np.array([values[str(one)] for one in self.votes.statements], float)

    @cached_property
    def out(self) -> np.ndarray:
        return np.isin(self.votes.statements, self.expected["mod_out"])

    @cached_property
    def groups(self) -> np.ndarray:
        """Each participant's place in the sorted names of the groups, -1 for none."""
        known = self.expected["group_of_participant"]
        names = self.group_names
        return np.array(
            [
                names.index(str(known[str(p)])) if str(p) in known else -1
                for p in self.votes.participants
            ]
        )

    @cached_property
    def group_names(self) -> list[str]:
        return sorted(self.expected["group_votes"], key=int)

    @cached_property
    def tally(self) -> np.ndarray:
        return counts.by_group(self.votes, self.groups, len(self.group_names))

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


@cache
def export(folder: Path) -> Export:
    """Return the conversation exported to a folder."""
    return exports.export(folder)


@cache
def placed(folder: Path) -> np.ndarray:
    """Return where the people of an exported conversation stand on our map."""
    known = export(folder)
    out = np.isin(known.votes.statements, known.moderated_out)
    means = np.where(out, 0, counts.means(counts.overall(known.votes)))
    matrix = centred(known.votes, means, without=np.flatnonzero(out))
    scale = positions.scale(known.votes.shape[1], counts.answered(known.votes, out))
    return positions.participants(matrix, components.principal(matrix).axes, scale)


def regrouped(points: np.ndarray, k: int) -> groups.Grouping:
    """Return our grouping of these people into ``k``."""
    base = groups.base(points, 100, rng=np.random.default_rng(0))
    option = groups.option(base, k, restarts=10, seed=0)
    return groups.into(points, option, restarts=10, rng=np.random.default_rng(0))
