"""Contributions in files: the CIMT corpus's sentences, or a plain CSV.

A file is read row by row. What is wrong with it is said with file and line.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TextIO

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from moderation.refusals import Refusal

# What tells the two kinds of file apart is their first line.
SENTENCES = {"document_id", "sentence_nr", "content", "title/text", "dataset"}
PLAIN = {"id", "text"}
LONGEST_ORIGIN = 200

Row = dict[str, str]


class Malformed(Refusal):
    """A file cannot be read; the message names it and the line."""


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """One contribution from elsewhere. `origin` names it, `parent` what it answers."""

    origin: str
    author: str
    text: str
    language: str = ""
    written_at: datetime | None = None
    parent: str = ""
    theme: str = ""


def read(path: Path) -> Iterator[Contribution]:
    """Yield the contributions of a file, or raise Malformed.

    Tab-separated sentences of the CIMT corpus, in which the rows of one document
    stand together: title and text joined make one contribution. Or a CSV with the
    columns `id` and `text`, and maybe `author`, `language`, `created_at`, `theme` (its
    name), `parent` (the id of an earlier row).
    """
    try:
        with path.open(
            encoding="utf-8-sig", errors="surrogateescape", newline=""
        ) as file:
            reader = _rows(path, file)
            columns = next(reader)[1].keys()
            kind = _documents if columns >= SENTENCES else _entries
            yield from kind(path, reader)
    except OSError as error:
        raise Malformed(_("%(path)s cannot be read.") % {"path": path}) from error


def _rows(path: Path, file: TextIO) -> Iterator[tuple[int, Row]]:
    """Yield line numbers and rows; the first is the line with the columns' names."""
    head = file.readline()
    names = next(csv.reader([head], delimiter="\t" if "\t" in head else ","), [])
    if not (set(names) >= SENTENCES or set(names) >= PLAIN):
        needed = _("The first line must name the columns: %(plain)s, or %(corpus)s.")
        columns = {"plain": _listed(PLAIN), "corpus": _listed(SENTENCES)}
        raise _malformed(path, 1, needed % columns)
    yield 1, dict.fromkeys(names, "")
    rows = csv.reader(file, delimiter="\t" if "\t" in head else ",", strict=True)
    try:
        for values in rows:
            line = rows.line_num + 1
            "".join(values).encode()
            if len(values) != len(names):
                counts = {"found": len(values), "wanted": len(names)}
                raise _malformed(
                    path,
                    line,
                    _("%(found)d columns instead of %(wanted)d.") % counts,
                )
            yield line, dict(zip(names, values, strict=True))
    except csv.Error as error:
        raise _malformed(path, rows.line_num + 1, str(error)) from None
    except UnicodeEncodeError:
        # Bytes that are no UTF-8 were read as lone surrogates.
        raise _malformed(path, rows.line_num + 1, _("This is not UTF-8.")) from None


def _documents(path: Path, rows: Iterable[tuple[int, Row]]) -> Iterator[Contribution]:
    seen: set[str] = set()
    for document, group in groupby(rows, key=lambda row: row[1]["document_id"]):
        sentences = list(group)
        line, first = sentences[0]
        if not document or document in seen:
            raise _malformed(
                path, line, _("Each document needs an id, and its rows together.")
            )
        seen.add(document)
        sentences.sort(key=lambda row: _number(path, *row))
        parts = [
            " ".join(row["content"].strip() for _line, row in sentences if test(row))
            for test in (_is_title, lambda row: not _is_title(row))
        ]
        own = f"{first['dataset']}:{document}"
        yield Contribution(
            origin=_origin(path, line, first.get("url") or own),
            author=own,
            text="\n\n".join(part for part in parts if part),
        )


def _entries(path: Path, rows: Iterable[tuple[int, Row]]) -> Iterator[Contribution]:
    seen: set[str] = set()
    for line, row in rows:
        if not row["id"] or row["id"] in seen:
            raise _malformed(path, line, _("Each row needs an id of its own."))
        if row.get("parent") and row["parent"] not in seen:
            raise _malformed(path, line, _("The parent must stand in an earlier row."))
        seen.add(row["id"])
        yield Contribution(
            origin=_origin(path, line, f"{path.stem}:{row['id']}"),
            author=f"{path.stem}:{row.get('author') or row['id']}",
            text=row["text"],
            language=row.get("language", ""),
            theme=row.get("theme", "").strip(),
            written_at=_moment(path, line, row.get("created_at", "")),
            parent=row.get("parent") and f"{path.stem}:{row['parent']}" or "",
        )


def _is_title(row: Row) -> bool:
    return row["title/text"] == "title"


def _number(path: Path, line: int, row: Row) -> int:
    try:
        return int(row["sentence_nr"])
    except ValueError:
        raise _malformed(path, line, _("sentence_nr must be a whole number.")) from None


def _moment(path: Path, line: int, written: str) -> datetime | None:
    if not written:
        return None
    try:
        moment = parse_datetime(written)
    except ValueError:
        moment = None
    if moment is None:
        raise _malformed(
            path, line, _("created_at must look like 2026-05-04T10:30:00+02:00.")
        )
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _origin(path: Path, line: int, origin: str) -> str:
    if len(origin) > LONGEST_ORIGIN:
        raise _malformed(path, line, _("The id or address is too long."))
    return origin


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(sorted(columns))


def _malformed(path: Path, line: int, what: str) -> Malformed:
    return Malformed(
        _("%(file)s, line %(line)d: %(what)s")
        % {"file": path.name, "line": line, "what": what}
    )
