"""A table as its cells lie: which header stands above or before which cell."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from moderation.rules.pages.markup import Element
from moderation.rules.pages.roles import TABLES, explicit, role

HEADERS = frozenset({"columnheader", "rowheader"})
CELLS = HEADERS | {"cell", "gridcell"}

WIDEST = 1000


@dataclass
class Cell:
    """One cell with the place it takes: columns and rows, from 0, ends excluded."""

    element: Element
    left: int
    right: int
    top: int
    bottom: int

    @property
    def is_header(self) -> bool:
        """Say whether the cell names others."""
        return role(self.element) in HEADERS


@dataclass
class Grid:
    """A table laid out. `widths` is how many columns each row fills."""

    cells: list[Cell] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)


def is_data_table(element: Element) -> bool:
    """Say whether an element is a table for its data, not for its looks."""
    return element.is_exposed and role(element) in TABLES


def lay_out(table: Element) -> Grid:
    """Return the cells of a table, native or made of roles, in their places."""
    grid = Grid()
    taken: set[tuple[int, int]] = set()
    for top, row in enumerate(rows(table)):
        column = 0
        for element in _cells(row):
            while (column, top) in taken:
                column += 1
            right = column + _span(element, "colspan")
            bottom = top + _span(element, "rowspan")
            grid.cells.append(Cell(element, column, right, top, bottom))
            if bottom > top + 1:
                taken.update(
                    (x, y) for x in range(column, right) for y in range(top + 1, bottom)
                )
            column = right
        while (column, top) in taken:
            column += 1
        grid.widths.append(column)
    return grid


def rows(table: Element) -> list[Element]:
    """Return the rows of a table, but not those of tables inside it."""
    return [each for each in _own(table) if each.tag == "tr" or role(each) == "row"]


def names_a_cell(header: Cell, grid: Grid) -> bool:
    """Say whether a header is assigned to any other cell (HTML, tables)."""
    scope = header.element.get("scope")
    return any(_names(header, cell, scope) for cell in grid.cells if cell is not header)


def _names(header: Cell, cell: Cell, scope: str) -> bool:
    anchor = header.element.anchor
    if anchor and anchor in cell.element.get("aria-labelledby").split():
        return True
    if "headers" in cell.element.attributes:
        return bool(anchor) and anchor in cell.element.get("headers").split()
    below = header.left < cell.right and cell.left < header.right
    beside = header.top < cell.bottom and cell.top < header.bottom
    if scope in {"col", "colgroup"} or explicit(header.element) == "columnheader":
        return below and cell.top >= header.bottom
    if scope in {"row", "rowgroup"} or explicit(header.element) == "rowheader":
        return beside and cell.left >= header.right
    return (below and cell.top >= header.bottom) or (
        beside and cell.left >= header.right
    )


def _cells(row: Element) -> list[Element]:
    return [
        each
        for each in row.elements()
        if each.tag in {"td", "th"} or role(each) in CELLS
    ]


def _span(element: Element, name: str) -> int:
    said = element.get(name)
    return min(max(int(said), 1), WIDEST) if said.isdecimal() and len(said) < 6 else 1


def _own(table: Element) -> Iterator[Element]:
    stack = [*reversed(table.elements())]
    while stack:
        each = stack.pop()
        yield each
        if each.tag != "table" and role(each) not in TABLES:
            stack.extend(reversed(each.elements()))
