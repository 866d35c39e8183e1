"""The blocks of a page, each read by its type.

A block is read as a fact (an image, a file), or as the HTML that readers get. A new
type of block names here the rules that judge it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.html import escape
from wagtail.rich_text import expand_db_html

from forum.queries.page_view import files
from moderation.rules.pages import Block
from moderation.rules.pages import facts as seen

Fact = Block | seen.Image | seen.Document | seen.Media
STREAMS = (
    "body", "documents", "agenda", "corrections", "rests_on", "discussion_themes"
)  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """How a type of block is read, and which rules judge what is read."""

    rules: tuple[str, ...]
    read: Callable[[Any, str], Fact]


def _html(block: Any, path: str) -> Block:
    return Block(type=block.block_type, path=path, html=str(block.render()))


def _foreign(block: Any, path: str) -> Block:
    return replace(_html(block, path), language=block.value.get("language") or "")


def _heading(block: Any, path: str) -> Block:
    level, text = block.value["level"], escape(block.value["text"])
    return Block(type="heading", path=path, html=f"<h{level}>{text}</h{level}>")


def _paragraph(block: Any, path: str) -> Block:
    return Block(
        type="paragraph", path=path, html=expand_db_html(block.value.source or "")
    )


def _figure(block: Any, path: str) -> seen.Image:
    image = block.value["image"]
    if image is None:
        return seen.Image(path=path)
    return seen.Image(
        path=path,
        alt=getattr(image, "contextual_alt_text", None),
        is_decorative=bool(getattr(image, "decorative", False)),
        file_name=image.filename,
        title=image.title,
        caption=block.value.get("caption") or "",
        shows=seen.Shows(block.value.get("shows") or seen.Shows.PICTURE),
        equivalent=block.value.get("equivalent") or "",
    )


def point(block: Any, path: str) -> Block:
    """Return a point of an agenda as text."""
    value = block.value
    parts = (value["starts"], value["title"], value["detail"])
    return Block.of_text(path, " ".join(str(each) for each in parts if each))


def _correction(block: Any, path: str) -> Block:
    return Block.of_text(path, block.value["note"] or "")


def _citation(block: Any, path: str) -> Block:
    return Block.of_text(path, block.value.get("reason") or "")


def _theme(block: Any, path: str) -> Block:
    return Block.of_text(path, block.value)


READERS = {
    "heading": Reader(("A11Y-03",), _heading),
    "paragraph": Reader(("A11Y-04", "A11Y-05", "A11Y-06", "A11Y-17"), _paragraph),
    "figure": Reader(("A11Y-01", "A11Y-02", "A11Y-23"), _figure),
    "document": Reader(("A11Y-15", "A11Y-08"), files.document),
    "quote": Reader(("A11Y-10", "A11Y-17"), _foreign),
    "table": Reader(("A11Y-09",), _html),
    "passage": Reader(("A11Y-05", "A11Y-06", "A11Y-10"), _foreign),
    "video": Reader(("A11Y-12",), files.video),
    "sound": Reader(("A11Y-13",), files.sound),
    "point": Reader(("A11Y-10", "HEA-02"), point),
    "correction": Reader(("CON-13",), _correction),
    "theme": Reader(("A11Y-10", "A11Y-19"), _theme),
    "citation": Reader(("A11Y-10", "A11Y-19", "CON-15"), _citation),
}
# What no reader is named for is judged by the rules for HTML.
OTHER = Reader((), _html)


def read(page: Any) -> Iterator[Fact]:
    """Yield every block of a page as the rules see it."""
    for field in STREAMS:
        for number, block in enumerate(getattr(page, field, ())):
            reader = READERS.get(block.block_type, OTHER)
            yield reader.read(block, f"{field}.{number}.value")


def media(page: Any, field: str) -> Iterator[seen.Media]:
    """Yield the films and recordings of one field."""
    for number, block in enumerate(getattr(page, field, ())):
        fact = READERS[block.block_type].read(block, f"{field}.{number}.value")
        if isinstance(fact, seen.Media):
            yield fact
