"""Where somebody stands whose latest votes no run knows of yet."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from deliberation.consensus.arrays import Floats
from deliberation.consensus.counts import means
from deliberation.consensus.memory import Memory
from deliberation.consensus.positions import scale


def place(
    snapshot: Mapping[str, Any], memory: Memory, votes: Mapping[int, int]
) -> tuple[float, float, str | None]:
    """Return x, y and the letter of the nearest group for one person's present votes.

    ``snapshot`` as ``to_json`` gives it, with its run's ``memory``; ``votes``
    statement id -> stance. Axes, means and groups stay those of that run. No letter
    for whoever has fewer votes than the run asked for.
    """
    axes = dict(zip(memory.statements.tolist(), memory.axes, strict=True))
    inside = [
        one
        for one in snapshot["statements"]
        if not (one["moderated_out"] or one["meta"])
    ]
    own = [one for one in inside if one["id"] in votes]
    moves = [(votes[one["id"]] - _mean(one)) * axes[one["id"]] for one in own]
    # What stays out of the maths counts as answered by everybody.
    answered = len(own) + len(axes) - len(inside)
    stretch = scale(len(axes), np.array([answered]))[0]
    spot = stretch * np.sum(moves, axis=0) if moves else np.zeros(2)
    x, y = spot.tolist()
    least = min(snapshot["method"]["settings"]["least_votes"], len(axes))
    is_grouped = len(axes.keys() & votes.keys()) >= max(least, 1)
    return x, y, _nearest(snapshot, spot) if is_grouped else None


def _mean(one: Mapping[str, Any]) -> float:
    counted = [one[side]["count"] for side in ("agree", "disagree", "pass")]
    return float(means(np.array(counted)))


def _nearest(snapshot: Mapping[str, Any], spot: Floats) -> str | None:
    apart = {
        group["letter"]: float(np.sum((spot - group["centre"]) ** 2))
        for group in snapshot["groups"]
    }
    return min(apart, key=lambda letter: apart[letter], default=None)
