from datetime import timedelta

import pytest
from django.utils import timezone, translation

from moderation.choices import Standing
from moderation.rules import Action, Effect, Kind, Thread, from_policy
from tests.moderation.rules.submissions import NOW, findings, post

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
NEW = {"standing": Standing.NEW, "author_since": NOW - 2 * HOUR}


def posts(count: int, **facts):
    return tuple(post(ago=MINUTE * (number + 5), **facts) for number in range(count))


class TestANewcomer:
    def test_may_start_three_threads_on_the_first_day(self):
        two, three = posts(2, starts_thread=True), posts(3, starts_thread=True)
        assert findings("pace", recent=two, **NEW) == ()
        (finding,) = findings("pace", recent=three, **NEW)
        assert finding.effect == Effect.REFUSE
        assert "start 3 threads" in finding.message
        assert "you can start threads again." in finding.message
        assert finding.until == NOW + 22 * HOUR

    def test_may_still_answer_after_three_threads(self):
        thread = Thread(authors=(7,), answered=7)
        recent = posts(3, starts_thread=True)
        assert findings("pace", recent=recent, thread=thread, **NEW) == ()
        assert findings("pace", recent=recent, kind=Kind.STATEMENT, **NEW) == ()

    def test_may_write_ten_posts_on_the_first_day(self):
        thread = Thread(authors=(7,), answered=7)
        assert findings("pace", recent=posts(9), thread=thread, **NEW) == ()
        (finding,) = findings("pace", recent=posts(10), thread=thread, **NEW)
        assert "write 10 posts" in finding.message
        assert "From 5 May, 09:30 you can post again." in finding.message

    def test_is_as_free_as_others_on_the_second_day(self):
        facts = {**NEW, "author_since": NOW - 24 * HOUR}
        assert findings("pace", recent=posts(10, starts_thread=True), **facts) == ()

    def test_is_known_by_standing_not_by_date(self):
        facts = {**NEW, "standing": Standing.KNOWN}
        assert findings("pace", recent=posts(10, starts_thread=True), **facts) == ()


class TestSlowMode:
    OPTIONS = {"slow_mode_seconds": 600}

    def test_asks_for_a_pause_between_two_posts(self):
        recent = (post(ago=9 * MINUTE, here=True), post(ago=HOUR, here=True))
        (finding,) = findings("pace", recent=recent, options=self.OPTIONS)
        assert "slow mode" in finding.message
        assert finding.until == NOW + MINUTE

    def test_ends_to_the_second(self):
        recent = (post(ago=10 * MINUTE, here=True),)
        assert findings("pace", recent=recent, options=self.OPTIONS) == ()

    def test_does_not_count_other_discussions(self):
        assert findings("pace", recent=posts(3), options=self.OPTIONS) == ()

    def test_is_off_unless_a_policy_asks_for_it(self):
        assert findings("pace", recent=(post(ago=MINUTE, here=True),)) == ()

    def test_leaves_edits_alone(self):
        recent = (post(ago=MINUTE, here=True),)
        facts = {"recent": recent, "options": self.OPTIONS}
        assert findings("pace", action=Action.EDIT, **facts) == ()


class TestTheHour:
    def test_holds_for_everybody(self):
        options = {"per_hour": 5}
        assert findings("pace", recent=posts(4), options=options) == ()
        (finding,) = findings("pace", recent=posts(7), options=options)
        assert "5 posts within one hour" in finding.message
        assert finding.until == NOW - 9 * MINUTE + HOUR

    def test_forgets_what_is_older(self):
        recent = (*posts(4), post(ago=HOUR))
        assert findings("pace", recent=recent, options={"per_hour": 5}) == ()

    def test_can_be_switched_off(self):
        assert findings("pace", recent=posts(100), options={"per_hour": 0}) == ()


class TestARequestThatWasOvertaken:
    """It was begun before a post that is stored already."""

    LATER = -timedelta(milliseconds=3)

    def test_is_held_to_slow_mode(self):
        recent = (post(ago=self.LATER, here=True),)
        (finding,) = findings("pace", recent=recent, options=TestSlowMode.OPTIONS)
        assert finding.until == NOW - self.LATER + 10 * MINUTE

    def test_is_held_to_the_hour(self):
        recent = tuple(post(ago=self.LATER * number) for number in range(1, 6))
        assert findings("pace", recent=recent, options={"per_hour": 5})

    def test_is_held_to_the_first_day(self):
        threads = (post(ago=self.LATER, starts_thread=True),) * 3
        assert findings("pace", recent=threads, **NEW)
        thread = Thread(authors=(7,), answered=7)
        posts = (post(ago=self.LATER),) * 10
        assert findings("pace", recent=posts, thread=thread, **NEW)


class TestWhatIsSaidBefore:
    def limits(self, kind=Kind.COMMENT, *, newcomer=False, **options):
        (rule,) = from_policy([("pace", options)])
        return " ".join(rule.limits(kind, newcomer=newcomer))

    def test_is_the_slow_mode_in_minutes_or_seconds(self):
        assert "one comment every 2 minutes" in self.limits(slow_mode_seconds=120)
        assert "one comment every 90 seconds" in self.limits(slow_mode_seconds=90)
        assert "Slow mode" not in self.limits()
        assert "Slow mode" not in self.limits(Kind.STATEMENT, slow_mode_seconds=90)

    def test_is_the_first_day_to_newcomers(self):
        told = self.limits(newcomer=True, newcomer_threads=4)
        assert "start 4 threads" in told
        assert "write 10 posts" in told
        assert "thread" not in self.limits(Kind.STATEMENT, newcomer=True)
        assert "first day" not in self.limits()

    def test_is_the_hour_unless_it_is_off(self):
        assert self.limits(per_hour=5) == "You can write 5 posts within one hour."
        assert self.limits(per_hour=0) == ""
        # Nobody who writes at leisure meets it.
        assert self.limits() == ""


class TestTheAnswer:
    def test_is_one_and_the_one_that_holds_longest(self):
        recent = posts(10, here=True, starts_thread=True)
        options = {"slow_mode_seconds": 3600, "per_hour": 5}
        (finding,) = findings("pace", recent=recent, options=options, **NEW)
        assert finding.until == NOW + 22 * HOUR

    @pytest.mark.parametrize(
        ("language", "zone", "words"),
        [
            ("en", "Europe/London", "From 11:31 "),
            ("de", "Europe/Berlin", "12:31"),
            ("en", "Asia/Tokyo", "From 19:31 "),
        ],
    )
    def test_is_in_the_words_and_the_time_of_the_place(self, language, zone, words):
        recent = (post(ago=9 * MINUTE, here=True),)
        options = {"slow_mode_seconds": 600}
        with translation.override(language), timezone.override(zone):
            (finding,) = findings("pace", recent=recent, options=options)
        assert words in finding.message
