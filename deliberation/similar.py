"""Which earlier comments read like the one that is being written: a hint, no more.

TF-IDF over pieces of four characters inside words, so that compounds and endings
meet (“Radweg”, “Fahrradweges”); free of Django and of models. The hint asks “Has
somebody said this already?”; it never merges, holds or refuses anything.
Measured in `docs/fairness.md`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from moderation.rules.words import WORD, fold

# The bounds: of so many comments (the newest), so many characters (the first).
MOST_TEXTS = 2_000
LONGEST = 1_000
# “Thanks, I agree” is like many, and says nothing about any.
SHORTEST = 20
# Below this likeness, fewer than half of the hints were worth reading.
ALIKE = 0.3
_PIECE = 4
_COLUMNS = 1 << 18

Columns = NDArray[np.int64]
Weights = NDArray[np.float32]


@dataclass(frozen=True)
class Match:
    """An earlier text, and how alike it is, from `ALIKE` to 1."""

    id: int
    likeness: float


@dataclass(frozen=True)
class Index:
    """The texts of one discussion, ready to be compared; changes with none of them.

    Holds about 3 kB per text. Make one per discussion, keep it for some minutes, and
    hand it to the next one, which then only reads what is new.
    """

    pieces: dict[tuple[int, str], tuple[Columns, Weights]]
    rarity: Weights
    rows: sparse.csr_array

    @classmethod
    def of(
        cls, texts: Iterable[tuple[int, str]], *, previous: Self | None = None
    ) -> Self:
        """Return an index of (id, text), the newest first; more than fit are left."""
        known = previous.pieces if previous else {}
        pieces = {}
        for (number, text), _place in zip(texts, range(MOST_TEXTS), strict=False):
            key = (number, text[:LONGEST])
            pieces[key] = known[key] if key in known else _pieces(text)
        starts = np.cumsum([0, *(len(columns) for columns, _ in pieces.values())])
        columns = np.concatenate([np.zeros(0, int), *(c for c, _ in pieces.values())])
        weights = np.concatenate(
            [np.zeros(0, np.float32), *(w for _, w in pieces.values())]
        )
        frequency = np.bincount(columns, minlength=_COLUMNS)
        rarity = np.log((1 + len(pieces)) / (1 + frequency)) + 1
        weights *= rarity[columns]
        rows = sparse.csr_array((weights, columns, starts), (len(pieces), _COLUMNS))
        lengths = np.sqrt((rows * rows).sum(axis=1))
        rows.data /= np.repeat(np.maximum(lengths, 1e-9), np.diff(starts))
        return cls(pieces, rarity.astype(np.float32), rows)

    def find(self, text: str, *, limit: int = 3) -> list[Match]:
        """Return the texts most like this one, the most alike first, if any are."""
        if len(text.strip()) < SHORTEST or not self.pieces:
            return []
        columns, weights = _pieces(text)
        asked = np.zeros(_COLUMNS, np.float32)
        asked[columns] = weights * self.rarity[columns]
        alike = self.rows @ (asked / max(float(np.linalg.norm(asked)), 1e-9))
        ids = [number for number, _text in self.pieces]
        best = sorted(np.flatnonzero(alike >= ALIKE).tolist(), key=lambda r: -alike[r])
        return [Match(ids[row], min(float(alike[row]), 1.0)) for row in best[:limit]]


def _pieces(text: str) -> tuple[Columns, Weights]:
    """Return the numbers of a text's pieces, and 1 + log of how often each occurs."""
    numbers = [
        crc32(piece.encode("utf-8", "surrogatepass")) % _COLUMNS
        for piece in _cut(fold(text[:LONGEST]))
    ]
    columns, counts = np.unique(np.array(numbers, dtype=np.int64), return_counts=True)
    return columns, (1 + np.log(counts)).astype(np.float32)


def _cut(folded: str) -> Iterator[str]:
    for word in WORD.findall(folded):
        padded = f" {word} "
        for start in range(max(1, len(padded) - _PIECE + 1)):
            yield padded[start : start + _PIECE]
