"""What the API says of the results of a poll, as `result_schemas` has it."""

from typing import Any

from deliberation.choices import Stance
from deliberation.queries import results
from deliberation.queries.results import Results, Share, Tally, You


def found(poll_id: int, shown: Results | None, you: You | None) -> dict[str, Any]:
    """Return results as `ResultsOut` has them; empty before anything was computed."""
    if shown is None:
        return _NOTHING | {"poll": poll_id}
    all_shown = all(group.shown for group in shown.groups)
    return {
        "poll": poll_id,
        "computed_at": shown.computed_at,
        "method": shown.method,
        "verdict": shown.verdict,
        "participation": {
            "voters": shown.voters,
            "votes": shown.votes,
            "grouped": shown.grouped,
            "statements": len(shown.statements),
        },
        "unites": unites(shown),
        "divides": divides(shown),
        "groups": [_group(group) for group in shown.groups],
        "separated": shown.separated,
        "resamples": shown.resamples,
        "persisted": shown.persisted,
        "statements": [_result(one, all_shown=all_shown) for one in shown.statements],
        "map": [
            {"x": b.x, "y": b.y, "people": b.people, "group": b.letter}
            for b in shown.map.bubbles
        ],
        "conspicuous": blocks(shown),
        "you": you and _you(you),
    }


def unites(shown: Results) -> list[dict[str, Any]]:
    """Return what unites as `AgreementOut` has it."""
    return [
        {
            "statement": one.result.statement.pk,
            "stance": _side(agree=one.agree),
            "surely": one.surely,
        }
        for one in shown.unites
    ]


def divides(shown: Results) -> list[dict[str, Any]]:
    """Return what divides as `DifferenceOut` has it."""
    return [
        {
            "statement": one.result.statement.pk,
            "agreeing": one.agreeing,
            "disagreeing": one.disagreeing,
        }
        for one in shown.divides
    ]


def blocks(shown: Results) -> list[dict[str, Any]]:
    """Return conspicuous voters as `BlockOut` has them."""
    return [{"kind": block.kind, "people": block.people} for block in shown.blocks]


_NOTHING: dict[str, Any] = {
    "computed_at": None,
    "method": None,
    "verdict": "too_few",
    "participation": {"voters": 0, "votes": 0, "grouped": 0, "statements": 0},
    "separated": False,
    "resamples": None,
    "persisted": None,
    "you": None,
    **{name: [] for name in ("unites", "divides", "groups", "statements", "map")},
    "conspicuous": [],
}


def _side(*, agree: bool) -> str:
    return "agree" if agree else "disagree"


def _share(share: Share) -> dict[str, Any]:
    return {
        "count": share.count,
        "share": share.share,
        "low": share.low,
        "high": share.high,
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "votes": tally.votes,
        "enough": tally.enough,
        "agree": _share(tally.agree),
        "disagree": _share(tally.disagree),
        "passed": _share(tally.passed),
    }


def _result(one: results.StatementResult, *, all_shown: bool) -> dict[str, Any]:
    return {
        "id": one.statement.pk,
        "number": one.statement.number,
        "text": one.statement.text,
        "language": one.statement.language,
        "dir": one.statement.dir,
        "about_voters": one.statement.is_meta,
        "overall": _tally(one.overall),
        "groups": {letter: _tally(tally) for letter, tally in one.groups},
        "agreement": one.agreement if all_shown else None,
        "agreement_product": one.agree_product if all_shown else None,
        "extremity": one.extremity,
        "important": one.important,
    }


def _group(group: results.Group) -> dict[str, Any]:
    return {
        "letter": group.letter,
        "size": group.size,
        "shown": group.shown,
        "centre": list(group.centre) if group.shown else None,
        "persisted": group.persisted,
        "speaking": [
            {
                "statement": one.statement.pk,
                "stance": _side(agree=one.agree),
                "inside": _share(one.inside),
                "others_share": one.others.share,
            }
            for one in group.speaking
        ],
    }


def _you(you: You) -> dict[str, Any]:
    return {
        "x": you.x,
        "y": you.y,
        "group": you.letter,
        "reasons": [
            {
                "statement": one.statement.pk,
                "stance": Stance(one.stance).word,
                "percent_inside": one.percent_inside,
                "percent_outside": one.percent_outside,
            }
            for one in you.reasons
        ],
    }
