"""What the API says of flags, decisions, the register and the caller."""

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from moderation.api.bodies import In
from moderation.choices import (
    Act,
    Automation,
    Besides,
    ContentStatus,
    Ground,
    Mail,
    Outcome,
    Side,
    Standing,
)


class ContentRef(In):
    """One item: what kind it is, and its id."""

    kind: str = Field(max_length=40, description="Such as “comment” or “statement”.")
    id: int = Field(ge=1, le=2**63 - 1, strict=True)


class MeIn(In):
    """What a participant may change of themself."""

    pseudonym: str | None = Field(None, max_length=1000)
    language: str | None = Field(None, max_length=20)


class May(Schema):
    """What the caller may do here in general."""

    write: bool
    report: bool
    review: bool
    lead: bool


class NoticeOut(Schema):
    """What the forum told the caller."""

    id: int
    kind: str = Field(description="Such as “decision”, “reply” or “answered”.")
    title: str
    body: str = Field(description="What somebody wrote, in part; or empty.")
    language: str = Field(description="Of `body`; empty for the caller's own.")
    path: str
    created_at: datetime
    read_at: datetime | None


class NoticesOut(Schema):
    """Notices, the latest first, and how many are new in all (50 at most)."""

    items: list[NoticeOut]
    next: str | None
    new: int


class ReadIn(In):
    """Which notices were read; all of them without `ids`."""

    ids: list[int] | None = Field(None, max_length=100)


class NewOut(Schema):
    """How many notices are new now (50 at most)."""

    new: int


class MailChoiceOut(Schema):
    """One topic, and how the caller hears of it by e-mail."""

    topic: str
    label: str
    help: str
    mail: Mail


class MailChoicesOut(Schema):
    """Every topic there is."""

    items: list[MailChoiceOut]


class MailChoicesIn(In):
    """How to hear of the topics named; the others stay as they are."""

    mail: dict[str, Mail] = Field(max_length=50)


class MeOut(Schema):
    """The caller. `pseudonym` is null until they first take part."""

    pseudonym: str | None
    standing: Standing | None
    language: str
    is_guest: bool
    since: datetime | None
    may: May
    new: int = Field(description="New notices, 50 at most.")
    notices: list[NoticeOut]


class ErasureOut(Schema):
    """When the caller's data is erased; null if it stays."""

    due_at: datetime | None


class FlagIn(In):
    """A report. Without an account or guest token, `name` and `email` are needed."""

    content: ContentRef
    reason: str = Field(
        max_length=40,
        description="`illegal`, `other`, or the short name of a house rule in force.",
    )
    text: str = ""
    legal_ground: str = Field("", max_length=500)
    name: str = ""
    email: str = ""
    good_faith: bool = False


class FlagOut(Schema):
    """The receipt of a report; null for strangers, who get it by e-mail."""

    receipt: str | None
    detail: str


class EntryOut(Schema):
    """One line of the register."""

    number: int
    entry: dict[str, Any]
    previous_hash: str
    hash: str


class RegisterOut(Schema):
    """Lines, newest first, and the hash of the last line there is."""

    items: list[EntryOut]
    next: str | None
    head: str


class RuleOut(Schema):
    """The rule that was applied, in the words and version then in force."""

    id: str
    version: str
    text: str


class AppealOut(Schema):
    """An appeal and, once there is one, its answer."""

    id: int
    side: Side
    text: str
    created_at: datetime
    due_at: datetime
    outcome: Outcome | None
    answer: str
    answered_at: datetime | None


class DecisionOut(Schema):
    """A decision as its author reads it.

    `statement` holds a restriction in the field list of the DSA Transparency
    Database; it is null for decisions that take nothing away.
    """

    title: str
    act: Act
    decided_at: datetime
    automation: Automation
    ground: Ground | None
    rule: RuleOut | None
    legal_ground: str
    facts: str
    matched: str
    register_number: int | None
    content: ContentRef
    status: ContentStatus
    text: str
    appeal_until: datetime
    may_appeal: bool
    appeal: AppealOut | None
    statement: dict[str, Any] | None


class QueueFlagOut(Schema):
    """Why an item waits."""

    reason: str
    reason_in_words: str
    text: str
    rule: str
    matched: str
    start: int | None
    end: int | None
    created_at: datetime


class QueueItemOut(Schema):
    """One item that waits. Send `seen` back with the decision."""

    content: ContentRef
    text: str
    language: str
    status: ContentStatus
    author: str | None
    standing: Standing | None
    place: str
    path: str
    since: datetime
    due_at: datetime
    overdue: bool
    urgent: bool
    may: list[Act]
    flags: list[QueueFlagOut]
    seen: int


class QueueOut(Schema):
    """What waits, the most urgent first."""

    items: list[QueueItemOut]
    next: str | None


class DecisionIn(In):
    """A moderator's decision. `hide` needs ground, rule or law, and facts."""

    content: ContentRef
    act: Act
    seen: int = Field(ge=0, le=2**63 - 1, description="As the queue told it.")
    ground: Ground | None = None
    rule_id: str = ""
    legal_ground: str = ""
    facts: str = ""
    passage: str = Field(
        "", max_length=10_000, description="With `redact`: what goes, word for word."
    )
    same_as: int | None = Field(
        None, ge=1, le=2**63 - 1, description="With `merge`: the id of the other one."
    )
    move_to: str = Field(
        "", max_length=20, description="With `move`: the id of the discussion."
    )
    besides: Besides | None = Field(
        None,
        description="With what restricts: warn, slow or suspend the author as well.",
    )


class DecidedOut(Schema):
    """What was decided."""

    id: int
    act: Act
    status: ContentStatus
    register_number: int | None
    decided_at: datetime


class AppealIn(In):
    """An appeal by receipt: the author's of a decision, or the reporter's."""

    receipt: str = Field(pattern=r"^[A-Za-z0-9_-]{1,40}$")
    text: str


class AnswerIn(In):
    """The answer; the reasons are needed where a reporter was right."""

    outcome: Outcome
    answer: str
    ground: Ground | None = None
    rule_id: str = ""
    legal_ground: str = ""
