"""What the API says of comments: the same trees that the pages show."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from ninja import Field, Schema

from deliberation import addresses
from deliberation.api.attachment_schemas import AttachedIn, AttachmentOut, attachment
from deliberation.api.heard_schemas import CitationOut, citation
from deliberation.choices import Channel, CommentStance, ReactionKind
from deliberation.queries.nodes import Node, Tally
from moderation.api.bodies import In
from moderation.api.problem import findings_as_data
from moderation.choices import ContentStatus
from moderation.rules import Verdict

# How many answers to the same question are kept.
_KEPT = 500


class PostIn(In):
    """A comment, or a reply to `parent`."""

    text: str
    parent: int | None = None
    language: str | None = Field(
        None, description="A language tag such as “de”; without, it is detected."
    )
    stance: CommentStance | None = None
    theme: str | None = Field(None, description="The key of a theme that is offered.")
    attachments: list[AttachedIn] = []
    agreed: bool = Field(
        default=False,
        description="The caller keeps the house rules; needed the first time.",
    )


class EditIn(In):
    """A new wording. `version` is that of the wording it replaces."""

    text: str
    language: str | None = None
    stance: CommentStance | None = Field(
        None, description="Without, it stays as it is."
    )
    theme: str | None = Field(
        None, description="Without, it stays as it is; empty takes it away."
    )
    attachments: list[AttachedIn] | None = Field(
        None, description="The pictures that stay; without, all of them."
    )
    version: str | None = None


class ReactionIn(In):
    """The one reaction of the caller."""

    kind: ReactionKind


class PlaceOut(Schema):
    """Where in the text, counted in characters."""

    start: int
    end: int


class FindingOut(Schema):
    """What a rule noticed."""

    rule: str
    severity: str
    message: str
    location: PlaceOut | None


class ReactionOut(Schema):
    """How often one reaction was given; null until the caller reacts or it closes."""

    kind: ReactionKind
    label: str
    count: int | None
    mine: bool


class HiddenOut(Schema):
    """Under which rule a comment was hidden, and when."""

    rule: str
    decided_at: datetime


class CommentRightsOut(Schema):
    """What the caller may do with a comment now."""

    answer: bool
    react: bool
    edit: bool
    withdraw: bool
    make_official: bool
    cite: bool


class CommentOut(Schema):
    """A comment. What is not public has neither author, text nor language."""

    id: int
    discussion: int
    parent: int | None
    root: int | None = Field(description="The first comment of its thread.")
    depth: int
    status: ContentStatus
    official: bool = Field(description="The answer of whoever runs the page.")
    author: str | None = Field(description="A pseudonym.")
    text: str | None = Field(description="As typed, with a little Markdown.")
    html: str | None = Field(description="The same, rendered and safe.")
    language: str | None
    stance: CommentStance | None = Field(description="What the author says it is.")
    theme: str | None = Field(description="The key of one of the discussion's themes.")
    dir: str | None
    version: str | None = Field(description="Send it back with an edit.")
    created_at: datetime
    edited_at: datetime | None
    source: str | None = Field(description="Where an imported one was published.")
    channel: Channel = Field(description="By which way it came in.")
    attachments: list[AttachmentOut]
    hidden: HiddenOut | None
    reactions: list[ReactionOut]
    addressed_in: list[CitationOut] = Field(
        description="The answers that name this comment."
    )
    rests_on: list[CitationOut] = Field(
        description="What it names, if it is an official answer."
    )
    standing: str | None = Field(
        description="Why a thread stands where it does in the order `bridging`; null "
        "until the counts are shown."
    )
    answers: int = Field(description="Public direct answers.")
    more: int = Field(description="Public replies in its thread beyond `replies`.")
    replies: list["CommentOut"]
    may: CommentRightsOut
    url: str


class PostedOut(CommentOut):
    """A comment that was just written, with what the rules noticed."""

    findings: list[FindingOut]


class CommentPageOut(Schema):
    """One page of comments. `next` is the cursor to go on with."""

    items: list[CommentOut]
    next: str | None


def comment(node: Node) -> dict[str, Any]:
    """Return a node of a thread as `CommentOut` has it."""
    source = node.source
    return {
        "id": source.pk,
        "discussion": source.discussion_id,
        "parent": source.parent_id,
        "root": source.root_id,
        "depth": source.depth,
        "status": source.status,
        "official": node.is_official,
        **_wording(node),
        "created_at": source.created_at,
        "channel": source.channel,
        "attachments": [attachment(each) for each in node.attachments],
        "hidden": node.decision
        and {
            "rule": node.rule,
            "decided_at": node.decision.created_at,
        },
        "reactions": _reactions(node.tallies, get_language()),
        "addressed_in": [citation(line.citation) for line in node.addressed],
        "rests_on": [citation(line.citation) for line in node.cites],
        "standing": node.standing and str(node.standing),
        "answers": node.answers,
        "more": node.more,
        "replies": [comment(reply) for reply in node.replies],
        "may": {
            "answer": node.may_answer,
            "react": node.may_react,
            "edit": node.may_edit,
            "withdraw": node.may_withdraw,
            "make_official": node.may_make_official,
            "cite": node.may_cite,
        },
        "url": addresses.of_comment(source.pk),
    }


@lru_cache(_KEPT)
def _reactions(
    tallies: tuple[Tally, ...], language: str | None
) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "kind": tally.kind,
            "label": str(tally.kind.label),
            "count": tally.count,
            "mine": tally.is_mine,
        }
        for tally in tallies
    )


def posted(node: Node, verdict: Verdict | None) -> dict[str, Any]:
    """Return a comment just written as `PostedOut` has it."""
    findings = verdict.findings if verdict else ()
    return comment(node) | {"findings": findings_as_data(findings)}


def _wording(node: Node) -> dict[str, Any]:
    source = node.source
    if not node.shows_text:
        keys = ("author", "text", "html", "language", "dir", "version")
        return dict.fromkeys((*keys, "stance", "theme", "edited_at", "source"))
    return {
        "author": node.author,
        "text": source.text,
        "html": source.html,
        "language": source.language,
        "stance": source.stance or None,
        "theme": source.theme or None,
        "dir": source.dir,
        "version": node.version,
        "edited_at": source.edited_at,
        "source": source.source_url or None,
    }
