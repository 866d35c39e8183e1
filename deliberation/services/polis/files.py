"""The files of an export: found, decoded and cut into rows, each with its line."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from moderation.refusals import Refusal

# A row of 10,000 votes has less; a longer line is not one of Polis'.
LONGEST_LINE = 1_000_000
# Names as in open data, behind a date and an id in newer exports, and in the singular.
NAMES = {
    "comments": ("comments.csv",),
    "votes": ("votes.csv",),
    "matrix": ("participants-votes.csv", "participant-votes.csv"),
    "summary": ("summary.csv",),
    "format": ("format.json",),
    "api_votes": ("votes.json",),
    "api_comments": ("comments.json",),
    "api_conversation": ("conversation.json",),
}


class Malformed(Refusal):
    """A file is not what its name says; the message names file and line."""


@dataclass(frozen=True)
class Row:
    """One row by its column names, and the line it begins on."""

    file: str
    line: int
    cells: dict[str, str]

    def malformed(self, why: str) -> Malformed:
        """Return the error that says what is wrong with this row."""
        return malformed(self.file, self.line, why)

    def whole(self, column: str, *, least: int, most: int) -> int:
        """Return a cell as a whole number between two bounds, both included."""
        text = self.cells[column].strip()
        if not text.removeprefix("-").isascii() or not text.removeprefix("-").isdigit():
            raise self.malformed(f"“{text[:40]}” in {column} is not a whole number.")
        number = int(text) if len(text) < 20 else most + 1
        if not least <= number <= most:
            raise self.malformed(f"{text[:40]} in {column} is out of range.")
        return number


def malformed(file: str, line: int | None, why: str) -> Malformed:
    """Return an error that names the file, and the line where there is one."""
    return Malformed(f"{file}, line {line}: {why}" if line else f"{file}: {why}")


def find(folder: Path) -> dict[str, Path]:
    """Return the files of the export in a folder, by what they hold.

    Raises Malformed if the folder holds none, or two exports at once.
    """
    if not folder.is_dir():
        raise Malformed(f"{folder} is not a folder.")
    found: dict[str, Path] = {}
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        kind = _kind(path)
        if kind and kind in found and _is(path, kind) == _is(found[kind], kind):
            raise Malformed(f"{folder} holds two files of {NAMES[kind][0]}.")
        if kind and (kind not in found or _is(path, kind)):
            found[kind] = path
    return found


def rows(path: Path, *needed: str) -> Iterator[Row]:
    """Yield the rows of a CSV file with a header that has the needed columns."""
    reader = csv.reader(_lines(path), strict=True)
    header = _next(reader, path)
    if header is None:
        raise malformed(path.name, 1, "The file is empty.")
    names = [name.strip() for name in header]
    if missing := [name for name in needed if name not in names]:
        raise malformed(path.name, 1, f"There is no column {missing[0]}.")
    if len(set(names)) < len(names):
        raise malformed(path.name, 1, "Two columns have the same name.")
    line = reader.line_num + 1
    while (cells := _next(reader, path)) is not None:
        if cells:
            if len(cells) != len(names):
                why = f"There are {len(cells)} cells, not {len(names)}."
                raise malformed(path.name, line, why)
            yield Row(path.name, line, dict(zip(names, cells, strict=True)))
        line = reader.line_num + 1


def pairs(path: Path) -> dict[str, str]:
    """Return the keys and values of a CSV file without a header."""
    reader = csv.reader(_lines(path), strict=True)
    found = {}
    while (cells := _next(reader, path)) is not None:
        if len(cells) > 1:
            found[cells[0].strip()] = ",".join(cells[1:]).strip()
    return found


def _kind(path: Path) -> str | None:
    """Return what a file holds: its own name counts, or what that ends in."""
    fits = [
        (len(name), kind)
        for kind, names in NAMES.items()
        for name in names
        if path.name == name or path.name.endswith(f"-{name}")
    ]
    return max(fits)[1] if fits else None


def _is(path: Path, kind: str) -> bool:
    return path.name in NAMES[kind]


def _next(reader: Any, path: Path) -> list[str] | None:
    try:
        cells: list[str] | None = next(reader, None)
        return cells
    except csv.Error as error:
        raise malformed(path.name, reader.line_num, f"{error}.") from None


def _lines(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                raise malformed(path.name, number, "The line is too long.")
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            try:
                yield line.decode("utf-8")
            except UnicodeDecodeError:
                raise malformed(path.name, number, "This is not UTF-8 text.") from None
