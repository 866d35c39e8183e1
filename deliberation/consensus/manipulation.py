"""Who voted in a way that people who answer for themselves hardly ever do.

Nothing is removed here: the caller shows the blocks, and computes the results with
and without them.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from deliberation.consensus import bursts, copies, likeness, straight
from deliberation.consensus.arrays import Floats, Integers
from deliberation.consensus.result import Result
from deliberation.consensus.votes import AGREE, DISAGREE, PASS, Votes


class Kind(StrEnum):
    """What is conspicuous about a block of participants."""

    BURST = "burst"
    COPIES = "copies"
    ALL_AGREE = "all_agree"
    ALL_DISAGREE = "all_disagree"
    ALL_PASS = "all_pass"  # noqa: S105


_LINES = {
    AGREE: Kind.ALL_AGREE,
    DISAGREE: Kind.ALL_DISAGREE,
    PASS: Kind.ALL_PASS,
}


@dataclass(frozen=True)
class Limits:
    """From when on something is conspicuous.

    ``alarm`` is the number of straight lines and of crowds to be expected by chance
    in a whole poll. ``same`` and ``alike`` are those of ``copies.blocks``; ``window``
    is in seconds, ``unusual`` in standard deviations, ``united`` the share of the way
    from the usual likeness of a group to identical votes.
    """

    least_votes: int = 10
    least_people: int = 5
    same: float = 0.85
    alike: float = 0.88
    window: float = 600.0
    unusual: float = 6.0
    united: float = 1 / 3
    alarm: float = 0.01
    seed: int = 0


@dataclass(frozen=True)
class Block:
    """Participants (ids) who are conspicuous together, and the numbers that say so."""

    kind: Kind
    participants: tuple[int, ...]
    evidence: dict[str, float]

    def to_json(self) -> dict[str, Any]:
        """Return the block as plain JSON."""
        return {**asdict(self), "participants": list(self.participants)}


def suspicious(
    votes: Votes,
    result: Result,
    *,
    arrivals: Floats | None = None,
    limits: Limits | None = None,
) -> list[Block]:
    """Return all conspicuous blocks of the poll, largest first.

    ``result`` is what ``compute`` found for the same votes. ``arrivals`` is the time
    of each participant's first vote in seconds, in the order of
    ``votes.participants``; without it no bursts are looked for.
    """
    limits = limits or Limits()
    if not len(votes):
        return []
    lines = _lines(votes, result, limits)
    liners = [one for block in lines for one in block.participants]
    found = [*lines, *_copies(votes, liners, result, limits)]
    if arrivals is not None:
        found += _bursts(votes, result, np.asarray(arrivals, float), limits)
    return sorted(found, key=lambda b: (-len(b.participants), b.kind, b.participants))


def without(votes: Votes, blocks: list[Block]) -> Votes:
    """Return the votes of everybody who is in none of the blocks."""
    names = [name for block in blocks for name in block.participants]
    kept = votes.only(np.flatnonzero(~np.isin(votes.participants, names)))
    return kept.without_empty_statements()


def _lines(votes: Votes, result: Result, limits: Limits) -> list[Block]:
    found = straight.lines(
        votes,
        result.statements.by_group,
        least_votes=limits.least_votes,
        alarm=limits.alarm,
    )
    return [
        _block(votes, _LINES[stance], rows, {"votes": _votes_each(votes, rows)})
        for stance, rows in found.items()
        if len(rows)
    ]


def _copies(
    votes: Votes, liners: list[int], result: Result, limits: Limits
) -> list[Block]:
    """Return the copies among those who did not just draw a straight line."""
    others = votes.only(np.flatnonzero(~np.isin(votes.participants, liners)))
    blocks = copies.blocks(
        others,
        result.statements.counts,
        least_votes=limits.least_votes,
        least_people=limits.least_people,
        same=limits.same,
        alike=limits.alike,
        seed=limits.seed,
    )
    return [
        _block(
            others,
            Kind.COPIES,
            rows,
            {"votes": _votes_each(others, rows), "alike": likeness.alike(others, rows)},
        )
        for rows in blocks
    ]


def _bursts(
    votes: Votes, result: Result, arrivals: Floats, limits: Limits
) -> list[Block]:
    rng = np.random.default_rng(limits.seed)
    found = []
    for rows in bursts.crowds(
        arrivals,
        window=limits.window,
        least_people=limits.least_people,
        alarm=limits.alarm,
    ):
        alike, usual, unusual = bursts.beyond(
            votes, rows, result.people.groups, rng=rng
        )
        united = (alike - usual) / max(1.0 - usual, 1e-9)
        if unusual > limits.unusual and united > limits.united:
            evidence = {
                "seconds": float(np.ptp(arrivals[rows])),
                "alike": alike,
                "usual": usual,
                "unusual": unusual,
            }
            found.append(_block(votes, Kind.BURST, np.sort(rows), evidence))
    return found


def _votes_each(votes: Votes, rows: Integers) -> float:
    return float(votes.per_participant[rows].mean())


def _block(
    votes: Votes, kind: Kind, rows: Integers, evidence: dict[str, float]
) -> Block:
    return Block(kind, tuple(votes.participants[rows].tolist()), evidence)
