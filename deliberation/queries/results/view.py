"""From the stored snapshot to what may be shown of it."""

from collections.abc import Iterable
from typing import Any

from deliberation.models import Poll, PollResult, Statement
from deliberation.queries.results.shapes import (
    FEWEST,
    Agreement,
    Block,
    Bubble,
    Difference,
    Group,
    OpinionMap,
    Results,
    Share,
    Speaking,
    StatementResult,
    Tally,
)
from moderation.choices import ContentStatus

LISTED = 5
HALF = 0.5

Json = dict[str, Any]


def latest(poll: Poll) -> PollResult | None:
    """Return the newest snapshot of a poll."""
    snapshots = PollResult.objects.filter(poll=poll).defer("places")
    return snapshots.order_by("-computed_at", "-pk").first()


def of(poll: Poll) -> Results | None:
    """Return what the newest snapshot says, without what became hidden since.

    Groups of fewer than `FEWEST` people are named without numbers, and so is one
    more where the small group could otherwise be worked out. A poll with fewer
    voters has neither groups nor statements.
    """
    snapshot = latest(poll)
    return None if snapshot is None else build(poll, snapshot)


def without_conspicuous(poll: Poll) -> Results | None:
    """Return what the newest snapshot found without the conspicuous voters."""
    snapshot = latest(poll)
    if snapshot is None or snapshot.without is None:
        return None
    return _build(poll, snapshot, snapshot.without)


def build(poll: Poll, snapshot: PollResult) -> Results:
    """Return what one snapshot of the poll says, as far as it may be shown."""
    return _build(poll, snapshot, snapshot.findings)


def _build(poll: Poll, snapshot: PollResult, findings: Json) -> Results:
    told = findings["participation"]
    voters = told["participants"]
    if voters < FEWEST:
        findings = {**findings, "groups": [], "statements": [], "verdict": "too_few"}
    shown = _shown_letters(findings)
    statements = _statements(poll, findings, shown)
    known = {each.statement.pk: each for each in statements}
    stability = findings["stability"] or {}
    return Results(
        poll=poll,
        snapshot_id=snapshot.pk,
        computed_at=snapshot.computed_at,
        method=findings["method"],
        verdict=findings["verdict"],
        voters=voters,
        votes=told["votes"],
        grouped=told["grouped"],
        groups=tuple(_group(g, shown, known) for g in findings["groups"]),
        statements=statements,
        unites=_unites(statements),
        divides=_divides(findings["divisive"], known),
        resamples=stability.get("resamples"),
        persisted=stability.get("persisted"),
        separated=bool(findings["separated"]),
        map=_map(findings, shown),
        blocks=tuple(_block(block) for block in snapshot.blocks),
    )


def _shown_letters(findings: Json) -> set[str]:
    """Return the groups whose numbers are shown.

    Together with the people outside all groups, those left out must be at least
    FEWEST: otherwise the rest, taken from the total, would tell their votes.
    """
    groups = sorted(findings["groups"], key=lambda group: group["size"])
    told = findings["participation"]
    outside = told["participants"] - told["grouped"]
    hidden = [group for group in groups if group["size"] < FEWEST]
    rest = groups[len(hidden) :]
    while hidden and rest and outside + sum(g["size"] for g in hidden) < FEWEST:
        hidden.append(rest.pop(0))
    return {group["letter"] for group in rest}


def _statements(
    poll: Poll, findings: Json, shown: set[str]
) -> tuple[StatementResult, ...]:
    public = Statement.objects.filter(poll=poll, status=ContentStatus.PUBLISHED)
    texts = public.defer("html").in_bulk()
    return tuple(
        _statement(
            told,
            texts[told["id"]],
            shown,
            important=findings.get("important", {}).get(str(told["id"]), 0),
        )
        for told in findings["statements"]
        if told["id"] in texts
    )


def _statement(
    told: Json, statement: Statement, shown: set[str], *, important: int
) -> StatementResult:
    consensus = told["consensus"]
    return StatementResult(
        statement=statement,
        overall=_tally(told),
        groups=tuple(
            (letter, _tally(tally))
            for letter, tally in sorted(told["groups"].items())
            if letter in shown
        ),
        agreement=consensus["normalised"],
        agree_product=consensus["agree_product"],
        disagree_product=consensus["disagree_product"],
        extremity=told["extremity"],
        important=important if important >= FEWEST else None,
    )


def _tally(told: Json) -> Tally:
    return Tally(
        votes=told["votes"],
        enough=told["enough"],
        agree=_share(told["agree"]),
        disagree=_share(told["disagree"]),
        passed=_share(told["pass"]),
    )


def _share(told: Json) -> Share:
    return Share(told["count"], told["share"], *told["interval"])


def _group(told: Json, shown: set[str], known: dict[int, StatementResult]) -> Group:
    letter, size = told["letter"], told["size"]
    is_shown = letter in shown
    speaking = told["representative"] if is_shown else []
    return Group(
        letter=letter,
        size=size if size >= FEWEST else None,
        shown=is_shown,
        centre=(told["centre"][0], told["centre"][1]),
        persisted=told["persisted"],
        speaking=tuple(
            _speaking(one, letter, known[one["statement"]])
            for one in speaking
            if one["statement"] in known
        ),
    )


def _speaking(told: Json, letter: str, result: StatementResult) -> Speaking:
    agree = told["stance"] == "agree"
    inside = dict(result.groups)[letter]
    others = [tally for name, tally in result.groups if name != letter]
    return Speaking(
        result.statement,
        agree,
        _side(inside, agree=agree),
        _summed(others, agree=agree),
    )


def _side(tally: Tally, *, agree: bool) -> Share:
    return tally.agree if agree else tally.disagree


def _summed(tallies: Iterable[Tally], *, agree: bool) -> Share:
    tallies = list(tallies)
    count = sum(_side(tally, agree=agree).count for tally in tallies)
    votes = sum(tally.votes for tally in tallies)
    share = count / votes if votes else 0.0
    return Share(count, share, share, share)


def _unites(statements: tuple[StatementResult, ...]) -> tuple[Agreement, ...]:
    """Return what every group leans the same way on, most agreed first."""
    found = []
    for each in statements:
        if each.statement.is_meta or not each.overall.enough:
            continue
        for agree in (True, False):
            parts = [_side(t, agree=agree) for _, t in each.groups] or [
                _side(each.overall, agree=agree)
            ]
            if all(part.share > HALF for part in parts):
                surely = all(part.low > HALF for part in parts)
                found.append(Agreement(each, agree, surely))
    found.sort(key=lambda one: (not one.surely, -_product(one.result, agree=one.agree)))
    return tuple(found[:LISTED])


def _product(result: StatementResult, *, agree: bool) -> float:
    return result.agree_product if agree else result.disagree_product


def _divides(
    ids: list[int], known: dict[int, StatementResult]
) -> tuple[Difference, ...]:
    return tuple(_difference(known[pk]) for pk in ids if pk in known)


def _difference(result: StatementResult) -> Difference:
    return Difference(
        result,
        tuple(name for name, t in result.groups if t.agree.share > HALF),
        tuple(name for name, t in result.groups if t.disagree.share > HALF),
    )


def _block(told: Json) -> Block:
    people, seconds = told["people"], told["evidence"].get("seconds")
    return Block(
        kind=told["kind"],
        people=people if people >= FEWEST else None,
        minutes=None if seconds is None else max(round(seconds / 60), 1),
    )


def _map(findings: Json, shown: set[str]) -> OpinionMap:
    bubbles = [b for b in findings["map"]["bubbles"] if b["group"] in shown]
    return OpinionMap(
        tuple(
            Bubble(b["position"][0], b["position"][1], b["people"], b["group"])
            for b in bubbles
        ),
        tuple(findings["map"]["explained"]),
    )
