"""What the API says of comments: the same trees that the pages show."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from django.urls import get_urlconf, reverse
from django.utils.translation import get_language
from ninja import Field, Schema
from pydantic import ConfigDict

from deliberation import sentences
from deliberation.choices import Channel, CommentStance, ReactionKind, Sort, Stage
from deliberation.models import Attachment, Citation, CommentVersion
from deliberation.queries import citations
from deliberation.queries.changes import Wording
from deliberation.queries.nodes import Node, Tally
from deliberation.ranking.equality import Equality
from deliberation.services.attachments import Attached
from moderation.api.problem import findings_as_data
from moderation.choices import Attachments, ContentStatus
from moderation.rules import Verdict

# How many answers to the same question are kept.
_KEPT = 500


class In(Schema):
    """A body; a member that is not known is an error."""

    model_config = ConfigDict(extra="forbid")


class AttachedIn(In):
    """A picture by its key, described or to be described by somebody else."""

    key: str
    description: str = ""
    needs_description: bool = False


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


class AttachmentOut(Schema):
    """A picture, as WebP. `alt` is what is read out in its place."""

    key: str
    url: str
    alt: str
    description: str
    needs_description: bool
    width: int
    height: int


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


class PieceOut(Schema):
    """Some words that stayed, came or went."""

    kind: Literal["same", "added", "removed"]
    text: str


class VersionOut(Schema):
    """One wording of a comment."""

    text: str
    html: str
    language: str
    stance: CommentStance | None
    theme: str | None = Field(description="The name of the theme it had.")
    written_at: datetime
    changes: list[PieceOut] = Field(
        description="Against the wording before it; empty for the first public one."
    )


class HistoryOut(Schema):
    """How a comment reads, and how it read before, the latest first."""

    items: list[VersionOut]


class TranslationOut(Schema):
    """A comment as a machine translates it: nobody has checked it."""

    is_machine_made: Literal[True] = True
    language: str
    text: str
    html: str
    original: str
    original_language: str


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
    rules: list[str] = Field(description="What is checked when somebody posts.")
    review: str
    guests_may_comment: bool
    attachments: Attachments = Field(description="What may come with a comment.")
    edit_minutes: int
    comments: int = Field(description="Public comments, replies among them.")
    themes: list[ThemeOut] = Field(description="In the order of the editors.")
    sorts: list[SortOut]
    may: DiscussionRightsOut
    url: str


def comment(node: Node) -> dict[str, Any]:
    """Return a node of a thread as `CommentOut` has it."""
    source = node.source
    before, after = _address(get_urlconf())
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
        "url": f"{before}{source.pk}{after}",
    }


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


@lru_cache(_KEPT)
def _address(urlconf: str | None) -> tuple[str, str]:
    """Return what stands before and after the id in the address of a comment."""
    before, _zero, after = reverse("deliberation:comment", args=[0]).rpartition("0")
    return before, after


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


def attachment(source: Attachment) -> dict[str, Any]:
    """Return a picture as `AttachmentOut` has it."""
    return {
        "key": source.key,
        "url": reverse("deliberation:attachment", args=[source.key]),
        "alt": source.alt,
        "description": source.description,
        "needs_description": source.needs_description,
        "width": source.width,
        "height": source.height,
    }


def attached(sent: Iterable[AttachedIn]) -> list[Attached]:
    """Return pictures of a body as the service takes them."""
    return [Attached(**each.model_dump()) for each in sent]


def posted(node: Node, verdict: Verdict | None) -> dict[str, Any]:
    """Return a comment just written as `PostedOut` has it."""
    findings = verdict.findings if verdict else ()
    return comment(node) | {"findings": findings_as_data(findings)}


def version(wording: Wording) -> dict[str, Any]:
    """Return one wording of a comment as `VersionOut` has it."""
    source = wording.source
    return {
        "text": source.text,
        "html": source.html,
        "language": source.language,
        "stance": source.stance or None,
        "theme": wording.theme or None,
        "written_at": source.written_at
        if isinstance(source, CommentVersion)
        else source.edited_at or source.created_at,
        "changes": [
            {"kind": piece.kind, "text": piece.text} for piece in wording.changes
        ],
    }


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
        "version": source.version,
        "edited_at": source.edited_at,
        "source": source.source_url or None,
    }
