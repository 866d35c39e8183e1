"""A conversation as its export tells it, before anything is stored."""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]


class Sign(StrEnum):
    """Which number means that somebody agrees."""

    CSV = "csv"  # +1: every CSV export of Polis
    API = "api"  # -1: Polis' database and its API

    @property
    def agree(self) -> int:
        """Return the number that means agreement."""
        return 1 if self is Sign.CSV else -1


@dataclass(frozen=True)
class Comment:
    """A statement of the export. `moderated` is -1 rejected, 0 unread, 1 accepted."""

    number: int
    author: int | None
    text: str
    created_ms: int
    moderated: int
    is_meta: bool = False
    is_seed: bool = False
    agrees: int | None = None
    disagrees: int | None = None


@dataclass(frozen=True)
class Events:
    """Votes in the order of the file, with the file's own sign; times in ms.

    `times` is -1 throughout where the export only has everybody's last vote.
    """

    voters: Integers
    statements: Integers
    values: Integers
    times: Integers
    important: Integers

    def __len__(self) -> int:
        return len(self.voters)

    def final(self) -> "Events":
        """Return everybody's last votes, sorted by voter and statement.

        The last is the latest; of votes at the same moment, the last in the file.
        """
        return self._take(self._order()[self._is_last()])

    def earlier(self) -> "Events":
        """Return the votes that were followed by another of the same voter."""
        return self._take(self._order()[~self._is_last()])

    def _order(self) -> Integers:
        keys = (np.arange(len(self)), self.times, self.statements, self.voters)
        return np.lexsort(keys)

    def _is_last(self) -> NDArray[np.bool_]:
        order = self._order()
        who, what = self.voters[order], self.statements[order]
        last = np.ones(len(self), bool)
        last[:-1] = (who[1:] != who[:-1]) | (what[1:] != what[:-1])
        return last

    def _take(self, rows: Integers) -> "Events":
        return Events(
            self.voters[rows],
            self.statements[rows],
            self.values[rows],
            self.times[rows],
            self.important[rows],
        )


@dataclass(frozen=True)
class Tally:
    """How often a participant agreed and disagreed, as the export itself counts."""

    participant: int
    agrees: int
    disagrees: int


@dataclass(frozen=True)
class Export:
    """Everything an export holds that matters here."""

    key: str
    topic: str
    description: str
    comments: list[Comment]
    events: Events
    tallies: list[Tally] = field(default_factory=list)
    declared: Sign | None = None
    has_history: bool = True
    notes: list[str] = field(default_factory=list)
