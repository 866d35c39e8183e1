"""Lines of the register in words, for people."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from moderation import contents
from moderation.choices import Act, Automation, Ground
from moderation.models import RegisterEntry


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line as a page shows it."""

    number: int
    at: datetime | None
    what: str
    # good, bad or warn: how the event is coloured, never the only sign of it.
    tone: str
    on: str
    place: str
    rule: str
    ground: str
    by: str
    about: int | None
    hash: str


def described(entry: RegisterEntry) -> Line:
    """Return a line in the reader's language. Unknown words stay as they are."""
    told: dict[str, Any] = entry.entry
    act = str(told.get("act", ""))
    return Line(
        number=entry.number,
        at=parse_datetime(str(told.get("at", ""))),
        what=_event(told),
        tone={Act.HIDE: "bad", Act.HOLD: "warn"}.get(act, "good"),  # type: ignore[call-overload]
        on=_kind(str(told.get("kind", ""))),
        place=str(told.get("place") or ""),
        rule=str(told.get("rule", "")),
        ground=_label(Ground, told.get("ground")),
        by=_label(Automation, told.get("automation")),
        about=told.get("about"),
        hash=entry.hash,
    )


def _event(told: dict[str, Any]) -> str:
    event = told.get("event")
    if event == "appeal":
        return _("appealed")
    if event == "answer":
        outcome = told.get("outcome")
        return _("overturned on appeal") if outcome == "overturned" else _("upheld")
    return _label(Act, told.get("act"))


def _kind(kind: str) -> str:
    for port in contents.ports():
        if port.kind == kind:
            return str(port.label)
    return kind


def _label(choices: Any, value: Any) -> str:
    return str(dict(choices.choices).get(value, value or ""))
