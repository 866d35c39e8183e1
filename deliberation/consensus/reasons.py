"""Why someone is in a group: the votes of theirs that speak for it."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from math import log
from typing import Any

_NAMES = {1: "agree", 0: "pass", -1: "disagree"}


@dataclass(frozen=True)
class Reason:
    """One vote, and how many in the group and outside voted the same.

    ``weight`` is the logarithm of how much more likely this vote is inside the group;
    below 0 it speaks against.
    """

    statement: int
    stance: int
    weight: float
    same_inside: int
    votes_inside: int
    same_outside: int
    votes_outside: int


def why(
    snapshot: Mapping[str, Any],
    letter: str,
    votes: Mapping[int, int],
    *,
    uncounted: Container[int] = (),
) -> list[Reason]:
    """Return one reason per vote that counts, the strongest for the group first.

    ``snapshot`` as ``to_json`` gives it, ``letter`` the participant's group,
    ``votes`` statement id -> stance. Their own vote is taken out of the group's
    counts, and one is added to each, so that nobody is their own reason. Empty if
    there are no other groups. ``uncounted`` are the statements on which their present
    vote came after the snapshot.
    """
    if letter not in (group["letter"] for group in snapshot["groups"]):
        return []
    found = [
        _reason(
            statement,
            letter,
            votes[statement["id"]],
            own=0 if statement["id"] in uncounted else 1,
        )
        for statement in snapshot["statements"]
        if statement["id"] in votes and len(statement["groups"]) > 1
        if not (statement["meta"] or statement["moderated_out"])
    ]
    return sorted(found, key=lambda reason: (-reason.weight, reason.statement))


def _reason(
    statement: Mapping[str, Any], letter: str, stance: int, *, own: int
) -> Reason:
    inside = statement["groups"][letter]
    others = [c for name, c in statement["groups"].items() if name != letter]
    side = _NAMES[stance]
    same, cast = max(inside[side]["count"] - own, 0), max(inside["votes"] - own, 0)
    same_out = sum(other[side]["count"] for other in others)
    cast_out = sum(other["votes"] for other in others)
    likely, elsewhere = (same + 1) / (cast + 3), (same_out + 1) / (cast_out + 3)
    return Reason(
        statement["id"], stance, log(likely / elsewhere), same, cast, same_out, cast_out
    )
