"""In time to come: notice, agenda, and what is owed after the meeting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages import captions
from moderation.rules.pages.answers import Due, due_state
from moderation.rules.pages.base import Location, PageFinding, PageRule, Severity
from moderation.rules.pages.days import (
    Calendar,
    day,
    hours_between,
    later,
    public_holidays,
)
from moderation.rules.pages.markup import squeeze
from moderation.rules.pages.registry import register
from moderation.rules.pages.view import Kind, PageView

HEARING = frozenset({Kind.HEARING})
SESSIONS = Location(path="sessions")
AGENDA = Location(path="agenda")


def first_start(view: PageView) -> datetime | None:
    """Return when the first meeting begins; None while there is none."""
    return view.sorted_sessions[0].starts_at if view.sessions else None


def last_day(view: PageView) -> date | None:
    """Return the day of the last meeting; None while there is none."""
    if not view.sessions:
        return None
    return day(max(each.ends_at for each in view.sessions), view.time_zone)


@register
@dataclass(frozen=True, kw_only=True)
class NoticeIsGivenInTime(PageRule):
    """Block hearings published less than two weeks before.

    Below `days` a public reason is possible, below `statutory_days` none. Counted are
    days between the day of publication and that of the first meeting. A meeting that is
    added later, or comes earlier than people were told, is announced on the day on which
    they are told so.
    """

    id = "HEA-01"
    title = gettext_lazy("The hearing is announced in time")
    why = gettext_lazy(
        "People need time to free the evening, find care for a child or book an "
        "interpreter."
    )
    reference = "40 CFR 1517.6; Cal. Gov. Code 54954.2; Code env. L123-9"
    checks = {"sessions": (), "late": (), "statutory": ()}
    applies_to = HEARING

    days: int = 14
    statutory_days: int = 0

    def check(self, view: PageView) -> Iterable[PageFinding]:
        start = first_start(view)
        if start is None:
            yield self.finding(
                "sessions",
                _("It is not said when the hearing takes place."),
                _("Add a meeting with its time."),
                at=SESSIONS,
                is_waivable=False,
            )
            return
        zone = view.time_zone
        start, told = _shortest_notice(view, start)
        notice = max((day(start, zone) - day(told, zone)).days, 0)
        least = self.statutory_days if notice < self.statutory_days else self.days
        if notice < least:
            yield self.finding(
                "statutory" if least == self.statutory_days else "late",
                _(
                    "The hearing is announced %(notice)d days before; at least "
                    "%(least)d are needed."
                )
                % {"notice": notice, "least": least},
                _("Choose a later day for the meeting."),
                at=SESSIONS,
                is_waivable=least != self.statutory_days,
            )


def _shortest_notice(view: PageView, first: datetime) -> tuple[datetime, datetime]:
    """Return the meeting that comes as the greatest surprise, and when it was told.

    Meetings that moved later, or that are over, surprise nobody.
    """
    told = view.published.meetings if view.published else ()
    if not told:
        return first, view.first_published_at or view.now
    starts = (each.starts_at for each in view.sorted_sessions)
    for start, before in zip_longest(starts, told):
        if start and start > view.now and (before is None or start < before):
            return start, view.now
    return first, view.first_published_at or view.now


@register
@dataclass(frozen=True, kw_only=True)
class AgendaComesInTime(PageRule):
    """Say when the agenda is due; block late changes without a notice.

    Due `working_days` before, in the holidays of `regions`; within `floor_hours` of
    the meeting no change passes without a notice that says what changed.
    """

    id = "HEA-02"
    title = gettext_lazy("The agenda comes in time and stays")
    why = gettext_lazy("People come for one point, and plan their evening around it.")
    reference = "Brown Act (Cal. Gov. Code 54954.2)"
    checks = {"due": (), "late-change": ()}
    applies_to = HEARING

    severity: Severity = Severity.AUTO
    change: Severity = Severity.BLOCK
    working_days: int = 5
    floor_hours: int = 72
    regions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for region in self.regions:
            public_holidays(region, 2026)

    def check(self, view: PageView) -> Iterable[PageFinding]:
        start, due = first_start(view), agenda_due(view, self)
        if start is None or due is None:
            return
        label = {
            Due.WAITING: _("The page says that the agenda comes by %s."),
            Due.OVERDUE: _("The agenda was due by %s: the page says overdue."),
            Due.KEPT: _("The agenda is in time: it was due by %s."),
            Due.LATE: _("The agenda was due by %s; the page says that it came later."),
        }[agenda_state(view, due)]
        yield self.finding(
            "due", label % date_format(due), _("There is nothing to do."), at=AGENDA
        )
        if self._changes_late(view, start):
            yield self.finding(
                "late-change",
                _("The agenda changes less than %d hours before the meeting.")
                % self.floor_hours,
                _("Write a notice that says what changed and why, or leave it."),
                at=AGENDA,
                severity=self.change,
            )

    def _changes_late(self, view: PageView, start: datetime) -> bool:
        before = squeeze(view.published.agenda) if view.published else ""
        soon = hours_between(view.now, start) < self.floor_hours
        changed = bool(before) and before != squeeze(view.agenda)
        return changed and soon and not view.agenda_notice.strip()


def agenda_due(view: PageView, rule: AgendaComesInTime) -> date | None:
    """Return the last day for the agenda; None while there is no meeting."""
    start = first_start(view)
    if start is None:
        return None
    first = day(start, view.time_zone)
    return Calendar(rule.regions).working_days_before(first, rule.working_days)


def agenda_state(view: PageView, due: date | None) -> Due:
    """Return how the agenda stands; one that is written now comes today."""
    today = day(view.now, view.time_zone)
    told = view.agenda_published_at
    came = day(told, view.time_zone) if told else today
    return due_state(
        owed_by=due,
        done_on=came if told or squeeze(view.agenda) else None,
        starts=date.min,
        today=today,
    )


@register
@dataclass(frozen=True, kw_only=True)
class MinutesAreOwed(PageRule):
    """Say until when minutes and a captioned recording are due, and when overdue."""

    id = "HEA-08"
    title = gettext_lazy("Minutes and recording follow in time")
    why = gettext_lazy("Who could not come must be able to read what was said.")
    reference = "N.Y. Pub. Off. Law §106"
    checks = {"minutes": (), "recording": (), "captions": ()}
    applies_to = HEARING

    severity: Severity = Severity.AUTO
    incomplete: Severity = Severity.BLOCK
    days: int = 14

    def check(self, view: PageView) -> Iterable[PageFinding]:
        owed_by = papers_due(view, days=self.days)
        if owed_by is None:
            return
        words = {
            Due.NOT_YET: _("The page will say that they are due by %s."),
            Due.WAITING: _("They are due by %s."),
            Due.KEPT: _("They came in time: they were due by %s."),
            Due.LATE: _("They were due by %s and came later."),
            Due.OVERDUE: _("They were due by %s: the page says overdue."),
        }
        state = papers_state(view, view.minutes_published_at, days=self.days)
        yield self.finding(
            "minutes",
            _("Minutes: %s") % words[state] % date_format(owed_by),
            _("There is nothing to do now."),
            at=Location(path="minutes", quote=state.value),
        )
        if view.recording is None:
            return
        state = papers_state(view, view.recording_published_at, days=self.days)
        yield self.finding(
            "recording",
            _("Recording: %s") % words[state] % date_format(owed_by),
            _("There is nothing to do now."),
            at=Location(path="recording", quote=state.value),
        )
        film = view.recording.is_video
        problem = captions.read(view.recording.captions or "").problem if film else ""
        if problem or not view.recording.transcript.strip():
            yield self.finding(
                "captions",
                problem or _("The recording has no transcript."),
                _("Add WebVTT captions and a transcript before it is shown."),
                at=Location(path="recording"),
                severity=self.incomplete,
            )


def papers_due(view: PageView, *, days: int = 14) -> date | None:
    """Return the last day for minutes and recording; None while there is no meeting."""
    ended = last_day(view)
    return later(ended, days) if ended else None


def papers_state(view: PageView, published: datetime | None, *, days: int = 14) -> Due:
    """Return how minutes or recording stand, owed from the last meeting on."""
    return due_state(
        owed_by=papers_due(view, days=days),
        done_on=day(published, view.time_zone) if published else None,
        starts=last_day(view),
        today=day(view.now, view.time_zone),
    )
