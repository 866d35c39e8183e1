"""Raw answers of Polis' API, kept as JSON files: votes, comments, conversation."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from deliberation.services.polis import files
from deliberation.services.polis.export import Comment, Events, Export

LARGEST_FILE = 1_000_000_000
# The API's own names, and those that a widespread loader gives them.
VOTER, STATEMENT = ("pid", "participant_id"), ("tid", "statement_id")


def read(found: dict[str, Path], name: str) -> Export:
    """Return what the dump says; which sign its votes have is not in it."""
    about: Any = _load(found, "api_conversation", dict)
    comments = [
        _comment(found["api_comments"].name, place, item)
        for place, item in enumerate(_load(found, "api_comments", list))
    ]
    events = list(_events(found["api_votes"].name, _load(found, "api_votes", list)))
    table = np.array(events, np.int64).reshape(-1, 5)
    return Export(
        key=str(about.get("conversation_id") or name)[:60],
        topic=str(about.get("topic") or name),
        description=str(about.get("description") or ""),
        comments=comments,
        events=Events(*(np.ascontiguousarray(column) for column in table.T)),
    )


def _load(found: dict[str, Path], kind: str, shape: type) -> Any:
    if kind not in found:
        return shape()
    path = found[kind]
    if path.stat().st_size > LARGEST_FILE:
        raise files.malformed(path.name, None, "The file is too large.")
    try:
        data = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise files.malformed(path.name, None, f"This is not JSON: {error}") from None
    if not isinstance(data, shape):
        raise files.malformed(path.name, None, f"This is not a {shape.__name__}.")
    return data


def _events(file: str, items: list[Any]) -> Iterator[tuple[int, ...]]:
    for place, item in enumerate(items):
        row = _row(file, place, item)
        yield (
            _whole(row, _either(row, VOTER), most=2**31 - 1),
            _whole(row, _either(row, STATEMENT), most=2**31 - 1),
            _whole(row, "vote", least=-1, most=1),
            _whole(row, "modified", most=4_102_444_800_000),
            0,
        )


def _comment(file: str, place: int, item: Any) -> Comment:
    row = _row(file, place, item)
    return Comment(
        number=_whole(row, _either(row, STATEMENT), most=2**31 - 1),
        author=_whole(row, _either(row, VOTER), most=2**31 - 1),
        text=row.cells.get("txt", ""),
        created_ms=_moment(row),
        moderated=_whole(row, "mod" if "mod" in row.cells else "moderated", least=-1),
        is_meta=row.cells.get("is_meta") == "True",
        is_seed=row.cells.get("is_seed") == "True",
        agrees=_whole(row, "agree_count") if "agree_count" in row.cells else None,
        disagrees=_whole(row, "disagree_count") if "agree_count" in row.cells else None,
    )


def _row(file: str, place: int, item: Any) -> files.Row:
    if not isinstance(item, dict):
        raise files.malformed(file, place + 1, "This item is not an object.")
    known = {str(key): str(value) for key, value in item.items() if value is not None}
    return files.Row(file, place + 1, known)


def _either(row: files.Row, names: tuple[str, str]) -> str:
    return names[0] if names[0] in row.cells else names[1]


def _whole(
    row: files.Row, name: str, *, least: int = 0, most: int = 4_102_444_800_000
) -> int:
    if name not in row.cells:
        raise row.malformed(f"There is no {name}.")
    text = row.cells[name].removesuffix(".0")
    return files.Row(row.file, row.line, {name: text}).whole(
        name, least=least, most=most
    )


def _moment(row: files.Row) -> int:
    created = row.cells.get("created", "")
    if created.isdigit():
        return _whole(row, "created")
    try:
        return int(datetime.fromisoformat(created).timestamp() * 1000)
    except ValueError:
        raise row.malformed("created is no time.") from None
