"""Tables that a screen reader can read out."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


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
        if mark == "|":
            lines = [each.strip().removeprefix("|").removesuffix("|") for each in lines]
        return [[cell.strip() for cell in line.split(mark)] for line in lines]


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
    # A spreadsheet's empty corner is a tab in front of everything.
    cells.field.strip = False
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
        problem: str | Promise = ""
        if len(lines) < 2:
            problem = _("A table needs a row that names the columns, and one more.")
        # The corner above the names of the rows names nothing, and may stay empty.
        elif not all(lines[0][1:] if cleaned["first_column_is_header"] else lines[0]):
            problem = _("Every column needs a name in the first row.")
        elif len({len(line) for line in lines}) > 1:
            problem = _("Every row needs the same number of cells.")
        if problem:
            raise blocks.StructBlockValidationError(
                block_errors={"cells": ValidationError(str(problem))}
            )
        return cleaned
