"""How the hint at similar comments fares on real contributions, and what it costs.

    python -m bench.similar [--data FOLDER]

Of 24 contributions to German consultations, `paraphrases.tsv` has one in other words
each, written by hand. Printed is how many of them lead back to their origin; then how
often the hint would have shown up, had all contributions been posted one by one.
"""

import argparse
import csv
import os
import time
from pathlib import Path

import numpy as np

from deliberation import similar

HERE = Path(__file__).resolve()
DATA = Path(os.environ.get("FOLKMOOT_DATA", HERE.parents[2] / "shared" / "data"))
Key = tuple[str, str]


def contributions(folder: Path) -> dict[Key, str]:
    """Return the contributions of CIMT by data set and id."""
    parts: dict[Key, list[tuple[int, str]]] = {}
    for path in sorted(folder.glob("comments-civic-cimt/*/*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                key = (path.stem.removeprefix("dataset_"), row["document_id"])
                parts.setdefault(key, []).append(
                    (int(row["sentence_nr"]), row["content"])
                )
    return {key: " ".join(text for _, text in sorted(p)) for key, p in parts.items()}


def paraphrases() -> dict[Key, str]:
    """Return the paraphrases by the data set and id of their origin."""
    with HERE.with_name("paraphrases.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(r["dataset"], r["document_id"]): r["paraphrase"] for r in rows}


def found_again(texts: dict[Key, str], hidden: dict[Key, str], among: int) -> None:
    """Print how many paraphrases lead to their origin among so many texts."""
    random = np.random.default_rng(0)
    others = [key for key in texts if key not in hidden]
    drawn = random.permutation(len(others))[: among - len(hidden)]
    pool = [*hidden, *(others[place] for place in drawn)]
    began = time.process_time()
    index = similar.Index.of([(n, texts[key]) for n, key in enumerate(pool)])
    built = time.process_time() - began
    began = time.process_time()
    places = []
    for number, paraphrase in enumerate(hidden.values()):
        ids = [match.id for match in index.find(paraphrase)]
        places.append(ids.index(number) if number in ids else None)
    asked = (time.process_time() - began) / len(hidden)
    print(
        f"{len(hidden)} paraphrases among {among}: first {places.count(0)}, "
        f"in the hint {sum(p is not None for p in places)}; "
        f"index {built:.2f} s, question {asked * 1000:.1f} ms"
    )


def one_by_one(texts: dict[Key, str]) -> None:
    """Print how often the hint shows up in each consultation."""
    for dataset in sorted({key[0] for key in texts}):
        own = [text for key, text in texts.items() if key[0] == dataset]
        long = [n for n, text in enumerate(own) if len(text) >= similar.SHORTEST]
        shown = alike = 0
        index = None
        for number in long:
            if number % 20 == 0 or index is None:
                earlier = [(n, own[n]) for n in range(number - 1, -1, -1)]
                index = similar.Index.of(earlier, previous=index)
            matches = index.find(own[number])
            shown += bool(matches)
            alike += bool(matches and matches[0].likeness >= 0.7)
        print(
            f"{dataset}: {len(long)} texts of {similar.SHORTEST} characters or more, "
            f"hint for {shown} ({shown / len(long):.0%}), nearly the same {alike}"
        )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    texts, hidden = contributions(parser.parse_args().data), paraphrases()
    for among in (500, similar.MOST_TEXTS):
        found_again(texts, hidden, among)
    one_by_one(texts)


if __name__ == "__main__":
    main()
