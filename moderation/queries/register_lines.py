"""Lines of the register in words, for people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moderation import contents
from moderation.choices import (
    HIDING,
    ON_REPORTS,
    RESTRICTING,
    Act,
    Automation,
    Besides,
    Ground,
)
from moderation.models import RegisterEntry
from moderation.queries import house_rules
from moderation.rules import registry


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
    # How long it had waited for the decision, in words; "" if it had not.
    waited: str
    about: int | None
    hash: str


def described(entries: Iterable[RegisterEntry], *, language: str) -> list[Line]:
    """Return lines in the reader's language. Unknown words stay as they are."""
    titles = {rule.code: rule.title for rule in house_rules.catalogue(language)}
    return [_line(entry, titles) for entry in entries]


def _line(entry: RegisterEntry, titles: Mapping[str, str]) -> Line:
    told: dict[str, Any] = entry.entry
    rule = str(told.get("rule", ""))
    return Line(
        number=entry.number,
        at=parse_datetime(str(told.get("at", ""))),
        what=_event(told),
        tone=_tone(told),
        # What was taken back is named by `what`.
        on="" if told.get("event") == "lifted" else _kind(str(told.get("kind", ""))),
        place=str(told.get("place") or ""),
        rule=titles.get(rule) or _title(rule),
        ground=_label(Ground, told.get("ground")),
        by=_label(Automation, told.get("automation")),
        waited=_waited(told.get("waited_seconds")),
        about=told.get("about"),
        hash=entry.hash,
    )


def _tone(told: Mapping[str, Any]) -> str:
    act = str(told.get("act", ""))
    if act in HIDING:
        return "bad"
    restricts = act in RESTRICTING or told.get("event") in Besides.values
    return "warn" if restricts else "good"


def _waited(seconds: Any) -> str:
    """Return a length of time in its largest unit that is not zero."""
    if type(seconds) is not int or seconds < 0:
        return ""
    days, hours, minutes = seconds // 86400, seconds // 3600, seconds // 60
    if days >= 2:
        return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}
    if hours:
        told = ngettext("%(number)d hour", "%(number)d hours", hours)
        return told % {"number": hours}
    told = ngettext("%(number)d minute", "%(number)d minutes", minutes)
    return told % {"number": minutes}


def _event(told: dict[str, Any]) -> str:
    event = told.get("event")
    if event == "appeal":
        return _("appealed")
    if event == "answer":
        outcome = told.get("outcome")
        return _("overturned on appeal") if outcome == "overturned" else _("upheld")
    if event in Besides.values:
        return _label(Besides, event)
    if event == "lifted":
        return _("%(what)s taken back") % {"what": _label(Besides, told.get("kind"))}
    return _label(Act, told.get("act"))


def _title(rule: str) -> str:
    """Return the title of a rule that runs by itself, or the name it was given."""
    if rule == ON_REPORTS:
        return _("Reports of trusted readers")
    return str(registry.get(rule).title) if rule in registry.names() else rule


def _kind(kind: str) -> str:
    for port in contents.ports():
        if port.kind == kind:
            return str(port.label)
    return kind


def _label(choices: Any, value: Any) -> str:
    return str(dict(choices.choices).get(value, value or ""))
