"""Where in a page something was found, and everything of a kind in its order."""

from collections.abc import Iterator

from moderation.rules.pages.base import Location
from moderation.rules.pages.markup import Element, Line
from moderation.rules.pages.view import Block, PageView

LONGEST_QUOTE = 120


def elements(view: PageView, *tags: str) -> Iterator[tuple[Block, Element]]:
    """Yield the elements of the page that have one of the tags, with their block."""
    for block in view.blocks:
        for element in block.markup.elements:
            if element.tag in tags:
                yield block, element


def lines(view: PageView) -> Iterator[tuple[Block, Line]]:
    """Yield every paragraph, item and cell, the summary's first, with its block."""
    for block in view.written:
        for line in block.markup.lines:
            yield block, line


def at(block: Block, element: Element, quote: str = "") -> Location:
    """Return the location of an element: its own words, unless others are quoted."""
    return Location(
        path=block.path,
        quote=cut(quote or element.text() or element.get("src") or element.get("href")),
        anchor=element.anchor,
    )


def cut(text: str) -> str:
    """Return a text short enough to quote."""
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
