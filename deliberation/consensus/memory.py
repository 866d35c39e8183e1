"""What one run leaves to the next, so that the map and the letters stay."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from deliberation.consensus.arrays import Floats, Integers
from deliberation.consensus.votes import Votes


@dataclass(frozen=True)
class Memory:
    """Axes by statement, letters (0 = A) by participant, and the number of groups.

    ``candidate`` is another number of groups that the last ``streak`` runs liked
    better than ``number``.
    """

    statements: Integers
    axes: Floats
    participants: Integers
    letters: Integers
    number: int
    candidate: int = 0
    streak: int = 0

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
        )
