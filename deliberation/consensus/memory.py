"""What one run leaves to the next, so that the map and the letters stay."""

from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np

from deliberation.consensus.arrays import Floats, Integers
from deliberation.consensus.chance import Chance
from deliberation.consensus.stability import Stability
from deliberation.consensus.votes import Votes


@dataclass(frozen=True)
class Checks:
    """What a full run found by repetition; brief runs go on with it.

    ``votes`` is how many votes there were, ``out`` the ids of the statements that
    stayed out of the maths, ``centres`` (cluster, 2) where the base clusters were.
    """

    votes: int
    out: tuple[int, ...]
    centres: Floats
    silhouettes: dict[int, float]
    chance: Chance
    stability: Stability | None
    separated: bool

    def to_json(self) -> dict[str, Any]:
        """Return the checks as plain lists and numbers."""
        return {
            **asdict(self),
            "centres": self.centres.tolist(),
            "silhouettes": list(self.silhouettes.items()),
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Return the checks that ``to_json`` stored."""
        chance, stable = stored["chance"], stored["stability"]
        return cls(
            votes=stored["votes"],
            out=tuple(stored["out"]),
            centres=np.asarray(stored["centres"], float).reshape(-1, 2),
            silhouettes={int(k): s for k, s in stored["silhouettes"]},
            chance=Chance(**{**chance, "excess": tuple(chance["excess"])}),
            stability=stable
            and Stability(**{**stable, "by_group": tuple(stable["by_group"])}),
            separated=stored["separated"],
        )


@dataclass(frozen=True)
class Memory:
    """Axes by statement, letters (0 = A) by participant, and the number of groups.

    ``candidate`` is another number of groups that the last ``streak`` runs liked
    better than ``number``. ``checks`` are those of the last full run, None where there
    were too few votes for any.
    """

    statements: Integers
    axes: Floats
    participants: Integers
    letters: Integers
    number: int
    candidate: int = 0
    streak: int = 0
    checks: Checks | None = None

    def axes_for(self, votes: Votes) -> Floats:
        """Return the earlier axes on today's statements, 0 where they are new."""
        found = np.zeros((votes.shape[1], 2))
        _, here, there = np.intersect1d(
            votes.statements, self.statements, assume_unique=True, return_indices=True
        )
        found[here] = self.axes[there]
        return found

    def letters_for(self, votes: Votes) -> Integers:
        """Return the earlier letter of today's participants, -1 where they are new."""
        found = np.full(votes.shape[0], -1)
        _, here, there = np.intersect1d(
            votes.participants,
            self.participants,
            assume_unique=True,
            return_indices=True,
        )
        found[here] = self.letters[there]
        return found

    @classmethod
    def empty(cls) -> Self:
        """Return the memory before the first run."""
        nothing = np.zeros(0, np.int64)
        return cls(nothing, np.zeros((0, 2)), nothing, nothing, number=1)

    def to_json(self) -> dict[str, Any]:
        """Return the memory as plain lists and numbers."""
        return {
            "statements": self.statements.tolist(),
            "axes": self.axes.tolist(),
            "participants": self.participants.tolist(),
            "letters": self.letters.tolist(),
            "number": self.number,
            "candidate": self.candidate,
            "streak": self.streak,
            "checks": self.checks and self.checks.to_json(),
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Return the memory that ``to_json`` stored."""
        return cls(
            statements=np.asarray(stored["statements"], np.int64),
            axes=np.asarray(stored["axes"], float).reshape(-1, 2),
            participants=np.asarray(stored["participants"], np.int64),
            letters=np.asarray(stored["letters"], np.int64),
            number=stored["number"],
            candidate=stored["candidate"],
            streak=stored["streak"],
            checks=stored["checks"] and Checks.from_json(stored["checks"]),
        )
