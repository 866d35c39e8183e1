"""A page as rules see it: read-only, typed, parsed once.

Give each thing once: an image, a file, a video or an embed as its fact, everything
else (headings, texts, quotes, tables, forms) as a `Block` with the HTML that readers
will get. Plain text fields are blocks too: `Block.of_text("use_of_answers", text)`;
only the summary has its own field.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from html import escape

from moderation.rules.pages.facts import (
    Access,
    Contact,
    Correction,
    Document,
    Embed,
    Image,
    Media,
    Outcome,
    Published,
    Question,
    Session,
)
from moderation.rules.pages.markup import Markup, parse


class Kind(StrEnum):
    """What a page is for, as far as rules care."""

    CONSULTATION = "consultation"
    HEARING = "hearing"
    OTHER = "other"


ASKING = frozenset({Kind.CONSULTATION, Kind.HEARING})


@dataclass(frozen=True, kw_only=True)
class Block:
    """A part of the page. `path` leads the editor to it: “body.3.value”, “asked”.

    `language` is set where the block is in another language than its page.
    """

    type: str
    path: str
    html: str = ""
    language: str = ""

    @classmethod
    def of_text(cls, path: str, text: str, *, language: str = "") -> "Block":
        """Return a block for a plain text field, its paragraphs at blank lines."""
        parts = (part for part in text.replace("\r\n", "\n").split("\n\n"))
        html = "".join(
            f"<p>{escape(part.strip())}</p>".replace("\n", "<br>")
            for part in parts
            if part.strip()
        )
        return cls(type="text", path=path, html=html, language=language)

    @cached_property
    def markup(self) -> Markup:
        """Return the HTML as a tree."""
        return parse(self.html)


@dataclass(frozen=True, kw_only=True)
class Translation:
    """The page in one more language, as far as a reader of it gets."""

    language: str
    title: str = ""
    summary: str = ""


@dataclass(frozen=True, kw_only=True)
class PageView:
    """Everything rules may know of a page, at the moment `now`.

    All times are aware; days are counted in `time_zone`. What a kind of page does not
    have stays empty. `published` is what the public sees, or saw last; None before that.
    """

    title: str
    now: datetime
    language: str = "en"
    kind: Kind = Kind.OTHER
    process_type: str = ""
    time_zone: str = "UTC"
    sibling_titles: tuple[str, ...] = ()
    translations: tuple[Translation, ...] = ()
    summary: str = ""
    blocks: tuple[Block, ...] = ()
    glossary: tuple[str, ...] = ()

    images: tuple[Image, ...] = ()
    documents: tuple[Document, ...] = ()
    media: tuple[Media, ...] = ()
    embeds: tuple[Embed, ...] = ()
    questions: tuple[Question, ...] = ()
    contact: Contact = field(default_factory=Contact)

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    answered_at: datetime | None = None
    first_published_at: datetime | None = None
    published: Published | None = None
    has_answers: bool = False
    has_discussion: bool = False
    texts: dict[str, str] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()

    still_open: str = ""
    already_decided: str = ""
    level: str = ""
    promise: str = ""
    who_decides: str = ""
    decision_date: date | None = None
    use_of_answers: str = ""
    other_ways: str = ""
    affected_groups: str = ""
    outreach: str = ""
    privacy_notice: str = ""
    retention: str = ""
    identity: str = ""
    outcome: Outcome = field(default_factory=Outcome)

    sessions: tuple[Session, ...] = ()
    agenda: str = ""
    agenda_published_at: datetime | None = None
    agenda_notice: str = ""
    access: tuple[Access, ...] = ()
    request_how: str = ""
    request_by: datetime | None = None
    not_remote_because: str = ""
    how_to_speak: str = ""
    minutes_published_at: datetime | None = None
    recording: Media | None = None
    recording_published_at: datetime | None = None

    @cached_property
    def written(self) -> tuple[Block, ...]:
        """Return everything with words on it, the summary first."""
        first = (Block.of_text("summary", self.summary),) if self.summary else ()
        return (*first, *self.blocks)

    @cached_property
    def text(self) -> str:
        """Return the words of the page in its own language, without the summary."""
        own = (each for each in self.blocks if each.language in {"", self.language})
        return "\n".join(each.markup.text for each in own if each.html)

    @cached_property
    def sorted_sessions(self) -> tuple[Session, ...]:
        """Return the meetings of a hearing, the first one first."""
        return tuple(sorted(self.sessions, key=lambda each: each.starts_at))
