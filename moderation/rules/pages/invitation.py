"""When and where a meeting is, for calendars and for people who read no maps."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages.base import Location, PageFinding, PageRule, Severity
from moderation.rules.pages.days import is_zone
from moderation.rules.pages.facts import Session
from moderation.rules.pages.hearing_notice import HEARING
from moderation.rules.pages.registry import register
from moderation.rules.pages.view import PageView

_LINE = 73
_ADDRESS_ONLY = re.compile(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)


@register
@dataclass(frozen=True, kw_only=True)
class MeetingsCanBeFound(PageRule):
    """Give each meeting its time zone and a calendar file; block a place that is a link."""

    id = "HEA-10"
    title = gettext_lazy("Meetings have a time zone, a calendar file and an address")
    why = gettext_lazy(
        "A pin on a map cannot be read out; a time without its zone is wrong for "
        "whoever joins from elsewhere."
    )
    reference = "RFC 5545"
    checks = {"calendar": (), "zone": (), "place": ()}
    applies_to = HEARING

    severity: Severity = Severity.AUTO
    missing: Severity = Severity.BLOCK

    def check(self, view: PageView) -> Iterable[PageFinding]:
        if view.sessions and not is_zone(view.time_zone):
            yield self.finding(
                "zone",
                _("“%s” is no time zone.") % view.time_zone,
                _("Choose one in the settings of the site."),
                severity=self.missing,
            )
            return
        for session in view.sorted_sessions:
            where = Location(path=session.path)
            yield self.finding(
                "calendar",
                _("The page will say: %s") % when(session, view.time_zone),
                _("There is nothing to do; a calendar file is offered with it."),
                at=where,
            )
            if _ADDRESS_ONLY.fullmatch(session.place):
                yield self.finding(
                    "place",
                    _("The place of this meeting is only a link."),
                    _("Write the address in words, with room and entrance."),
                    at=where,
                    severity=self.missing,
                )


def when(session: Session, time_zone: str) -> str:
    """Return day, time and time zone of a meeting in the reader's language."""
    zone = ZoneInfo(time_zone)
    starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    said = {
        "day": date_format(starts, "DATE_FORMAT"),
        "from": date_format(starts, "TIME_FORMAT"),
        "to": date_format(ends, "TIME_FORMAT"),
        "zone": f"{starts.tzname()}, {time_zone.replace('_', ' ')}",
    }
    if starts.date() != ends.date():
        said["to"] = date_format(ends, "DATETIME_FORMAT")
    return _("%(day)s, %(from)s to %(to)s (%(zone)s)") % said


def calendar_file(view: PageView, *, url: str) -> str:
    """Return the meetings as an iCalendar file (RFC 5545), times in UTC.

    `url` is the address of the page; it also makes the ids of the meetings.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Folkmoot//Hearing//EN"]
    for number, session in enumerate(view.sorted_sessions, start=1):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_escape(url)}#{number}",
            f"DTSTAMP:{_utc(view.now)}",
            f"DTSTART:{_utc(session.starts_at)}",
            f"DTEND:{_utc(session.ends_at)}",
            f"SUMMARY:{_escape(view.title)}",
            f"DESCRIPTION:{_escape(view.summary)}",
            f"LOCATION:{_escape(session.place or session.join_url)}",
            f"URL:{url}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _fold(line))


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escape(text: str) -> str:
    plain = " ".join(text.replace("\r", "").split(" "))
    for sign in "\\;,":
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def _fold(line: str) -> list[str]:
    """Return a line in pieces of at most 75 bytes, as calendars want it."""
    pieces, piece = [], ""
    for sign in line:
        if len((piece + sign).encode("utf-8", "replace")) > _LINE:
            pieces.append(piece)
            piece = " "
        piece += sign
    return [*pieces, piece]
