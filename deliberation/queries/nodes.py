"""A comment as a page or the API shows it to one reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

from deliberation import sentences
from deliberation.choices import ReactionKind
from deliberation.models import Attachment, Comment
from deliberation.queries.citations import Line
from deliberation.ranking.bridging import Reason
from moderation.choices import ContentStatus
from moderation.models import Decision

# Replies to replies move in this far; what is deeper says whom it answers.
DEEPEST = 3


@dataclass(frozen=True)
class Tally:
    """How often one kind of reaction was given; None while that is not shown."""

    kind: ReactionKind
    count: int | None
    is_mine: bool


# What is shown of almost all comments, while a discussion is open.
UNTOLD = tuple(Tally(kind, count=None, is_mine=False) for kind in ReactionKind)


class Answered(NamedTuple):
    """A comment that another answers: its id, and its author while all may read it."""

    pk: int
    author: str | None


@dataclass(frozen=True, kw_only=True)
class Node:
    """A comment as one reader sees it, with the replies that are shown.

    `more` counts the public replies in the thread that are not shown here, `answers`
    the public direct ones, both up to `MOST`. `level` is how far it moves in, from 0
    to `DEEPEST`.
    """

    source: Comment
    # A pseudonym, None where nobody is named.
    author: str | None
    shows_text: bool
    is_own: bool
    # Its name; empty where the author chose none.
    theme: str = ""
    level: int = 0
    replies: tuple[Self, ...] = ()
    answers: int = 0
    more: int = 0
    tallies: tuple[Tally, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    may_answer: bool = False
    may_react: bool = False
    may_edit: bool = False
    may_withdraw: bool = False
    may_make_official: bool = False
    # Written since the reader's last visit.
    is_new: bool = False
    # Why it is hidden, and the rule's name in the language of the page.
    decision: Decision | None = None
    rule: str = ""
    # What it answers, where that is not the one it stands under.
    answered: Answered | None = None
    # The answers that name it, and what it names if it is one.
    addressed: tuple[Line, ...] = ()
    cites: tuple[Line, ...] = ()
    may_cite: bool = False

    @property
    def same_as(self) -> int | None:
        """Return the id of the comment that this one was merged with."""
        change = getattr(self.decision, "change", None)
        return change.same_as if change else None

    @property
    def counts_shown(self) -> bool:
        """Say whether this reader may know how others reacted."""
        return bool(self.tallies) and self.tallies[0].count is not None

    @property
    def standing(self) -> Promise | None:
        """Return why a thread stands where it stands in the bridging order."""
        if self.source.root_id or not self.counts_shown:
            return None
        return sentences.bridging(Reason(self.source.standing))

    @property
    def is_official(self) -> bool:
        """Say whether it is shown as the answer of whoever runs the page."""
        return self.shows_text and self.source.is_official

    @property
    def version(self) -> str:
        """Return what an edit of what is shown has to name."""
        return self.source.version_with(self.attachments)

    @property
    def is_held(self) -> bool:
        """Say whether it waits for review."""
        return bool(self.source.status == ContentStatus.HELD)

    @property
    def html(self) -> SafeString:
        """Return the rendering that was made, and cleaned, when it was written."""
        return mark_safe(self.source.html if self.shows_text else "")  # noqa: S308


def count_below(node: Node) -> int:
    """Return how many replies are shown below a comment."""
    return len(node.replies) + sum(map(count_below, node.replies))


def public_below(replies: Sequence[Node]) -> int:
    """Return how many of the replies that are shown can be read by everyone."""
    return sum(each.source.is_public + public_below(each.replies) for each in replies)
