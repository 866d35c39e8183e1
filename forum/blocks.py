"""What editors build a page from: few blocks, each accessible by its making."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


def language_choices() -> list[tuple[str, str]]:
    """Return the languages of the site, read when they are needed."""
    return list(settings.LANGUAGES)


class HeadingBlock(blocks.StructBlock):
    """A heading below the page's own title."""

    text = blocks.CharBlock(label=_("heading"), max_length=150)
    level = blocks.ChoiceBlock(
        label=_("level"),
        choices=[("2", _("section")), ("3", _("part of a section"))],
        default="2",
    )

    class Meta:
        icon = "title"
        label = _("heading")
        template = "forum/blocks/heading.html"


class FigureBlock(blocks.StructBlock):
    """An image with its description, or marked as decoration."""

    image = ImageBlock(label=_("image"))
    caption = blocks.CharBlock(label=_("caption"), max_length=250, required=False)

    class Meta:
        icon = "image"
        label = _("image")
        template = "forum/blocks/figure.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("quote"))
    source = blocks.CharBlock(label=_("said by"), max_length=150, required=False)

    class Meta:
        icon = "openquote"
        label = _("quote")
        template = "forum/blocks/quote.html"


class TableValue(blocks.StructValue):
    """A table that was typed or pasted as lines of text."""

    def header(self) -> list[str]:
        """Return the cells of the first line."""
        return self.lines()[0]

    def body(self) -> list[list[str]]:
        """Return the cells of the other lines."""
        return self.lines()[1:]

    def lines(self) -> list[list[str]]:
        """Return every line as its cells: cells end at a tab, or else at a bar."""
        lines = [line for line in self["cells"].splitlines() if line.strip()]
        mark = "\t" if any("\t" in line for line in lines) else "|"
        return [
            [cell.strip() for cell in line.strip(" |").split(mark)] for line in lines
        ]


class TableBlock(blocks.StructBlock):
    """A table with a caption and a header, as pasted from a spreadsheet."""

    caption = blocks.CharBlock(
        label=_("caption"),
        max_length=150,
        help_text=_("What the table shows, in one line."),
    )
    cells = blocks.TextBlock(
        label=_("cells"),
        help_text=_(
            "One row on each line, as you paste it from a spreadsheet, or with a | "
            "between the cells. The first row names the columns."
        ),
    )
    first_column_is_header = blocks.BooleanBlock(
        label=_("the first column names the rows"), required=False
    )

    class Meta:
        icon = "table"
        label = _("table")
        template = "forum/blocks/table.html"
        value_class = TableValue

    def clean(self, value: Any) -> Any:
        """Refuse a table that a screen reader could not read out."""
        cleaned = super().clean(value)
        lines = cleaned.lines()
        problem = ""
        if len(lines) < 2:
            problem = _("A table needs a row that names the columns, and one more.")
        elif not all(lines[0]):
            problem = _("Every column needs a name in the first row.")
        elif len({len(line) for line in lines}) > 1:
            problem = _("Every row needs the same number of cells.")
        if problem:
            raise blocks.StructBlockValidationError(
                block_errors={"cells": ValidationError(problem)}
            )
        return cleaned


class DocumentBlock(blocks.StructBlock):
    """A file to read, with what a reader must know before opening it."""

    document = DocumentChooserBlock(label=_("file"))
    title = blocks.CharBlock(
        label=_("title"),
        max_length=200,
        help_text=_("What the document is, in words a resident understands."),
    )
    language = blocks.ChoiceBlock(label=_("language"), choices=language_choices)
    description = blocks.CharBlock(
        label=_("what it says, in short"), max_length=400, required=False
    )
    is_accessible = blocks.BooleanBlock(
        label=_("can be read by a screen reader"),
        help_text=_("Such as a tagged PDF, or a text document with real headings."),
        required=False,
    )
    web_version = blocks.URLBlock(
        label=_("the same as a web page"), required=False, max_length=500
    )

    class Meta:
        icon = "doc-full"
        label = _("document")
        template = "forum/blocks/document.html"


class AgendaItemBlock(blocks.StructBlock):
    """One point of an agenda."""

    starts = blocks.TimeBlock(label=_("from"), required=False)
    title = blocks.CharBlock(label=_("point"), max_length=200)
    detail = blocks.CharBlock(
        label=_("who, or what for"), max_length=300, required=False
    )

    class Meta:
        icon = "list-ol"
        label = _("point")


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
]
