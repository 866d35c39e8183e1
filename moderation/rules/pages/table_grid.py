"""A table as its cells lie: which header stands above or before which cell."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from moderation.rules.pages.markup import Element
from moderation.rules.pages.roles import TABLES, explicit, role

HEADERS = frozenset({"columnheader", "rowheader"})
CELLS = HEADERS | {"cell", "gridcell"}

# Spans are followed only as far as real tables go.
WIDEST = 1000
LARGEST = 50_000


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

    @property
    def names_columns(self) -> bool:
        """Say whether a header may name what is below it."""
        return not _is(self.element, "row", "rowgroup", "rowheader")

    @property
    def names_rows(self) -> bool:
        """Say whether a header may name what is beside it."""
        return not _is(self.element, "col", "colgroup", "columnheader")


@dataclass
class Grid:
    """A table laid out. `widths` is how many columns each row fills.

    `lowest` is where the last cell of a column begins, `rightmost` that of a row;
    `wired` are the ids by which cells name their headers themselves.
    """

    cells: list[Cell] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    lowest: dict[int, int] = field(default_factory=dict)
    rightmost: dict[int, int] = field(default_factory=dict)
    wired: set[str] = field(default_factory=set)

    def add(self, cell: Cell) -> None:
        """Add a cell, in the order of rows and columns."""
        self.cells.append(cell)
        self.wired.update(cell.element.get("aria-labelledby").split())
        if "headers" in cell.element.attributes:
            self.wired.update(cell.element.get("headers").split())
            return
        for column in range(cell.left, cell.right):
            self.lowest[column] = max(cell.top, self.lowest.get(column, 0))
        for row in range(cell.top, cell.bottom):
            self.rightmost[row] = max(cell.left, self.rightmost.get(row, 0))

    def is_assigned(self, header: Cell) -> bool:
        """Say whether a header names any other cell (HTML, forming relationships)."""
        if header.element.anchor and header.element.anchor in self.wired:
            return True
        columns = range(header.left, header.right)
        rows_beside = range(header.top, header.bottom)
        below = any(self.lowest.get(each, 0) >= header.bottom for each in columns)
        beside = any(
            self.rightmost.get(each, 0) >= header.right for each in rows_beside
        )
        return (header.names_columns and below) or (header.names_rows and beside)

    def without_header(self) -> Iterator[Cell]:
        """Yield the cells with words that no header names."""
        above: dict[int, int] = {}
        before: dict[int, int] = {}
        for cell in self.cells:
            columns = range(cell.left, cell.right) if cell.is_header else ()
            for column in columns if cell.names_columns else ():
                above.setdefault(column, cell.bottom)
            for row in range(cell.top, cell.bottom) if columns else ():
                if cell.names_rows:
                    before[row] = min(cell.right, before.get(row, WIDEST))
        for cell in self.cells:
            named = any(
                above.get(each, cell.bottom) <= cell.top
                for each in range(cell.left, cell.right)
            ) or any(
                before.get(each, cell.right) <= cell.left
                for each in range(cell.top, cell.bottom)
            )
            wired = cell.element.get("headers") or cell.element.get("aria-label")
            if not (named or wired or cell.is_header) and cell.element.text():
                yield cell


def is_data_table(element: Element) -> bool:
    """Say whether an element is a table for its data, not for its looks."""
    return element.is_exposed and role(element) in TABLES


def lay_out(table: Element) -> Grid:
    """Return the cells of a table, native or made of roles, in their places."""
    grid = Grid()
    taken: set[tuple[int, int]] = set()
    listed = rows(table)
    for top, row in enumerate(listed):
        column = 0
        for element in _cells(row):
            while (column, top) in taken:
                column += 1
            room = LARGEST - len(taken)
            right = column + _span(element, "colspan", WIDEST if room > 0 else 1)
            most = min(len(listed) - top, max(room // (right - column), 1))
            bottom = top + _span(element, "rowspan", most)
            grid.add(Cell(element, column, right, top, bottom))
            taken.update(
                (x, y) for y in range(top + 1, bottom) for x in range(column, right)
            )
            column = right
        while (column, top) in taken:
            column += 1
        grid.widths.append(column)
    return grid


def rows(table: Element) -> list[Element]:
    """Return the rows of a table, but not those of tables inside it."""
    return [each for each in _own(table) if each.tag == "tr" or role(each) == "row"]


def _is(element: Element, *said: str) -> bool:
    return element.get("scope") in said or explicit(element) in said


def _cells(row: Element) -> list[Element]:
    return [
        each
        for each in row.elements()
        if each.tag in {"td", "th"} or role(each) in CELLS
    ]


def _span(element: Element, name: str, most: int) -> int:
    said = element.get(name)
    return min(max(int(said), 1), most) if said.isdecimal() and len(said) < 6 else 1


def _own(table: Element) -> Iterator[Element]:
    stack = [*reversed(table.elements())]
    while stack:
        each = stack.pop()
        yield each
        if each.tag != "table" and role(each) not in TABLES:
            stack.extend(reversed(each.elements()))
