"""What the API says of being heard: what answers name, and what somebody follows."""

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

from deliberation.models import Citation
from deliberation.queries import citations
from moderation.api.bodies import In


class CitationOut(Schema):
    """That an answer names a contribution. `answer` and `contribution` are paths."""

    id: int
    used: bool = Field(description="False: considered, and not used.")
    reason: str
    language: str
    answer: str
    contribution: str
    kind: Literal["comment", "statement"] = Field(description="Of the contribution.")
    contribution_id: int
    cited_at: datetime


class CitationsOut(Schema):
    """What answers name."""

    items: list[CitationOut]


class CitationIn(In):
    """A contribution by its address; without `used`, `reason` says why."""

    link: str = Field(max_length=500)
    used: bool = True
    reason: str = Field("", max_length=1000)


class FollowOut(Schema):
    """A page whose stages the caller follows, or a discussion with its comments."""

    page: int
    discussion: int | None
    title: str
    since: datetime


class FollowsOut(Schema):
    """All that the caller follows, the latest first."""

    items: list[FollowOut]


class FollowingOut(Schema):
    """Whether the caller follows it now."""

    following: bool


def citation(source: Citation) -> dict[str, Any]:
    """Return a citation as `CitationOut` has it."""
    return {
        "id": source.pk,
        "used": source.is_used,
        "reason": source.reason,
        "language": source.language,
        "answer": citations.path_of(source),
        "contribution": citations.path_of_cited(source),
        "kind": "comment" if source.comment_id else "statement",
        "contribution_id": source.comment_id or source.statement_id,
        "cited_at": source.created_at,
    }
