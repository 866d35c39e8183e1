"""The results as one spreadsheet file."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from deliberation.queries.results import Group, Results, Tally


def spreadsheet(results: Results) -> bytes:
    """Return an XLSX file with what is shown of the results: three sheets."""
    book = Workbook(write_only=True)
    _sheet(book, _("Statements"), _statement_rows(results), widths=(8, 80))
    _sheet(book, _("Groups"), _group_rows(results), widths=(8, 10, 80))
    _sheet(book, _("About"), _about_rows(results), widths=(30, 60))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet(
    book: Workbook, title: str, rows: Iterable[list[Any]], *, widths: tuple[int, ...]
) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths):
        sheet.column_dimensions["ABC"[place]].width = width
    for place, row in enumerate(rows):
        sheet.append([_cell(sheet, value, is_head=place == 0) for value in row])


def _cell(sheet: WriteOnlyWorksheet, value: Any, *, is_head: bool) -> WriteOnlyCell:
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        # Whatever it begins with, it is text and no formula.
        cell.data_type = "s"
    if is_head:
        cell.font = Font(bold=True)
    return cell


def _statement_rows(results: Results) -> Iterator[list[Any]]:
    letters = [group.letter for group in results.groups if group.shown]
    yield [
        _("Number"),
        _("Statement"),
        *_tally_head(_("All")),
        _("Important to"),
        *(
            title
            for letter in letters
            for title in _tally_head(_("Group %(letter)s") % {"letter": letter})
        ),
    ]
    for each in results.statements:
        groups = dict(each.groups)
        yield [
            each.statement.number,
            each.statement.text,
            *_tally(each.overall),
            each.important,
            *(value for letter in letters for value in _tally(groups[letter])),
        ]


def _tally_head(who: str) -> list[str]:
    return [
        _("%(who)s: votes") % {"who": who},
        _("%(who)s: agree") % {"who": who},
        _("%(who)s: disagree") % {"who": who},
        _("%(who)s: pass") % {"who": who},
        _("%(who)s: share that agrees") % {"who": who},
        _("%(who)s: at least") % {"who": who},
        _("%(who)s: at most") % {"who": who},
    ]


def _tally(tally: Tally) -> list[Any]:
    agree = tally.agree
    return [
        tally.votes,
        agree.count,
        tally.disagree.count,
        tally.passed.count,
        *(round(value, 4) for value in (agree.share, agree.low, agree.high)),
    ]


def _group_rows(results: Results) -> Iterator[list[Any]]:
    yield [
        _("Group"),
        _("People"),
        _("Speaks for it"),
        _("Says"),
        _("Inside"),
        _("Others"),
    ]
    for group in results.groups:
        yield [group.letter, _size(group)]
        for one in group.speaking:
            says = _("agree") if one.agree else _("disagree")
            shares = round(one.inside.share, 4), round(one.others.share, 4)
            yield [group.letter, None, one.statement.text, says, *shares]


def _size(group: Group) -> int | str:
    return _("fewer than 5") if group.size is None else group.size


def _about_rows(results: Results) -> Iterator[list[Any]]:
    yield [_("About these results"), ""]
    yield [_("Poll"), results.poll.title]
    yield [_("People who voted"), results.voters]
    yield [_("Votes"), results.votes]
    yield [_("Computed"), results.computed_at.isoformat(timespec="seconds")]
    yield [_("Method"), f"{results.method['name']} {results.method['version']}"]
    yield [
        _("Signs"),
        _("agree, disagree and pass are counted in columns of their own"),
    ]
