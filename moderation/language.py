"""Which of the site's languages a text is in, and which to address somebody in.

The first by py3langid, offline; a suggestion, which its author can correct. Measured in
`docs/fairness.md`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from django.conf import settings
from py3langid.langid import MODEL_FILE, LanguageIdentifier

# In bytes, since a Chinese character says as much as three letters.
SHORTEST = 8
# Among the languages of the site, the likeliest must have this share,
SUREST = 0.8
# and this much of all languages there are: it may be none of the site's.
_AT_LEAST = 0.2
_LONGEST = 1_000
# Addresses and names of accounts are in no language.
_NO_WORDS = re.compile(r"(?:https?://|www\.|@)\S+|\S+@\S+")


@dataclass(frozen=True)
class Detected:
    """A language as the site spells it, and how likely it is, from `SUREST` to 1."""

    language: str
    confidence: float


def detect(text: str, languages: Iterable[str]) -> Detected | None:
    """Return which of some languages a text is in, or None if it is too short to say.

    None, too, if it is doubtful, in several, or in none of them. `languages` are codes
    as in `settings.LANGUAGES`; of two variants of one language the first is returned,
    and what the detector does not know is never returned.
    """
    words = _NO_WORDS.sub(" ", text[:_LONGEST])
    if len("".join(filter(str.isalpha, words)).encode("utf-8", "replace")) < SHORTEST:
        return None
    by_label = _by_label(tuple(languages))
    first, share = identifier().classify(words)
    if share >= SUREST:
        return Detected(by_label[first], min(share, 1.0)) if first in by_label else None
    likely = dict(identifier().rank(words))
    among = {label: likely[label] for label in by_label if label in likely}
    if not among:
        return None
    best = max(among, key=lambda label: among[label])
    confidence = among[best] / max(sum(among.values()), 1e-12)
    if confidence < SUREST or among[best] < _AT_LEAST:
        return None
    return Detected(by_label[best], min(float(confidence), 1.0))


def spelled(code: str) -> str:
    """Return a language tag as the site spells it, and any other in small letters."""
    small = code.lower()
    known = (own for own, _name in settings.LANGUAGES if own.lower() == small)
    return next(known, small)


def spoken() -> list[tuple[str, str]]:
    """Return code and name of the languages that the site's own words are in.

    A site that names none in `INTERFACE_LANGUAGES` speaks all of `LANGUAGES`.
    """
    return list(getattr(settings, "INTERFACE_LANGUAGES", settings.LANGUAGES))


def to_address_in(wanted: str) -> str:
    """Return the wanted language if the site speaks it, else the site's own.

    A letter with dates in one language and sentences in another is in neither.
    """
    return wanted if wanted in dict(spoken()) else settings.LANGUAGE_CODE


@cache
def identifier() -> LanguageIdentifier:
    """Return the one detector of this process: it takes 0.5 s to load, and 100 MB."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@lru_cache(8)
def _by_label(languages: tuple[str, ...]) -> dict[str, str]:
    """Return the codes by what the detector calls their languages."""
    found: dict[str, str] = {}
    for code in languages:
        label = re.split("[-_]", code.lower())[0]
        found.setdefault(label, code)
    return found
