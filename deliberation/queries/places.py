"""Where each voter stands on the map, packed beside the snapshot that found it."""

import io
import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deliberation.consensus import Memory, Result
from deliberation.consensus.memory import Checks
from deliberation.consensus.report import letter


@dataclass(frozen=True)
class Places:
    """The voters in order of their ids; group -1 is outside the groups.

    `memory` is what the next run of the maths starts from, `checked_to` the last vote
    that its last full run knew of.
    """

    participants: NDArray[np.int64]
    positions: NDArray[np.float32]
    groups: NDArray[np.int8]
    memory: Memory
    checked_to: int

    def of(self, participant_id: int) -> tuple[float, float, str | None] | None:
        """Return somebody's x, y and group letter, None if they had not voted."""
        row = int(np.searchsorted(self.participants, participant_id))
        if row == len(self.participants) or self.participants[row] != participant_id:
            return None
        group = int(self.groups[row])
        x, y = self.positions[row].tolist()
        return x, y, letter(group) if group >= 0 else None


def pack(result: Result, *, checked_to: int) -> bytes:
    """Return the places that a result holds, as bytes."""
    checks = result.memory.checks
    letters = np.array([*result.groups.letters, -1], np.int8)
    memory = result.memory
    file = io.BytesIO()
    np.savez(
        file,
        participants=result.people.ids,
        positions=result.people.positions.astype(np.float32),
        groups=letters[result.people.groups],
        statements=memory.statements,
        axes=memory.axes,
        members=memory.participants,
        letters=memory.letters.astype(np.int8),
        run=np.array([memory.number, memory.candidate, memory.streak]),
        checks=np.array(json.dumps(checks and checks.to_json())),
        checked_to=checked_to,
    )
    return file.getvalue()


def unpack(packed: bytes | memoryview) -> Places:
    """Return what `pack` made bytes of."""
    with np.load(io.BytesIO(bytes(packed))) as kept:
        # Snapshots of earlier versions have none.
        checks = json.loads(str(kept["checks"])) if "checks" in kept else None
        number, candidate, streak = kept["run"].tolist()
        memory = Memory(
            kept["statements"],
            kept["axes"],
            kept["members"],
            kept["letters"].astype(np.int64),
            number,
            candidate,
            streak,
            checks=checks and Checks.from_json(checks),
        )
        return Places(
            kept["participants"],
            kept["positions"],
            kept["groups"],
            memory,
            int(kept["checked_to"]) if checks else 0,
        )
