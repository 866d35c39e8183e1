"""As much of CSS as decides whether something is there for readers at all.

Inline styles, and rules of a `<style>` element that name one tag, class or id.
"""

import re
from collections.abc import Mapping

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}@;]{1,200})\{([^{}]*)\}")
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?(?:[.#][\w-]+)?", re.IGNORECASE)
_FAR_AWAY = re.compile(r"-\s*\d{3,}(?:\.\d+)?(?:px|em|rem|%|vw|vh)", re.IGNORECASE)

Declarations = Mapping[str, str]
_NONE: Declarations = {}


def declarations(style: str) -> dict[str, str]:
    """Return the properties of an inline style with their values, in lower case."""
    pairs = (part.partition(":") for part in style.split(";"))
    return {
        name.strip().lower(): value.replace("!important", "").strip().lower()
        for name, colon, value in pairs
        if colon
    }


class Sheet:
    """The rules of a page's own style elements."""

    def __init__(self, css: str) -> None:
        self._rules: dict[str, dict[str, str]] = {}
        for selectors, body in _RULE.findall(_COMMENT.sub("", css)):
            for selector in selectors.split(","):
                if _SIMPLE.fullmatch(selector.strip()):
                    self._rules.setdefault(selector.strip(), {}).update(
                        declarations(body)
                    )

    def of(self, tag: str, attributes: Mapping[str, str]) -> Declarations:
        """Return what holds for an element, its inline style last."""
        if not self._rules and "style" not in attributes:
            return _NONE
        found: dict[str, str] = {}
        if self._rules:
            marks = [f".{name}" for name in attributes.get("class", "").split()]
            marks += [f"#{attributes['id']}"] if attributes.get("id") else []
            for selector in (tag, *marks, *(tag + mark for mark in marks)):
                found |= self._rules.get(selector, {})
        if "style" in attributes:
            found |= declarations(attributes["style"])
        return found


def is_off_screen(style: Declarations) -> bool:
    """Say whether the element was pushed out of sight, though not out of the page."""
    if style.get("position") not in {"absolute", "fixed"}:
        return False
    return any(_FAR_AWAY.search(style.get(side, "")) for side in ("left", "top"))
