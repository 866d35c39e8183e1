"""When a hearing is told, what it owes, and who speaks when."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from django.utils import translation

from moderation.rules.pages.answers import Due
from moderation.rules.pages.hearing_notice import papers_due, papers_state
from moderation.rules.pages.invitation import calendar_file, when
from moderation.rules.pages.speakers import Request, speaking_order
from tests.moderation.pages.views import NOW, checks, hearing, public


class TestAHearing:
    def test_announced_two_weeks_before_is_in_time(self):
        page = hearing(first_published_at=datetime(2026, 5, 27, 20, tzinfo=UTC))
        assert checks("HEA-01", page) == set()
        page = hearing(first_published_at=datetime(2026, 5, 27, 22, 30, tzinfo=UTC))
        assert checks("HEA-01", page) == {"late"}

    def announced(self, now, *starts):
        """Return a hearing that was told a month ago, and how its meetings would be."""
        page = public(hearing(now=now), meetings=(hearing().sessions[0].starts_at,))
        meeting = page.sessions[0]
        sessions = tuple(
            replace(meeting, starts_at=each, ends_at=each + timedelta(hours=2))
            for each in starts
        )
        told = datetime(2026, 5, 4, tzinfo=UTC)
        return replace(page, sessions=sessions, first_published_at=told)

    def test_that_comes_earlier_than_told_is_announced_anew(self):
        start = hearing().sessions[0].starts_at
        now = start - timedelta(days=12)
        moved = self.announced(now, start - timedelta(days=3))
        assert checks("HEA-01", moved) == {"late"}
        assert checks("HEA-01", self.announced(now, start)) == set()
        later = self.announced(now, start + timedelta(days=1))
        assert checks("HEA-01", later) == set()

    def test_that_gets_another_meeting_announces_it_anew(self):
        start = hearing().sessions[0].starts_at
        now = start - timedelta(days=12)
        soon, far = start + timedelta(days=1), start + timedelta(days=9)
        assert checks("HEA-01", self.announced(now, start, soon)) == {"late"}
        assert checks("HEA-01", self.announced(now, start, far)) == set()

    def test_that_is_over_surprises_nobody(self):
        start = hearing().sessions[0].starts_at
        page = self.announced(start + timedelta(days=3), start - timedelta(hours=1))
        assert checks("HEA-01", page) == set()

    def test_may_change_its_agenda_late_with_a_notice(self):
        page = public(hearing(now=datetime(2026, 6, 9, tzinfo=UTC)))
        page = replace(page, agenda="Only the plan.")
        assert checks("HEA-02", page) == {"late-change"}
        assert checks("HEA-02", replace(page, agenda_notice="Ill.")) == set()
        earlier = replace(page, now=datetime(2026, 6, 7, 16, tzinfo=UTC))
        assert checks("HEA-02", earlier) == set()

    def test_owes_its_minutes_two_weeks_after_the_last_meeting(self):
        page = hearing(now=datetime(2026, 6, 25, tzinfo=UTC))
        assert papers_due(page) == date(2026, 6, 24)
        assert papers_state(page, None) is Due.OVERDUE
        assert papers_state(page, datetime(2026, 6, 20, tzinfo=UTC)) is Due.KEPT

    def test_that_nobody_can_join_from_afar_says_why(self):
        page = hearing()
        here = replace(page.sessions[0], join_url="", join_phone="")
        page = replace(page, sessions=(here,))
        assert checks("HEA-05", page) == {"remote"}
        page = replace(page, not_remote_because="The hall has no line.")
        assert checks("HEA-05", page) == set()

    def test_says_its_time_zone(self):
        said = when(hearing().sessions[0], "Europe/Berlin")
        assert said.endswith("19:00 to 21:00 (CEST, Europe/Berlin)")
        with translation.override("de"):
            assert when(hearing().sessions[0], "Europe/Berlin").startswith("10. Juni")


class TestTheCalendarFile:
    def test_holds_each_meeting_in_utc(self):
        text = calendar_file(hearing(), url="https://example.org/hearing/")
        assert text.startswith("BEGIN:VCALENDAR\r\n")
        assert "DTSTART:20260610T170000Z\r\n" in text
        assert "LOCATION:Town hall\\, great hall\\, entrance" in text

    def test_folds_lines_and_lets_no_field_break_out(self):
        title = "Ä" * 60 + "\nATTENDEE:mailto:a@example.org"
        text = calendar_file(hearing(title=title), url="https://example.org/")
        assert "\nATTENDEE" not in text.replace("\r\n ", "")
        assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


class TestTheListOfSpeakers:
    def test_begins_with_those_who_never_spoke(self):
        asked = [
            Request(name="A", asked_at=NOW, has_spoken=True),
            Request(name="B", asked_at=NOW + timedelta(minutes=2)),
            Request(name="C", asked_at=NOW + timedelta(minutes=1)),
        ]
        turns = speaking_order(asked, seconds=540)
        assert [(turn.number, turn.name) for turn in turns] == [
            (1, "C"),
            (2, "B"),
            (3, "A"),
        ]
        assert {turn.seconds for turn in turns} == {180}

    def test_gives_nobody_less_than_a_minute_or_more_than_five(self):
        many = [Request(name=str(n), asked_at=NOW) for n in range(500)]
        assert speaking_order(many, seconds=3600)[0].seconds == 60
        assert speaking_order(many[:1], seconds=3600)[0].seconds == 300
        assert speaking_order([], seconds=3600) == ()
