"""How the API says what a poll found."""

from datetime import datetime
from typing import Any

from ninja import Field, Schema


class ShareOut(Schema):
    """A number of votes, its share and the share's 95 per cent interval."""

    count: int
    share: float
    low: float
    high: float


class VotesOut(Schema):
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
    overall: VotesOut
    groups: dict[str, VotesOut]
    agreement: float | None = Field(
        description="Mean over the groups of (A+1)/(A+D+2); null if one is not shown."
    )
    agreement_product: float | None = Field(
        description="Product over the groups of (A+1)/(S+2); null if one is not shown."
    )
    extremity: float
    important: int | None = Field(
        description="To how many voters it is important; null for fewer than five."
    )


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
