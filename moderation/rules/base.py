"""What a rule is told, what it answers, and what its answer does.

Rules are pure: everything they need is in the `Submission` the caller fills.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from django.utils.functional import Promise

from moderation.choices import Standing


class Action(StrEnum):
    """Whether a text is posted for the first time."""

    NEW = "new"
    EDIT = "edit"


class Kind(StrEnum):
    """What the text is meant to be."""

    COMMENT = "comment"
    STATEMENT = "statement"


class Outcome(StrEnum):
    """What becomes of a submission as a whole."""

    REFUSE = "refuse"
    HOLD = "hold"
    PUBLISH = "publish"


class Effect(StrEnum):
    """What one finding does to the submission, the strongest first."""

    REFUSE = "refuse"  # not stored; the author is told what to change
    HOLD = "hold"  # stored, but a moderator reads it before others do
    FLAG = "flag"  # published, and put on the moderators' list
    HINT = "hint"  # said to the author only, never recorded

    @property
    def outcome(self) -> Outcome:
        """Return what this effect alone makes of a submission."""
        if self in {Effect.REFUSE, Effect.HOLD}:
            return Outcome(self.value)
        return Outcome.PUBLISH

    @property
    def severity(self) -> str:
        """Return the word of the rules catalogue: block, warn or hint."""
        return {Effect.REFUSE: "block", Effect.HINT: "hint"}.get(self, "warn")

    @property
    def is_recorded(self) -> bool:
        """Say whether a moderator gets to see the finding."""
        return self in {Effect.HOLD, Effect.FLAG}


@dataclass(frozen=True, kw_only=True)
class Post:
    """One earlier contribution of the author, as far as rules care.

    `here` says that it stands in the discussion the submission is meant for.
    """

    text: str
    posted_at: datetime
    starts_thread: bool = False
    here: bool = False


@dataclass(frozen=True, kw_only=True)
class Thread:
    """The thread a reply goes to; empty for what starts one.

    `authors` are the ids of those who wrote in it, oldest first, one per comment
    (the last few dozen do): of others only what is public. `own` is how many public
    ones are by the submission's author, `comments` how many there are in all (in a long
    thread, were), and `asked_for_room` whether that was said to them before. `answered`
    is the author of the comment replied to, and `answers` how often the submission's
    author has replied to that person in it.
    """

    authors: tuple[int | str, ...] = ()
    comments: int = 0
    own: int = 0
    asked_for_room: bool = False
    answered: int | str | None = None
    answers: int = 0


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What rules are told of a picture: how its author describes it, if at all.

    Or of a document, which is described by saying what it is.
    """

    description: str = ""
    needs_description: bool = False
    is_document: bool = False


@dataclass(frozen=True, kw_only=True)
class Submission:
    """A text on its way in, with what is known of its author and its place.

    `text` is plain text as `sanitize.clean_text` returns it. `recent` holds the
    author's other contributions of the last days, in any order, without the one
    that is being edited; `author_since` is when they first took part. All times
    are aware.
    """

    text: str
    now: datetime
    author_id: int | str
    author_since: datetime
    standing: str = Standing.NEW
    language: str = ""
    action: Action = Action.NEW
    kind: Kind = Kind.COMMENT
    recent: tuple[Post, ...] = ()
    thread: Thread = field(default_factory=Thread)
    pictures: tuple[Picture, ...] = ()

    @property
    def is_new(self) -> bool:
        """Say whether the text is posted for the first time."""
        return self.action == Action.NEW

    @property
    def is_newcomers(self) -> bool:
        """Say whether the forum does not know the author yet."""
        return self.standing == Standing.NEW

    @property
    def starts_thread(self) -> bool:
        """Say whether this is a new comment of its own, answering nobody."""
        return self.kind == Kind.COMMENT and not self.thread.authors


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a rule says of a text or of one place in it.

    `start` and `end` count characters in the submission's text; `matched` is what
    was found there (masked where it is personal data). `until` is when the same
    text would no longer meet this finding, if time alone heals it. `asks_for_room`
    is to be remembered: a rule says it once in a thread.
    """

    rule: str
    version: str
    effect: Effect
    message: str
    start: int | None = None
    end: int | None = None
    matched: str = ""
    until: datetime | None = None
    asks_for_room: bool = False

    @property
    def severity(self) -> str:
        """Return the word of the rules catalogue: block, warn or hint."""
        return self.effect.severity


@dataclass(frozen=True, kw_only=True)
class Rule(ABC):
    """One check. A subclass names itself and its options, and answers `check`.

    The options are the dataclass fields; their types are those that
    `moderation.rules.options` can read from a policy.
    """

    id: ClassVar[str]
    title: ClassVar[str | Promise]
    version: ClassVar[str] = "1"
    reference: ClassVar[str]
    # Whether it judges words as such, and so also those that describe a picture.
    judges_words: ClassVar[bool] = False

    @abstractmethod
    def check(self, submission: Submission) -> Iterable[Finding]:
        """Return what there is to say of the submission; nothing if all is well."""

    def limits(self, kind: Kind, *, newcomer: bool) -> Iterable[str]:
        """Return what it bounds, to be said where people write before it refuses."""
        return ()

    def finding(self, effect: Effect, message: str, **where: Any) -> Finding:
        """Return a finding of this rule."""
        return Finding(
            rule=self.id, version=self.version, effect=effect, message=message, **where
        )
