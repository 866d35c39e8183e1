"""The result as plain JSON: what snapshots, pages, exports and the API show."""

from dataclasses import asdict
from typing import Any

import numpy as np

from deliberation.consensus.arrays import Floats, Integers
from deliberation.consensus.counts import AGREED, DISAGREED, PASSED
from deliberation.consensus.intervals import wilson
from deliberation.consensus.representative import Representative
from deliberation.consensus.result import Result

METHOD, VERSION = "folkmoot-consensus", "1"
_SIDES = {"agree": AGREED, "disagree": DISAGREED, "pass": PASSED}


def letter(number: int) -> str:
    """Return A, B, C ... for 0, 1, 2 ..., and A1 after Z."""
    return chr(ord("A") + number % 26) + (str(number // 26) if number >= 26 else "")


def to_json(result: Result, *, hidden: bool = False) -> dict[str, Any]:
    """Return the result without anything about single participants.

    Only dicts, lists, strings, finite numbers, booleans and None. Statements that are
    moderated out are left away unless ``hidden`` (for facilitators) asks for them.
    """
    checks = result.memory.checks
    return {
        "method": {
            "name": METHOD,
            "version": VERSION,
            "settings": asdict(result.settings),
            "brief": result.brief,
            "checked_at_votes": checks.votes if checks else None,
        },
        "verdict": str(result.verdict),
        "participation": _participation(result),
        "groups": [_group(result, number) for number in range(_many(result))],
        "statements": _statements(result, hidden=hidden),
        "agreed": _ids(result, result.agreed),
        "disagreed": _ids(result, result.disagreed),
        "divisive": _ids(result, result.divisive),
        "map": _map(result),
        "chance": asdict(result.chance) if result.chance else None,
        "stability": _stability(result),
        "silhouettes": {str(k): s for k, s in result.groups.silhouettes.items()},
        "separated": result.groups.separated,
    }


def participants_to_json(result: Result) -> list[dict[str, Any]]:
    """Return id, group letter (None outside the groups) and position of each one.

    Personal data: for the participants themselves and for exports by policy.
    """
    letters = [letter(number) for number in result.groups.letters] + [None]
    people = result.people
    rows = zip(
        people.ids.tolist(),
        people.groups.tolist(),
        people.positions.tolist(),
        people.cast.tolist(),
        strict=True,
    )
    return [
        {"id": who, "group": letters[group], "position": where, "votes": cast}
        for who, group, where, cast in rows
    ]


def _many(result: Result) -> int:
    return len(result.groups.letters)


def _ids(result: Result, places: Integers) -> list[int]:
    return [int(one) for one in result.statements.ids[places]]


def _participation(result: Result) -> dict[str, Any]:
    people, statements = result.people, result.statements
    return {
        "participants": len(people.ids),
        "grouped": int((people.groups >= 0).sum()),
        "statements": int((~statements.out).sum()),
        "moderated_out": int((statements.out & ~statements.meta).sum()),
        "meta": int(statements.meta.sum()),
        "votes": int(people.cast.sum()),
        "votes_per_participant": float(people.cast.mean()) if len(people.cast) else 0.0,
    }


def _group(result: Result, number: int) -> dict[str, Any]:
    groups, stable = result.groups, result.stability
    return {
        "letter": letter(groups.letters[number]),
        "size": groups.sizes[number],
        "centre": groups.centres[number].tolist(),
        "persisted": stable.by_group[number] if stable else None,
        "representative": [
            _representative(result, one) for one in groups.representative[number]
        ],
    }


def _representative(result: Result, one: Representative) -> dict[str, Any]:
    low, high = wilson(one.successes, one.trials).tolist()
    return {
        "statement": int(result.statements.ids[one.statement]),
        "stance": "agree" if one.agree else "disagree",
        "successes": one.successes,
        "trials": one.trials,
        "interval": [low, high],
        "share": one.share,
        "share_test": one.share_test,
        "ratio": one.ratio,
        "ratio_test": one.ratio_test,
        "best_agree": one.best_agree,
    }


def _statements(result: Result, *, hidden: bool) -> list[dict[str, Any]]:
    own = result.statements
    everybody = _tallies(own.counts, result.settings.widest_interval)
    groups = [_tallies(c, result.settings.widest_interval) for c in own.by_group]
    letters = [letter(number) for number in result.groups.letters]
    shown = np.flatnonzero(~own.out | own.meta | hidden).tolist()
    return [
        {
            "id": int(own.ids[j]),
            "moderated_out": bool(own.out[j] and not own.meta[j]),
            "meta": bool(own.meta[j]),
            **everybody[j],
            "groups": {
                name: tallies[j] for name, tallies in zip(letters, groups, strict=True)
            },
            "position": own.positions[j].tolist(),
            "extremity": float(own.extremity[j]),
            "consensus": {
                "agree_product": float(own.agreement_product[j]),
                "disagree_product": float(own.disagreement_product[j]),
                "normalised": float(own.agreement[j]),
            },
            "priority": float(own.priorities[j]),
        }
        for j in shown
    ]


def _tallies(counts: Integers, widest: float) -> list[dict[str, Any]]:
    """Return, per statement, the votes, each share with its interval, and enough."""
    cast = counts.sum(axis=-1)
    ends = wilson(counts, np.broadcast_to(cast[:, None], counts.shape))
    shares = counts / np.maximum(cast, 1)[:, None]
    wide: Floats = (ends[..., 1] - ends[..., 0]).max(axis=-1)
    rows = zip(
        cast.tolist(),
        (wide <= widest).tolist(),
        counts.tolist(),
        shares.tolist(),
        ends.tolist(),
        strict=True,
    )
    return [
        {
            "votes": votes,
            "enough": enough,
            **{
                side: {
                    "count": count[place],
                    "share": share[place],
                    "interval": interval[place],
                }
                for side, place in _SIDES.items()
            },
        }
        for votes, enough, count, share, interval in rows
    ]


def _map(result: Result) -> dict[str, Any]:
    bubbles = result.bubbles
    rows = zip(
        bubbles.positions.tolist(),
        bubbles.sizes.tolist(),
        bubbles.groups.tolist(),
        strict=True,
    )
    return {
        "explained": result.explained.tolist(),
        "bubbles": [
            {
                "position": where,
                "people": people,
                "group": letter(result.groups.letters[group]),
            }
            for where, people, group in rows
        ],
    }


def _stability(result: Result) -> dict[str, int] | None:
    if result.stability is None:
        return None
    return {
        "resamples": result.stability.resamples,
        "persisted": result.stability.persisted,
    }
