"""The things on a page that rules judge by more than their HTML."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Shows(StrEnum):
    """What a picture or an embed shows, where that decides what must stand beside."""

    PICTURE = "picture"
    MAP = "map"
    CHART = "chart"
    DRAWING = "drawing"


@dataclass(frozen=True, kw_only=True)
class Image:
    """An image that an editor chose.

    `alt` is None where nobody wrote anything; `equivalent` is the text that says the
    same: the addresses on a map, the numbers of a chart.
    """

    path: str
    alt: str | None = None
    is_decorative: bool = False
    file_name: str = ""
    title: str = ""
    caption: str = ""
    shows: Shows = Shows.PICTURE
    equivalent: str = ""


@dataclass(frozen=True, kw_only=True)
class PdfFacts:
    """What a PDF says of itself. `problem` is why it could not be read."""

    is_tagged: bool = False
    title: str = ""
    language: str = ""
    has_text: bool = False
    pages: int = 0
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file to read. `media_type` is that of its content, not of its name.

    `pdf` comes from `pdf.inspect`; `web_version` is the address of the same as HTML.
    """

    path: str
    title: str = ""
    language: str = ""
    file_name: str = ""
    media_type: str = ""
    size: int | None = None
    pdf: PdfFacts | None = None
    web_version: str = ""


@dataclass(frozen=True, kw_only=True)
class Media:
    """A video or a sound.

    `media_type` is that of its content; `captions` is the text of the WebVTT file, None
    where there is none; `description` says where the audio description is, or what is
    seen.
    """

    path: str
    title: str = ""
    media_type: str = ""
    is_video: bool = True
    has_sound: bool = True
    captions: str | None = None
    transcript: str = ""
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Embed:
    """Something of another site inside the page."""

    path: str
    url: str
    title: str = ""
    shows: Shows = Shows.PICTURE
    equivalent: str = ""


@dataclass(frozen=True, kw_only=True)
class Option:
    """One answer to choose. `image` says that it has a picture, `alt` what of."""

    label: str = ""
    has_image: bool = False
    alt: str = ""
    colour: str = ""


@dataclass(frozen=True, kw_only=True)
class Question:
    """A field of a form, or a poll. `is_help_tied` means by aria-describedby."""

    path: str
    label: str = ""
    help: str = ""
    is_help_tied: bool = True
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Whom to ask, and the ways to reach them."""

    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""

    @property
    def channels(self) -> int:
        """Return in how many different ways the contact can be reached."""
        ways = (self.email, self.phone, self.address)
        return sum(bool(way.strip()) for way in ways)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The city's answer. `numbers` says how many took part, `data` where to check."""

    decided: str = ""
    changed: str = ""
    unchanged: str = ""
    numbers: str = ""
    themes: str = ""
    data: str = ""


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A dated note that says what was changed after people had answered."""

    path: str
    at: datetime
    note: str


@dataclass(frozen=True, kw_only=True)
class Published:
    """The version the public sees, or saw last: what may not change without a word.

    `texts` maps the path of each question, option and poll text to its plain words,
    `meetings` are the moments at which meetings were to begin. `is_live` is false for
    what was taken down.
    """

    at: datetime
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    texts: dict[str, str] = field(default_factory=dict)
    agenda: str = ""
    meetings: tuple[datetime, ...] = ()
    has_discussion: bool = False
    is_live: bool = True


@dataclass(frozen=True, kw_only=True)
class Session:
    """One meeting of a hearing."""

    path: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    join_url: str = ""
    join_phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Access:
    """One question of those who might stay away: “yes”, “on_request”, “no”, or none."""

    name: str
    label: str = ""
    answer: str = ""
    note: str = ""
