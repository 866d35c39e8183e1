"""What the API says of polls, statements, votes and results."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from ninja import Field, Schema
from pydantic import ConfigDict

from deliberation.choices import ResultsVisibility, Stage, Stance
from deliberation.models import Statement, Vote
from deliberation.queries import results
from deliberation.queries.results import Results, Share, Tally, You


class In(Schema):
    """A body; a member that is not known is an error."""

    model_config = ConfigDict(extra="forbid")


class StatementIn(In):
    """A statement of one's own."""

    text: str
    language: str | None = Field(None, description="A language tag such as “de”.")


class VoteIn(In):
    """An answer to one statement; it takes the place of an earlier one."""

    stance: str = Field(pattern="^(agree|disagree|pass)$")
    important: bool = False


class MyVoteOut(Schema):
    """The caller's vote on a statement."""

    stance: str
    important: bool
    cast_at: datetime


class StatementOut(Schema):
    """A statement. Who wrote it is not told, so that votes cannot be traced."""

    id: int
    poll: int
    number: int
    text: str
    language: str
    dir: str
    by_city: bool = Field(description="True for the editors' own statements.")
    about_voters: bool
    replaces: int | None = Field(description="The statement it took the place of.")
    created_at: datetime
    my_vote: MyVoteOut | None


class StatementPageOut(Schema):
    """One page of statements. `next` is the cursor to go on with."""

    items: list[StatementOut]
    next: str | None


class SubmittedOut(Schema):
    """A statement that was just sent, and whether others see it."""

    id: int
    number: int
    text: str
    language: str
    status: str


class HintsOut(Schema):
    """What is worth a thought before a statement is sent."""

    similar: list[StatementOut]
    has_two_ideas: bool


class ProgressOut(Schema):
    """How far the caller has come."""

    voted: int
    total: int
    remaining: int


class PollRightsOut(Schema):
    """What the caller may do now; `sign_in` says that voting takes an account."""

    vote: bool
    submit: bool
    see_results: bool
    sign_in: bool


class PollOut(Schema):
    """A poll: its question, when it is open, under which rules, and for whom."""

    id: int
    title: str
    introduction: str
    section: str
    page: int
    page_url: str | None
    language: str
    stage: Stage
    opens_at: datetime | None
    closes_at: datetime | None
    house_rules: list[str]
    rules: list[str] = Field(description="What is checked when somebody submits.")
    review: str
    residents_may_submit: bool
    statement_maximum: int
    guests_may_vote: bool
    results: ResultsVisibility
    open_data: bool
    progress: ProgressOut
    may: PollRightsOut
    url: str


class NextOut(Schema):
    """The statement to vote on now; null when there is none left."""

    statement: StatementOut | None
    progress: ProgressOut


class ShareOut(Schema):
    """A number of votes, its share and the share's 95 per cent interval."""

    count: int
    share: float
    low: float
    high: float


class TallyOut(Schema):
    """Votes on one statement; `enough` is false where they are too few to say."""

    votes: int
    enough: bool
    agree: ShareOut
    disagree: ShareOut
    passed: ShareOut


class StatementResultOut(Schema):
    """Votes on one statement, by everybody and by each group that is shown."""

    id: int
    number: int
    text: str
    language: str
    dir: str
    about_voters: bool
    overall: TallyOut
    groups: dict[str, TallyOut]
    agreement: float | None = Field(
        description="Mean over the groups of (A+1)/(A+D+2); null if one is not shown."
    )
    agreement_product: float | None = Field(
        description="Product over the groups of (A+1)/(S+2); null if one is not shown."
    )
    extremity: float


class SpeakingOut(Schema):
    """A statement that speaks for a group."""

    statement: int
    stance: str
    inside: ShareOut
    others_share: float


class GroupOut(Schema):
    """An opinion group; of one with fewer than five people only the letter is told."""

    letter: str
    size: int | None
    shown: bool
    centre: list[float] | None
    persisted: int | None
    speaking: list[SpeakingOut]


class AgreementOut(Schema):
    """A statement on which every group leans the same way."""

    statement: int
    stance: str
    surely: bool


class DifferenceOut(Schema):
    """A statement that divides: letters of the groups on each side."""

    statement: int
    agreeing: list[str]
    disagreeing: list[str]


class BubbleOut(Schema):
    """Some people on the map."""

    x: float
    y: float
    people: int
    group: str


class ReasonOut(Schema):
    """A vote of the caller's that speaks for their group."""

    statement: int
    stance: str
    percent_inside: int
    percent_outside: int


class YouOut(Schema):
    """Where the caller stands."""

    x: float
    y: float
    group: str | None
    reasons: list[ReasonOut]


class BlockOut(Schema):
    """Conspicuous voters, who were counted nevertheless."""

    kind: str = Field(description="burst, copies, all_agree, all_disagree or all_pass.")
    people: int | None = Field(description="Null for fewer than five.")


class ParticipationOut(Schema):
    """How many took part."""

    voters: int
    votes: int
    grouped: int
    statements: int


class ResultsOut(Schema):
    """What a poll found, as of one moment, by one version of the method."""

    poll: int
    computed_at: datetime | None
    method: dict[str, Any] | None
    verdict: str = Field(description="groups, one_group or too_few.")
    participation: ParticipationOut
    unites: list[AgreementOut]
    divides: list[DifferenceOut]
    groups: list[GroupOut]
    separated: bool = Field(description="True: clear-cut groups.")
    resamples: int | None
    persisted: int | None = Field(description="In how many resamples the groups held.")
    statements: list[StatementResultOut]
    map: list[BubbleOut]
    conspicuous: list[BlockOut]
    you: YouOut | None


def statement(source: Statement, vote: Vote | None) -> dict[str, Any]:
    """Return a statement as `StatementOut` has it."""
    return {
        "id": source.pk,
        "poll": source.poll_id,
        "number": source.number,
        "text": source.text,
        "language": source.language,
        "dir": source.dir,
        "by_city": source.is_seed,
        "about_voters": source.is_meta,
        "replaces": source.replaces_id,
        "created_at": source.created_at,
        "my_vote": vote and my_vote(vote),
    }


def my_vote(vote: Vote) -> dict[str, Any]:
    """Return a vote as `MyVoteOut` has it."""
    return {
        "stance": Stance(vote.stance).word,
        "important": vote.is_important,
        "cast_at": vote.cast_at,
    }


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
        "unites": [
            {
                "statement": one.result.statement.pk,
                "stance": _side(agree=one.agree),
                "surely": one.surely,
            }
            for one in shown.unites
        ],
        "divides": [
            {
                "statement": one.result.statement.pk,
                "agreeing": one.agreeing,
                "disagreeing": one.disagreeing,
            }
            for one in shown.divides
        ],
        "groups": [_group(group) for group in shown.groups],
        "separated": shown.separated,
        "resamples": shown.resamples,
        "persisted": shown.persisted,
        "statements": [_result(one, all_shown=all_shown) for one in shown.statements],
        "map": [
            {"x": b.x, "y": b.y, "people": b.people, "group": b.letter}
            for b in shown.map.bubbles
        ],
        "conspicuous": [
            {"kind": block.kind, "people": block.people} for block in shown.blocks
        ],
        "you": you and _you(you),
    }


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


def poll_url(pk: int) -> str:
    """Return the path of the poll's own page."""
    return reverse("deliberation:poll", args=[pk])
