"""Which tags name a language (BCP 47, by the IANA registry)."""

from functools import cache

from langcodes import standardize_tag, tag_is_valid

# Registered since the library's copy of the registry was made.
_NEWER = frozenset({"isv"})


@cache
def is_known(tag: str) -> bool:
    """Say whether a tag begins with a language that the registry knows.

    Only the first part counts, as screen readers do. “eng” is not known: what has a
    code of two letters has no other.
    """
    first = tag.split("-")[0].lower()
    if not (first.isascii() and first.isalpha() and 2 <= len(first) <= 3):
        return False
    if first in _NEWER:
        return True
    return tag_is_valid(first) and len(standardize_tag(first)) >= len(first)


def primary(tag: str) -> str:
    """Return the language of a tag without region or script."""
    return tag.replace("_", "-").split("-")[0].lower()
