"""The one family of exceptions by which a service says no to a person."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any


class Why(Enum):
    """The kinds of refusal that an interface has to tell apart."""

    NOT_ALLOWED = "not_allowed"
    NOT_FOUND = "not_found"
    CLOSED = "closed"
    CONFLICT = "conflict"
    INVALID = "invalid"
    TOO_SOON = "too_soon"


class Refusal(Exception):
    """Says in words fit for a citizen why an act was refused.

    Subclasses live beside the function that raises them. `findings` are what
    rules noticed, `text` is what the person typed, given back so nothing is lost.
    `extra` is what a program is told besides.
    """

    why = Why.INVALID
    extra: Mapping[str, Any] = {}

    def __init__(
        self, message: str, *, findings: Sequence[Any] = (), text: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.findings = tuple(findings)
        self.text = text
