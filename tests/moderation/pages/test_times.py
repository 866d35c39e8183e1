"""Days and deadlines of a consultation."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from moderation.rules.options import BadOption
from moderation.rules.pages import registry
from moderation.rules.pages.answers import (
    Due,
    outcome_due,
    outcome_state,
    reminder_days,
)
from moderation.rules.pages.days import Calendar, Period, day, hours_between, later
from tests.moderation.pages.views import NOW, checks, consultation, findings, public


class TestAPeriod:
    def test_of_one_year_covers_its_days(self):
        period = Period.read("2027-03-25/2027-05-06")
        assert period.covers(date(2027, 5, 6))
        assert not period.covers(date(2028, 5, 6))

    @pytest.mark.parametrize("a_day", [date(2026, 12, 22), date(2027, 1, 2)])
    def test_of_every_year_may_pass_new_year(self, a_day):
        assert Period.read("12-22/01-02").covers(a_day)

    @pytest.mark.parametrize(
        "text", ["", "Easter", "2027-05-06/2027-03-25", "13-01/13-02"]
    )
    def test_that_is_none_is_refused(self, text):
        with pytest.raises(BadOption):
            Period.read(text)


class TestTheCalendar:
    def test_knows_the_holidays_of_a_part_of_a_country(self):
        bavaria = Calendar(("DE-BY",))
        assert not bavaria.is_working_day(date(2026, 1, 6))
        assert Calendar(("DE",)).is_working_day(date(2026, 1, 6))

    def test_counts_working_days_back_over_easter(self):
        # Good Friday and Easter Monday 2026 are 3 and 6 April.
        calendar = Calendar(("DE",))
        assert calendar.working_days_before(date(2026, 4, 9), 5) == date(2026, 3, 31)

    def test_refuses_a_region_that_nobody_knows(self):
        with pytest.raises(BadOption):
            registry.get("CON-02")(regions=("Atlantis",))

    def test_counts_days_where_people_are(self):
        moment = datetime(2026, 5, 4, 23, 30, tzinfo=UTC)
        assert day(moment, "Asia/Manila") == date(2026, 5, 5)
        assert day(moment, "nowhere") == date(2026, 5, 4)
        assert later(date(9999, 12, 30), 84) == date(9999, 12, 31)


class TestTheLength:
    def test_of_six_weeks_is_enough_to_the_minute(self):
        start = consultation().opens_at
        exactly = consultation(closes_at=start + timedelta(days=42))
        less = consultation(closes_at=start + timedelta(days=42, minutes=-1))
        assert checks("CON-01", exactly) == set()
        assert checks("CON-01", less) == {"short"}

    def test_below_the_law_cannot_be_waived_and_above_it_can(self):
        start = consultation().opens_at
        page = consultation(closes_at=start + timedelta(days=31))
        (short,) = findings("CON-01", page, statutory_days=30)
        assert short.is_waivable
        page = consultation(closes_at=start + timedelta(days=29))
        (short,) = findings("CON-01", page, statutory_days=30)
        assert not short.is_waivable

    def test_makes_up_for_holidays_with_two_weeks(self):
        options = {"regions": ("DE",), "periods": ("12-22/01-06",)}
        start = datetime(2026, 12, 1, tzinfo=UTC)
        page = consultation(opens_at=start, closes_at=start + timedelta(days=56))
        assert checks("CON-02", page, **options) == set()
        page = replace(page, closes_at=start + timedelta(days=55))
        assert checks("CON-02", page, **options) == {"holidays"}


class TestAcrossAChangeOfTheClocks:
    """The same moments, as a form has them and as a database gives them back."""

    ZONE = ZoneInfo("Europe/London")
    OPENS = datetime(2031, 3, 3, 8, tzinfo=ZONE)
    CLOSES = datetime(2031, 4, 7, 8, tzinfo=ZONE)

    @pytest.mark.parametrize("zone", [ZONE, UTC, ZoneInfo("Asia/Manila")])
    def test_days_are_counted_alike(self, zone):
        view = consultation(
            opens_at=self.OPENS.astimezone(zone),
            closes_at=self.CLOSES.astimezone(zone),
            time_zone="Europe/London",
        )
        (found,) = findings("CON-01", view)
        assert "lasts 35 days" in found.message

    def test_hours_are_those_that_pass(self):
        before = datetime(2031, 3, 29, 12, tzinfo=self.ZONE)
        after = datetime(2031, 3, 30, 12, tzinfo=self.ZONE)
        assert hours_between(before, after) == 23
        assert hours_between(before.astimezone(UTC), after) == 23


class TestAfterOpening:
    def opened(self, **changes):
        page = consultation(opens_at=NOW - timedelta(days=1))
        return replace(public(page), **changes)

    def test_the_close_may_move_later(self):
        page = self.opened()
        page = replace(page, closes_at=page.closes_at + timedelta(days=1))
        assert checks("CON-12", page) == set()

    @pytest.mark.parametrize("closes_at", [None, NOW + timedelta(days=56)])
    def test_the_close_cannot_move_earlier_or_vanish(self, closes_at):
        page = self.opened(closes_at=closes_at)
        assert checks("CON-12", page) == {"earlier"}

    def test_before_it_everything_may_move(self):
        page = replace(public(consultation()), closes_at=NOW + timedelta(days=8))
        assert checks("CON-12", page) == set()

    def test_the_discussion_stays_until_the_close(self):
        page = public(replace(self.opened(), has_discussion=False), has_discussion=True)
        assert checks("CON-12", page) == {"discussion"}
        over = replace(page, now=page.closes_at + timedelta(days=1))
        assert checks("CON-12", over) == set()

    def test_what_was_taken_down_may_open_anew_but_not_close_earlier(self):
        page = self.opened()
        before = replace(page.published, is_live=False)
        page = replace(page, published=before, opens_at=NOW + timedelta(days=1))
        assert checks("CON-12", page) == set()
        page = replace(page, closes_at=page.closes_at - timedelta(days=1))
        assert checks("CON-12", page) == {"earlier"}

    def test_a_dated_correction_lets_a_question_change(self):
        from moderation.rules.pages.facts import Correction

        changed = self.opened(has_answers=True, texts={"poll_question": "Trees?"})
        assert checks("CON-13", changed) == {"changed"}
        note = Correction(path="poll_question", at=NOW, note="The word was wrong.")
        assert checks("CON-13", replace(changed, corrections=(note,))) == set()
        old = replace(note, at=NOW - timedelta(days=30))
        assert checks("CON-13", replace(changed, corrections=(old,))) == {"changed"}

    def test_space_is_no_change(self):
        texts = {"poll_question": " What should  stand on the square?\n"}
        page = self.opened(has_answers=True, texts=texts)
        assert checks("CON-13", page) == set()


class TestTheOutcome:
    def page(self, **changes):
        return consultation(closes_at=datetime(2026, 6, 30, 22, tzinfo=UTC), **changes)

    @pytest.mark.parametrize(
        ("now", "state"),
        [
            (datetime(2026, 6, 1, tzinfo=UTC), Due.NOT_YET),
            (datetime(2026, 7, 10, tzinfo=UTC), Due.WAITING),
            (datetime(2026, 9, 23, 12, tzinfo=UTC), Due.WAITING),
            (datetime(2026, 9, 23, 22, 30, tzinfo=UTC), Due.OVERDUE),
        ],
    )
    def test_is_due_twelve_weeks_after_the_close(self, now, state):
        # 22:00 UTC is midnight in the town: it closed on 1 July.
        assert outcome_due(self.page()) == date(2026, 9, 23)
        assert outcome_state(self.page(now=now)) is state

    def test_is_kept_or_late_by_its_day(self):
        late = self.page(answered_at=datetime(2026, 10, 1, tzinfo=UTC))
        kept = self.page(answered_at=datetime(2026, 9, 1, tzinfo=UTC))
        assert outcome_state(late) is Due.LATE
        assert outcome_state(kept) is Due.KEPT

    def test_is_reminded_of_three_times(self):
        assert reminder_days(date(2026, 9, 29)) == (
            date(2026, 9, 1),
            date(2026, 9, 22),
            date(2026, 9, 29),
        )
