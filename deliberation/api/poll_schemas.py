"""What the API says of polls, statements and votes."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from ninja import Field, Schema

from deliberation.api.heard_schemas import CitationOut
from deliberation.api.schemas import FindingOut
from deliberation.choices import ResultsVisibility, Stage, Stance
from deliberation.models import Statement, Vote
from moderation.api.bodies import In
from moderation.api.problem import findings_as_data


class StatementIn(In):
    """A statement of one's own."""

    text: str
    language: str | None = Field(
        None, description="A language tag such as “de”; without, it is detected."
    )
    replaces: int | None = Field(
        None, description="One of the caller's own statements, withdrawn for this one."
    )
    agreed: bool = Field(
        default=False,
        description="The caller keeps the house rules; needed the first time.",
    )


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


class OneStatementOut(StatementOut):
    """A statement with the answers that name it."""

    addressed_in: list[CitationOut]


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
    findings: list[FindingOut]


class HintsOut(Schema):
    """What is worth a thought before a statement is sent."""

    similar: list[StatementOut]
    has_two_ideas: bool
    findings: list[FindingOut]


class ProgressOut(Schema):
    """How far the caller has come."""

    voted: int
    total: int
    remaining: int


class PollRightsOut(Schema):
    """What the caller may do now; `sign_in` says that voting takes an account."""

    vote: bool
    submit: bool
    must_agree: bool = Field(description="To the house rules, by `agreed`.")
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
    closed_early_because: str
    house_rules: list[str]
    limits: list[str] = Field(description="What bounds the caller's posts, in words.")
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


def submitted(source: Statement) -> dict[str, Any]:
    """Return a statement just sent as `SubmittedOut` has it."""
    names = ("id", "number", "text", "language", "status")
    findings = source.verdict.findings if source.verdict else ()
    told = {name: getattr(source, name) for name in names}
    return told | {"findings": findings_as_data(findings)}


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


def poll_url(pk: int) -> str:
    """Return the path of the poll's own page."""
    return reverse("deliberation:poll", args=[pk])
