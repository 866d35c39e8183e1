"""What editors build a page from: few blocks, each accessible by its making."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .agenda import AgendaItemBlock
from .citation import CitationBlock
from .files import MEDIA_BLOCKS, DocumentBlock
from .languages import language_choices
from .table import TableBlock
from .text import TEXT_FEATURES, FigureBlock, HeadingBlock, PassageBlock, QuoteBlock

__all__ = [
    "BODY_BLOCKS",
    "MEDIA_BLOCKS",
    "TEXT_FEATURES",
    "AgendaItemBlock",
    "CitationBlock",
    "DocumentBlock",
    "language_choices",
]

BODY_BLOCKS = [
    ("heading", HeadingBlock()),
    (
        "paragraph",
        blocks.RichTextBlock(
            label=_("text"),
            icon="pilcrow",
            features=TEXT_FEATURES,
            template="forum/blocks/paragraph.html",
        ),
    ),
    ("figure", FigureBlock()),
    ("document", DocumentBlock()),
    ("quote", QuoteBlock()),
    ("table", TableBlock()),
    ("passage", PassageBlock()),
    *MEDIA_BLOCKS,
]
