"""How often the language of a short text is told, and how often rightly.

    python -m bench.languages [--data FOLDER]

Texts of known language: the messages of Django's own translations (short), German
contributions (CIMT), and Polis statements in German and English.
"""

import argparse
import csv
import gettext
import os
import time
from collections.abc import Iterator
from pathlib import Path

import django

from bench import similar
from home.settings.languages import LANGUAGES
from moderation import language

HERE = Path(__file__).resolve()
DATA = Path(os.environ.get("FOLKMOOT_DATA", HERE.parents[2] / "shared" / "data"))
SITE = [code for code, _name in LANGUAGES]
FOREIGN = [
    "bg",
    "ca",
    "cs",
    "da",
    "el",
    "fi",
    "hr",
    "hu",
    "ja",
    "ko",
    "lt",
    "nb",
    "sq",
    "sv",
    "vi",
]
POLIS = {
    "austria-climate.5twd2jsnkf.2022-08-08": "de",
    "15-per-hour-seattle": "en",
    "brexit-consensus": "en",
    "canadian-electoral-reform": "en",
    "london.youth.policing": "en",
    "scoop-hivemind.ubi": "en",
    "american-assembly.bowling-green": "en",
}
BOUNDS = (8, 16, 30, 60, 10**9)


def messages(code: str) -> Iterator[str]:
    """Yield Django's messages in a language, without those that hold signs of code.

    The English ones are the originals of the German catalogue.
    """
    folder = {"en": "de", "zh-hans": "zh_Hans"}.get(code, code)
    for path in Path(django.__file__).parent.glob(f"**/locale/{folder}/**/django.mo"):
        with path.open("rb") as file:
            catalogue = gettext.GNUTranslations(file)._catalog
        for original, translated in catalogue.items():
            if not isinstance(original, str) or original in {"", translated}:
                continue
            text = original if code == "en" else translated
            if not set("%<{\x04") & set(text):
                yield text


def statements(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the language and text of real contributions."""
    for text in similar.contributions(folder).values():
        yield "de", text
    for name, code in POLIS.items():
        path = folder / "polis" / name / "comments.csv"
        if path.exists():
            with path.open(encoding="utf-8", newline="") as lines:
                for row in csv.DictReader(lines):
                    yield code, row["comment-body"]


def length(text: str) -> int:
    """Return how much there is to go by, as the detector counts it."""
    return len("".join(filter(str.isalpha, text[:1_000])).encode("utf-8", "replace"))


def report(name: str, texts: list[tuple[str, str]]) -> None:
    """Print how many texts got a language, and how many of those the right one."""
    for least, below in zip(BOUNDS, BOUNDS[1:], strict=False):
        chosen = [each for each in texts if least <= length(each[1]) < below]
        told = [(code, language.detect(text, SITE)) for code, text in chosen]
        said = [(code, found.language) for code, found in told if found]
        right = sum(code == found for code, found in said)
        if chosen:
            print(
                f"{name:26} {least:3} bytes of letters or more: {len(chosen):5} texts, "
                f"told {len(said) / len(chosen):6.1%}, "
                f"right {right / len(said) if said else 1:7.2%}"
            )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args()
    began = time.process_time()
    language.identifier()
    print(f"loaded in {time.process_time() - began:.2f} s of CPU")
    catalogues = [(code, text) for code in SITE for text in messages(code)]
    real = list(statements(options.data))
    began = time.process_time()
    report("site's languages, Django", catalogues)
    report("contributions, statements", real)
    report("other languages", [(c, text) for c in FOREIGN for text in messages(c)])
    spent = time.process_time() - began
    print(f"{spent / (len(catalogues) + len(real)) * 1000:.2f} ms of CPU per text")


if __name__ == "__main__":
    main()
