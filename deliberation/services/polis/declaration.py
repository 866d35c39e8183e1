"""What an export declares of itself: which number agrees, and how texts are kept.

Since 2026 Polis does so in `format.json`, by `vote` and by `vote-convention`, and in the
row `vote-convention` of `summary.csv`; our own exports by `agree` besides.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deliberation.queries.exports import guard
from deliberation.services.polis import files
from deliberation.services.polis.export import Sign

ROW = "vote-convention"
_SIGNS = {"1": Sign.CSV, "+1": Sign.CSV, "-1": Sign.API}


def of(path: Path | None, summary: Mapping[str, str]) -> tuple[Sign | None, bool]:
    """Return the sign that is declared, None for none, and whether texts are guarded.

    `path` is that of `format.json`, `summary` the pairs of `summary.csv`. Raises
    Malformed for a declaration that says nothing, or two that differ.
    """
    told = _loaded(path) if path else {}
    signs = _signs_of(told, path) if path else set()
    if ROW in summary:
        signs |= {_sign(_agree(summary[ROW]), "summary.csv")}
    if len(signs) > 1:
        raise files.malformed(
            path.name if path else "summary.csv",
            None,
            "Its declarations of what agrees contradict each other.",
        )
    return next(iter(signs), None), told.get("text_guard") == guard.MARK


def _loaded(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_bytes()[: files.LONGEST_LINE])
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise _silent(path.name)
    return told


def _signs_of(told: Mapping[str, Any], path: Path) -> set[Sign]:
    values = told.get("vote")
    given = [
        told.get("agree"),
        values.get("agree") if isinstance(values, dict) else None,
        _agree(str(told[ROW])) if ROW in told else None,
    ]
    signs = {_sign(str(one), path.name) for one in given if one is not None}
    if not signs:
        raise _silent(path.name)
    return signs


def _agree(convention: str) -> str:
    """Return what `agree=+1;disagree=-1;pass=0` says of agreement, "" for nothing."""
    parts = dict(part.partition("=")[::2] for part in convention.split(";"))
    return parts.get("agree", "")


def _sign(agree: str, file: str) -> Sign:
    sign = _SIGNS.get(agree.strip())
    if sign is None:
        raise _silent(file)
    return sign


def _silent(file: str) -> files.Malformed:
    return files.malformed(file, None, "It does not say whether 1 or -1 means agree.")
