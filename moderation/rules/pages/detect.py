"""Which language a text is in, as far as that can be told."""

from moderation.language import identifier

SHORTEST = 80
SUREST = 0.95

# Languages that share so many words that a short text of one passes for another.
_ALIKE = (
    frozenset({"bs", "hr", "sr"}),
    frozenset({"ca", "es", "gl", "oc", "pt", "an"}),
    frozenset({"cs", "sk"}),
    frozenset({"da", "nb", "nn", "no", "sv"}),
    frozenset({"id", "ms", "jv"}),
    frozenset({"af", "nl", "lb", "de"}),
    frozenset({"be", "ru", "uk", "bg", "mk"}),
    frozenset({"tl", "fil"}),
    frozenset({"hi", "mr", "ne"}),
)


def language_of(text: str) -> str:
    """Return the language of a text, or nothing if it is short or doubtful."""
    if len(text) < SHORTEST:
        return ""
    found, probability = identifier().classify(text[:2000])
    return str(found) if probability >= SUREST else ""


def is_judged(language: str) -> bool:
    """Say whether the detector knows a language at all."""
    return language in identifier().labels


def may_be(found: str, language: str) -> bool:
    """Say whether a text found to be in one language may well be in the other."""
    return found == language or any({found, language} <= group for group in _ALIKE)
