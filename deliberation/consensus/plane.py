"""The people on the map, before anybody is grouped."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy import sparse

from deliberation.consensus import components, counts, groups, positions
from deliberation.consensus.arrays import Flags, Floats, Integers
from deliberation.consensus.components import Components
from deliberation.consensus.memory import Memory
from deliberation.consensus.settings import Settings
from deliberation.consensus.votes import Votes, centred


@dataclass(frozen=True)
class Plane:
    """Centred votes, components and positions; ``rows`` are the people to group.

    ``out`` are the statements that stay out of the maths, ``counts`` those of
    everybody, ``letters`` what each of the rows was before (-1: nothing).
    """

    out: Flags
    counts: Integers
    means: Floats
    matrix: sparse.csr_array
    components: Components
    scale: Floats
    positions: Floats
    rows: Integers
    letters: Integers

    @classmethod
    def of(cls, votes: Votes, out: Flags, memory: Memory, settings: Settings) -> Self:
        """Return the plane on which the votes lie, turned as it was before."""
        totals = counts.overall(votes)
        means = np.where(out, 0.0, counts.means(totals))
        matrix = centred(votes, means, without=np.flatnonzero(out))
        earlier, letters = memory.axes_for(votes), memory.letters_for(votes)
        found = components.principal(matrix, start=earlier, seed=settings.seed)
        found = components.steady(found, earlier)
        scale = positions.scale(votes.shape[1], counts.answered(votes, out))
        where = positions.participants(matrix, found.axes, scale)
        inside = groups.in_conversation(
            votes.per_participant,
            votes.shape[1],
            least=settings.least_votes,
            fill_up_to=settings.fill_up_to,
            earlier=letters >= 0,
        )
        rows = np.flatnonzero(inside)
        return cls(out, totals, means, matrix, found, scale, where, rows, letters[rows])

    @property
    def spots(self) -> Floats:
        """Where the people to group stand."""
        return np.asarray(self.positions[self.rows])
