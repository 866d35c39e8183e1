"""HTML with marks in it, cut at the marks so that it is filled in at no cost."""

import re
from collections.abc import Mapping

# Numbers that no comment has: an address is made from a number, not from a mark.
PK, ANSWERED, DISCUSSION = (
    9_007_199_254_740_881,
    9_007_199_254_740_847,
    9_007_199_254_740_761,
)
_NUMBERS = {str(PK): "pk", str(ANSWERED): "answered", str(DISCUSSION): "discussion"}
_MARK = re.compile(rf"\ue000(\w+)\ue001|({'|'.join(_NUMBERS)})")
_INDENT = re.compile(r"\s*\n\s*")


class Mark(str):
    """Stands where something is filled in later."""

    __slots__ = ()

    def __new__(cls, name: str) -> "Mark":
        """Return the mark of this name; templates print it as it is."""
        return super().__new__(cls, f"\ue000{name}\ue001")

    def __html__(self) -> str:
        return str(self)


class Stencil:
    """A rendered sample with marks, in pieces."""

    def __init__(self, html: str) -> None:
        # How the template is indented is of no use to those who read it on a slow line.
        html = _INDENT.sub("\n", html.strip())
        self._names: list[str] = []
        self._pieces: list[str] = []
        end = 0
        for found in _MARK.finditer(html):
            self._pieces += [html[end : found.start()], ""]
            self._names.append(found[1] or _NUMBERS[found[2]])
            end = found.end()
        self._rest = html[end:]

    def filled(self, values: Mapping[str, str]) -> str:
        """Return it with the value of each mark, by its name; nothing is escaped."""
        pieces = self._pieces.copy()
        pieces[1::2] = [values[name] for name in self._names]
        return "".join(pieces) + self._rest
