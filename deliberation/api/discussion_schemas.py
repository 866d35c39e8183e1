"""What the API says of a discussion, and how evenly it is shared."""

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from deliberation import sentences
from deliberation.choices import Channel, Sort, Stage
from deliberation.ranking.equality import Equality
from moderation.choices import Attachments


class LanguageCountOut(Schema):
    """How many comments are in a language."""

    language: str
    comments: int


class ChannelCountOut(Schema):
    """How many comments came in by one way."""

    channel: Channel
    comments: int


class FiguresOut(Schema):
    """How evenly a discussion is shared. Null is what says nothing, or too much."""

    comments: int
    authors: int
    threads: int
    gini: float | None = Field(description="0: all wrote as much; 1: one wrote all.")
    top_share: float | None = Field(description="By the most active tenth, 0 to 1.")
    newcomers: float | None = Field(description="Authors who never wrote before.")
    unanswered: float | None = Field(description="Threads without another's answer.")
    first_answer_seconds: int | None = Field(description="Median wait, if answered.")
    languages: list[LanguageCountOut]
    channels: list[ChannelCountOut]
    sentences: list[str] = Field(description="What the figures say, in words.")


class ThemeOut(Schema):
    """What a comment can be about; one not `offered` is kept by comments that have it."""

    key: str
    name: str
    offered: bool


class SortOut(Schema):
    """An order of the threads."""

    name: Sort
    label: str
    explanation: str


class DiscussionRightsOut(Schema):
    """What the caller may do in a discussion now; `sign_in` says it takes an account."""

    comment: bool
    react: bool
    sign_in: bool
    must_agree: bool = Field(description="To the house rules, by `agreed`.")


class DiscussionOut(Schema):
    """A discussion: when it is open, under which rules, and what the caller may do."""

    id: int
    title: str
    section: str
    page: int
    page_url: str | None
    language: str
    stage: Stage
    opens_at: datetime | None
    closes_at: datetime | None
    house_rules: list[str]
    limits: list[str] = Field(description="What bounds the caller's posts, in words.")
    rules: list[str] = Field(description="What is checked when somebody posts.")
    review: str
    guests_may_comment: bool
    attachments: Attachments = Field(description="What may come with a comment.")
    edit_minutes: int
    comments: int = Field(description="Public comments, replies among them.")
    new: int | None = Field(
        description="Comments of others that came later than `since`, up to 1,000."
    )
    themes: list[ThemeOut] = Field(description="In the order of the editors.")
    sorts: list[SortOut]
    may: DiscussionRightsOut
    url: str


def figures(found: Equality) -> dict[str, Any]:
    """Return the figures of a discussion as `FiguresOut` has them."""
    waited = found.first_answer
    return {
        "comments": found.comments,
        "authors": found.authors,
        "threads": found.threads,
        "gini": found.gini,
        "top_share": found.top_share,
        "newcomers": found.newcomers,
        "unanswered": found.unanswered,
        "first_answer_seconds": waited and round(waited.total_seconds()),
        "languages": [
            {"language": language, "comments": count}
            for language, count in found.languages
        ],
        "channels": [
            {"channel": channel, "comments": count} for channel, count in found.channels
        ],
        "sentences": sentences.equality(found),
    }
