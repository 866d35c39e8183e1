"""A table that can be read out: each number comes with what it is a number of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages.base import PageFinding, PageRule
from moderation.rules.pages.markup import Element
from moderation.rules.pages.names import name
from moderation.rules.pages.places import at
from moderation.rules.pages.registry import register
from moderation.rules.pages.roles import role
from moderation.rules.pages.table_grid import (
    HEADERS,
    Grid,
    is_data_table,
    lay_out,
    rows,
)
from moderation.rules.pages.view import Block, PageView

_SCOPES = frozenset({"", "row", "col", "rowgroup", "colgroup"})


@register
@dataclass(frozen=True, kw_only=True)
class TablesCanBeReadOut(PageRule):
    """Block tables without headers or caption, nested, uneven, or wrongly wired."""

    id = "A11Y-09"
    title = gettext_lazy("Tables can be read out")
    why = gettext_lazy(
        "A screen reader reads one cell at a time: without headers it says “42”, and "
        "nobody knows of what."
    )
    reference = "WCAG 1.3.1; ONS table guidance"
    checks = {
        "no-header": (),
        "no-caption": (),
        "nested": (),
        "empty-header": (),
        "columns": (),
        "header-names-nothing": ("d0f69e",),
        "headers-attribute": ("a25f45",),
        "scope": (),
    }

    def check(self, view: PageView) -> Iterable[PageFinding]:
        for block in view.blocks:
            for element in block.markup.elements:
                if is_data_table(element):
                    yield from self._of(block, element)

    def _of(self, block: Block, table: Element) -> Iterator[PageFinding]:
        grid = lay_out(table)
        if any(is_data_table(each) for each in table.ancestors()):
            yield self.finding(
                "nested",
                _("This table stands in a cell of another table."),
                _("Make two tables, one after the other."),
                at=at(block, table),
            )
        yield from self._shape(block, table, grid)
        yield from self._headers(block, table, grid)
        yield from self._wires(block, table, grid)

    def _shape(self, block: Block, table: Element, grid: Grid) -> Iterator[PageFinding]:
        if len(rows(table)) > 0 and not name(table, block.markup):
            yield self.finding(
                "no-caption",
                _("This table has no caption."),
                _("Say in one line what it shows."),
                at=at(block, table),
            )
        if len(set(grid.widths)) > 1:
            yield self.finding(
                "columns",
                _("The rows of this table have different numbers of cells."),
                _("Give every row the same number; write “none” instead of nothing."),
                at=at(block, table),
            )
        if grid.cells and not any(cell.is_header for cell in grid.cells):
            yield self.finding(
                "no-header",
                _("No row and no column of this table is a header."),
                _("Make the first row or the first column a header."),
                at=at(block, table),
            )
        elif self._is_large(grid) and next(grid.without_header(), None):
            yield self.finding(
                "no-header",
                _("Some cells of this table have no header."),
                _(
                    "Name every column in the first row, or every row in the first "
                    "column."
                ),
                at=at(block, table),
            )

    def _is_large(self, grid: Grid) -> bool:
        """Say whether a table is too large to be understood without headers."""
        return len(grid.widths) > 3 and max(grid.widths) > 3

    def _headers(
        self, block: Block, table: Element, grid: Grid
    ) -> Iterator[PageFinding]:
        for cell in grid.cells:
            header = cell.element
            if not cell.is_header or not header.is_exposed:
                continue
            if not name(header, block.markup):
                yield self.finding(
                    "empty-header",
                    _("A header of this table is empty."),
                    _("Name the column or the row."),
                    at=at(block, header, table.text()),
                )
            elif header.is_visible and not grid.is_assigned(cell):
                yield self.finding(
                    "header-names-nothing",
                    _("This header has no cell below or beside it."),
                    _("Give it cells, or make it a plain cell or the caption."),
                    at=at(block, header),
                )

    def _wires(self, block: Block, table: Element, grid: Grid) -> Iterator[PageFinding]:
        headers = {
            cell.element.anchor: cell.element
            for cell in grid.cells
            if role(cell.element) in HEADERS
        }
        for cell in grid.cells:
            element = cell.element
            named = element.get("headers").split()
            # Only cells of HTML have these attributes: roles do without them.
            if table.tag != "table" or not (table.is_visible and element.is_exposed):
                continue
            if any(headers.get(each) in {None, element} for each in named):
                yield self.finding(
                    "headers-attribute",
                    _("This cell names a header that is not in its table."),
                    _("Take the headers attribute away, or correct its ids."),
                    at=at(block, table, element.text()),
                )
            scope = element.get("scope")
            if scope not in _SCOPES or (scope and element.tag == "td"):
                yield self.finding(
                    "scope",
                    _("“%s” is no scope that this cell could have.") % scope[:20],
                    _("Use row or col, and only on header cells."),
                    at=at(block, element),
                )
