"""Real contributions of residents, where the shared data is at hand."""

import csv
import os
from pathlib import Path

import pytest

HERE = Path(__file__).resolve()
DATA = Path(os.environ.get("FOLKMOOT_DATA", HERE.parents[3] / "shared" / "data"))


def data(name: str) -> Path:
    """Return the path of a data set, or skip the test that needs it."""
    if not (DATA / name).exists():
        pytest.skip(f"needs the data set {name} (set FOLKMOOT_DATA)")
    return DATA / name


def statements() -> list[str]:
    """Return the statements of all Polis conversations, those refused there as well."""
    found = []
    for path in sorted(data("polis").glob("*/comments.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            found += [row["comment-body"] for row in csv.DictReader(lines)]
    return found


def contributions() -> list[str]:
    """Return the German contributions of CIMT, each with its sentences in order."""
    sentences: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for path in sorted(data("comments-civic-cimt").glob("*/*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                key = (path.name, row["document_id"])
                sentence = (int(row["sentence_nr"]), row["content"])
                sentences.setdefault(key, []).append(sentence)
    return [
        " ".join(text for _number, text in sorted(parts))
        for parts in sentences.values()
    ]
