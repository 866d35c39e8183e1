"""Text cells that no spreadsheet takes for a formula, and back again."""

import re

MARK = "'"
# What begins a formula somewhere, perhaps behind marks that were put there before.
_FORMULA = re.compile("'*[=+\\-@|%\t\r\n＝＋－＠]")


def guarded(text: str) -> str:
    """Return the text, with a mark in front if it looks like a formula."""
    return MARK + text if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Return what `guarded` was given."""
    is_marked = text.startswith(MARK) and _FORMULA.match(text)
    return text[len(MARK) :] if is_marked else text
