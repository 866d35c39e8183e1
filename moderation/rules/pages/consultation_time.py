"""Long enough to answer, at a time when people can."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from moderation.rules.pages.base import Location, PageFinding, PageRule, Severity
from moderation.rules.pages.days import (
    Calendar,
    day,
    periods,
    public_holidays,
    whole_days,
)
from moderation.rules.pages.registry import register
from moderation.rules.pages.view import Kind, PageView

CONSULTATION = frozenset({Kind.CONSULTATION})
CLOSES = Location(path="closes_at")


def span(view: PageView) -> tuple[date, date] | None:
    """Return the first and the last day to take part; None while one is missing."""
    if not (view.opens_at and view.closes_at):
        return None
    return day(view.opens_at, view.time_zone), day(view.closes_at, view.time_zone)


def length(view: PageView) -> int:
    """Return for how many days people can take part; 0 while a date is missing."""
    if not (view.opens_at and view.closes_at):
        return 0
    return whole_days(view.opens_at, view.closes_at, view.time_zone)


@register
@dataclass(frozen=True, kw_only=True)
class ConsultationIsLongEnough(PageRule):
    """Block consultations shorter than their type needs.

    Below `days` a public reason is possible, below `statutory_days` none. Days are
    full days from opening to closing.
    """

    id = "CON-01"
    title = gettext_lazy("The consultation is long enough")
    why = gettext_lazy(
        "Associations meet once a month, families plan by the week: who learns of it "
        "late must still be able to answer."
    )
    reference = "HL SLSC 2013; BauGB §3(2); Dir. 2011/92/EU Art. 6(7)"
    checks = {"dates": (), "short": (), "statutory": ()}
    applies_to = CONSULTATION

    days: int = 42
    statutory_days: int = 0

    def check(self, view: PageView) -> Iterable[PageFinding]:
        if not (view.opens_at and view.closes_at):
            yield self.finding(
                "dates",
                _("It is not said when people can take part."),
                _("Set the moments when it opens and closes."),
                at=Location(path="closes_at" if view.opens_at else "opens_at"),
                is_waivable=False,
            )
            return
        days = length(view)
        if days < self.statutory_days:
            yield self._short("statutory", days, self.statutory_days)
        elif days < self.days:
            yield self._short("short", days, self.days)

    def _short(self, check: str, days: int, least: int) -> PageFinding:
        said = ngettext(
            "The consultation lasts %(days)d day, at least %(least)d are needed.",
            "The consultation lasts %(days)d days, at least %(least)d are needed.",
            days,
        )
        return self.finding(
            check,
            said % {"days": days, "least": least},
            _("Close it later."),
            at=CLOSES,
            is_waivable=check == "short",
        )


@register
@dataclass(frozen=True, kw_only=True)
class HolidaysAreMadeUpFor(PageRule):
    """Warn of consultations that lose five working days to holidays and add none.

    `regions` are countries or parts of them (“DE-SN”), `periods` school or closing
    days: “2027-07-26/2027-09-05”, or “12-22/01-02” for every year. From `lost` lost
    days on, `more_days` are due on top of `days`.
    """

    id = "CON-02"
    title = gettext_lazy("Holidays are made up for")
    why = gettext_lazy("People who are away, or have children at home, cannot answer.")
    reference = "HL SLSC 2013"
    checks = {"holidays": ()}
    applies_to = CONSULTATION

    severity: Severity = Severity.WARN
    regions: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    lost: int = 5
    days: int = 42
    more_days: int = 14

    def __post_init__(self) -> None:
        periods(self.periods)
        for region in self.regions:
            public_holidays(region, 2026)

    def check(self, view: PageView) -> Iterable[PageFinding]:
        dates = span(view)
        if not dates or length(view) >= self.days + self.more_days:
            return
        lost = Calendar(self.regions, periods(self.periods)).holidays_between(*dates)
        if lost >= self.lost:
            yield self.finding(
                "holidays",
                _("%(lost)d of its working days are holidays.") % {"lost": lost},
                _("Let it last at least %d days.") % (self.days + self.more_days),
                at=CLOSES,
            )


@register
@dataclass(frozen=True, kw_only=True)
class ElectionsAreLeftAlone(PageRule):
    """Warn of consultations that open or close in an election period of the policy."""

    id = "CON-03"
    title = gettext_lazy("It neither opens nor closes before an election")
    why = gettext_lazy(
        "Before an election a consultation is read as campaigning, and its answers too."
    )
    reference = "UK Consultation Principles 2018"
    checks = {"election": ()}
    applies_to = CONSULTATION

    severity: Severity = Severity.WARN
    periods: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        periods(self.periods)

    def check(self, view: PageView) -> Iterable[PageFinding]:
        for path, moment in (
            ("opens_at", view.opens_at),
            ("closes_at", view.closes_at),
        ):
            for period in periods(self.periods) if moment else ():
                if moment and period.covers(day(moment, view.time_zone)):
                    yield self.finding(
                        "election",
                        _("This day lies in an election period."),
                        _("Choose a day before or after it."),
                        at=Location(path=path),
                    )


@register
@dataclass(frozen=True, kw_only=True)
class ClosingOnlyMovesLater(PageRule):
    """Block an earlier closing date once people were told a later one.

    The same for opening later than announced, once it has opened, and for ending the
    discussion before the close. What was taken down in between stays promised, but may
    open anew.
    """

    id = "CON-12"
    title = gettext_lazy("Once open, it closes later or not at all")
    why = gettext_lazy(
        "Whoever planned to answer in the last week is shut out without knowing."
    )
    reference = "Gunning 3; R v Brent ex p Gunning (1985)"
    checks = {"earlier": (), "opening": (), "discussion": ()}

    def check(self, view: PageView) -> Iterable[PageFinding]:
        before = view.published
        if not (before and before.opens_at and before.opens_at <= view.now):
            return
        if before.closes_at and (
            view.closes_at is None or view.closes_at < before.closes_at
        ):
            yield self.finding(
                "earlier",
                _("The public was told that it closes later."),
                _("Keep the date, or choose a later one."),
                at=CLOSES,
                is_waivable=False,
            )
        if not before.is_live:
            return
        if view.opens_at is None or view.opens_at > max(before.opens_at, view.now):
            yield self.finding(
                "opening",
                _("It is open already: it cannot open later."),
                _("Keep the date on which it opened."),
                at=Location(path="opens_at"),
                is_waivable=False,
            )
        is_over = before.closes_at is not None and before.closes_at <= view.now
        if before.has_discussion and not (view.has_discussion or is_over):
            yield self.finding(
                "discussion",
                _("People were told that they can write here until it closes."),
                _("Leave the discussion on the page until then."),
                at=Location(path="has_discussion"),
            )
