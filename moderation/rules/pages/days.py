"""Days as a town counts them: working days, holidays, periods of the year."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays
from django.utils.translation import gettext as _

from moderation.rules.options import BadOption

LONGEST_PERIOD = 3660


@dataclass(frozen=True)
class Period:
    """Days from the first to the last, both included; without years, every year.

    Written as “2027-03-25/2027-05-06”, or as “12-22/01-02” for every year.
    """

    first: str
    last: str

    @classmethod
    def read(cls, text: str) -> "Period":
        """Return the period that a text says, or raise `BadOption`."""
        first, _slash, last = text.strip().partition("/")
        period = cls(first, last or first)
        try:
            begin, end = period.within(2024)
        except ValueError:
            begin, end = date.max, date.min
        if begin > end or (end - begin).days > LONGEST_PERIOD:
            raise BadOption(
                _(
                    "“%s” is no period. Write 2027-03-25/2027-05-06, or 12-22/01-02 "
                    "for every year."
                )
                % text
            )
        return period

    @property
    def is_yearly(self) -> bool:
        """Say whether the period comes back every year."""
        return len(self.first) == len("12-22")

    def within(self, year: int) -> tuple[date, date]:
        """Return the first and last day; of a yearly period, as it begins in a year."""
        if not self.is_yearly:
            return date.fromisoformat(self.first), date.fromisoformat(self.last)
        first = date.fromisoformat(f"{year}-{self.first}")
        last = date.fromisoformat(f"{year}-{self.last}")
        if last < first:
            last = date.fromisoformat(f"{year + 1}-{self.last}")
        return first, last

    def covers(self, day: date) -> bool:
        """Say whether a day lies in the period."""
        years = (day.year - 1, day.year) if self.is_yearly else (day.year,)
        return any(first <= day <= last for first, last in map(self.within, years))


def periods(texts: Iterable[str]) -> tuple[Period, ...]:
    """Return the periods that an option lists, or raise `BadOption`."""
    return tuple(Period.read(text) for text in texts)


def is_zone(name: str) -> bool:
    """Say whether there is a time zone of this name."""
    try:
        return bool(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def day(moment: datetime, time_zone: str) -> date:
    """Return the day of a moment in a time zone; as written if nobody knows the zone."""
    try:
        return moment.astimezone(ZoneInfo(time_zone)).date()
    except (ZoneInfoNotFoundError, ValueError, OSError, OverflowError):
        return moment.date()


def whole_days(first: datetime, last: datetime, time_zone: str) -> int:
    """Return how many full days lie between two moments, by the clocks of a town.

    A day on which the clocks are changed counts like any other.
    """
    try:
        zone = ZoneInfo(time_zone)
        first, last = (
            each.astimezone(zone).replace(tzinfo=None) for each in (first, last)
        )
    except (ZoneInfoNotFoundError, ValueError, OSError, OverflowError):
        first, last = first.astimezone(UTC), last.astimezone(UTC)
    return max((last - first).days, 0)


def hours_between(first: datetime, last: datetime) -> float:
    """Return the hours that pass between two moments, whatever zones they are in.

    Python's own difference reads the clocks where both are in one zone.
    """
    return (last.astimezone(UTC) - first.astimezone(UTC)).total_seconds() / 3600


def later(a_day: date, days: int) -> date:
    """Return the day that many days later, or the last there is."""
    return a_day + timedelta(days=min(days, (date.max - a_day).days))


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield the days from the first to the last, both included; ten years at most."""
    for number in range(min((last - first).days + 1, LONGEST_PERIOD)):
        yield first + timedelta(days=number)


@dataclass(frozen=True)
class Calendar:
    """Which days are holidays: public ones of the regions, and periods on top.

    A region is a country or a part of one: “DE”, “DE-SN”, “GB-ENG”, “US-CA”.
    """

    regions: tuple[str, ...] = ()
    off: tuple[Period, ...] = ()

    def is_holiday(self, a_day: date) -> bool:
        """Say whether nobody works on a weekday because of a holiday."""
        return any(
            a_day in public_holidays(region, a_day.year) for region in self.regions
        ) or any(period.covers(a_day) for period in self.off)

    def is_working_day(self, a_day: date) -> bool:
        """Say whether a day is Monday to Friday and no holiday."""
        return a_day.weekday() < 5 and not self.is_holiday(a_day)

    def holidays_between(self, first: date, last: date) -> int:
        """Return how many weekdays are lost to holidays, both ends included."""
        return sum(
            each.weekday() < 5 and self.is_holiday(each)
            for each in days_between(first, last)
        )

    def working_days_before(self, a_day: date, number: int) -> date:
        """Return the day that many working days earlier."""
        for _step in range(min((a_day - date.min).days, LONGEST_PERIOD)):
            if number <= 0:
                break
            a_day -= timedelta(days=1)
            number -= self.is_working_day(a_day)
        return a_day


@lru_cache(maxsize=256)
def public_holidays(region: str, year: int) -> frozenset[date]:
    """Return the public holidays of a region in a year, or raise `BadOption`."""
    country, _dash, part = region.partition("-")
    try:
        found = holidays.country_holidays(country, subdiv=part or None, years=year)
    except (NotImplementedError, KeyError, ValueError):
        raise BadOption(
            _("No holidays are known of “%s”. Write a country or a part: DE, GB-ENG.")
            % region
        ) from None
    return frozenset(found)
