"""Read a folder of an export, old or new, with all its quirks."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from deliberation.queries.exports import guard
from deliberation.services.polis import api_dump, declaration, files
from deliberation.services.polis.export import Comment, Events, Export, Tally
from deliberation.services.polis.files import Malformed, Row

LARGEST_ID = 2**31 - 1
# Times in seconds have ten digits, those in milliseconds thirteen.
FIRST_MILLISECOND = 100_000_000_000
YEAR_2000, YEAR_2100 = 946_684_800_000, 4_102_444_800_000
EVENT = np.dtype([(name, "i8") for name in ("who", "what", "value", "at", "heart")])
LONGEST_BODY = 20_000


def read(folder: Path) -> Export:
    """Return what the export in a folder says.

    Raises Malformed, naming file and line, for what no Polis ever wrote.
    """
    found = files.find(folder)
    if "api_votes" in found and "comments" not in found:
        return api_dump.read(found, folder.name)
    if "comments" not in found:
        raise Malformed(f"{folder} has no comments.csv.")
    if "votes" not in found and "matrix" not in found:
        raise Malformed(
            f"{folder} has neither votes.csv nor participants-votes.csv: "
            "there are no votes to load."
        )
    summary = files.pairs(found["summary"]) if "summary" in found else {}
    return _assemble(found, summary, folder.name)


def _assemble(found: dict[str, Path], summary: dict[str, str], name: str) -> Export:
    declared, is_guarded = declaration.of(found.get("format"), summary)
    comments = _comments(found["comments"], is_guarded=is_guarded)
    last, tallies = _matrix(found["matrix"]) if "matrix" in found else (None, [])
    events = _events(found["votes"]) if "votes" in found else last
    if events is None:
        raise Malformed(f"{name} has no votes.")
    notes = []
    if last is not None and events is not last and not _agree(events.final(), last):
        notes.append(
            f"{found['matrix'].name} differs from {found['votes'].name}: "
            "the latter, which has every vote, was loaded."
        )
    return Export(
        key=_key(summary.get("url", ""), name),
        topic=_plain(summary.get("topic", ""), is_guarded=is_guarded) or name,
        description=_plain(
            summary.get("conversation-description", ""), is_guarded=is_guarded
        ),
        comments=comments,
        events=events,
        tallies=tallies,
        declared=declared,
        has_history="votes" in found,
        notes=notes,
    )


def _plain(text: str, *, is_guarded: bool) -> str:
    return guard.unguarded(text) if is_guarded else text


def milliseconds(row: Row, column: str) -> int:
    """Return a time in ms since 1970, given in ms or (in newer exports) seconds."""
    time = row.whole(column, least=0, most=YEAR_2100)
    time = time if time >= FIRST_MILLISECOND else time * 1000
    if time < YEAR_2000 or time > YEAR_2100:
        raise row.malformed(f"{row.cells[column]} in {column} is no time of Polis'.")
    return time


def _key(url: str, folder: str) -> str:
    """Return what identifies the conversation: the end of its address."""
    return url.rstrip("/").rsplit("/", 1)[-1][:60] or folder[:60]


def _comments(path: Path, *, is_guarded: bool) -> list[Comment]:
    found: dict[int, Comment] = {}
    for row in files.rows(path, "timestamp", "comment-id", "comment-body", "moderated"):
        comment = _comment(row, is_guarded=is_guarded)
        if comment.number in found:
            raise row.malformed(f"There is a second comment {comment.number}.")
        found[comment.number] = comment
    return list(found.values())


def _comment(row: Row, *, is_guarded: bool) -> Comment:
    cells = row.cells
    if len(cells["comment-body"]) > LONGEST_BODY:
        raise row.malformed("The comment is longer than any of Polis'.")
    return Comment(
        number=row.whole("comment-id", least=0, most=LARGEST_ID),
        author=_optional(row, "author-id"),
        text=_plain(cells["comment-body"], is_guarded=is_guarded),
        created_ms=milliseconds(row, "timestamp"),
        moderated=row.whole("moderated", least=-1, most=1),
        is_meta=_is_true(cells.get("is-meta", "")),
        is_seed=_is_true(cells.get("is-seed", "")),
        agrees=_optional(row, "agrees"),
        disagrees=_optional(row, "disagrees"),
    )


def _optional(row: Row, column: str) -> int | None:
    if not row.cells.get(column, "").strip():
        return None
    return row.whole(column, least=0, most=LARGEST_ID)


def _is_true(text: str) -> bool:
    return text.strip().lower() in {"true", "1", "t"}


def _events(path: Path) -> Events:
    columns = ("timestamp", "comment-id", "voter-id", "vote")
    return _as_events(
        (
            row.whole("voter-id", least=0, most=LARGEST_ID),
            row.whole("comment-id", least=0, most=LARGEST_ID),
            row.whole("vote", least=-1, most=1),
            milliseconds(row, "timestamp"),
            _is_true(row.cells.get("important", "")),
        )
        for row in files.rows(path, *columns)
    )


def _as_events(events: Iterable[tuple[int, ...]]) -> Events:
    table = np.fromiter(events, EVENT)
    return Events(*(np.ascontiguousarray(table[name]) for name in EVENT.names or ()))


def _matrix(path: Path) -> tuple[Events, list[Tally]]:
    tallies: list[Tally] = []
    return _as_events(_cells(path, tallies)), tallies


def _cells(path: Path, tallies: list[Tally]) -> Iterator[tuple[int, ...]]:
    seen: set[int] = set()
    numbers: dict[str, int] = {}
    for row in files.rows(path, "participant"):
        numbers = numbers or _numbers(row)
        # The column xid may hold names or addresses: it is never read.
        who = row.whole("participant", least=0, most=LARGEST_ID)
        if who in seen:
            raise row.malformed(f"There is a second participant {who}.")
        seen.add(who)
        if row.cells.get("n-agree") and row.cells.get("n-disagree"):
            agrees = row.whole("n-agree", least=0, most=LARGEST_ID)
            disagrees = row.whole("n-disagree", least=0, most=LARGEST_ID)
            tallies.append(Tally(who, agrees, disagrees))
        for column, number in numbers.items():
            if row.cells[column]:
                yield who, number, row.whole(column, least=-1, most=1), -1, 0


def _numbers(row: Row) -> dict[str, int]:
    """Return the statements' numbers by the names of their columns."""
    names = [name for name in row.cells if name.isascii() and name.isdigit()]
    if any(len(name) > 10 or int(name) > LARGEST_ID for name in names):
        raise files.malformed(row.file, 1, "A column's number is out of range.")
    numbers = {name: int(name) for name in names}
    if len(set(numbers.values())) < len(numbers):
        raise files.malformed(row.file, 1, "Two columns are about the same statement.")
    return numbers


def _agree(final: Events, last: Events) -> bool:
    order = np.lexsort((last.statements, last.voters))
    return len(final) == len(last) and all(
        np.array_equal(one, other[order])
        for one, other in (
            (final.voters, last.voters),
            (final.statements, last.statements),
            (final.values, last.values),
        )
    )
