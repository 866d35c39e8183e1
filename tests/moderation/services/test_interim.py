from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from moderation.choices import Act, ContentStatus, FlagReason, Standing
from moderation.models import Decision, Flag, Interim, Notice
from moderation.queries import queue, register, reporters, statements
from moderation.services import flags, interim, review
from tests.factories.moderation import ParticipantFactory, PolicyFactory
from tests.factories.notes import ModeratorFactory, NoteFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def report(note, now, by=None, reason=FlagReason.INSULT):
    person = by or ParticipantFactory(standing=Standing.TRUSTED)
    flags.raise_by_person(
        content=note, reporter=person, reason=reason, text="x", good_faith=True, now=now
    )
    return person


def decide(note, act, now):
    reasons = {} if act != Act.HIDE else {
        "ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT", "rule_id": "insult",
        "facts": "It calls the mayor a name.",
    }  # fmt: skip
    return review.decide(
        content=note, act=act, decided_by=ModeratorFactory(), now=now, **reasons
    )


def put_aside(now):
    note = NoteFactory()
    for _ in range(3):
        report(note, now)
    note.refresh_from_db()
    return note


def with_record(now, *, founded=0, unfounded=0, standing=Standing.TRUSTED):
    person = ParticipantFactory(standing=standing)
    for act, times in ((Act.HIDE, founded), (Act.KEEP, unfounded)):
        for _ in range(times):
            note = NoteFactory()
            report(note, now, by=person)
            decide(note, act, now)
    person.refresh_from_db()
    return person


class TestHidingOnReports:
    def test_takes_three_trusted_readers(self, now):
        note = NoteFactory()
        for _ in range(2):
            report(note, now)
        for standing in ("new", "known", "known", "known"):
            report(note, now, by=ParticipantFactory(standing=standing))
        note.refresh_from_db()
        assert note.is_public
        report(note, now)
        note.refresh_from_db()
        assert note.status == ContentStatus.HELD

    def test_takes_readers_whose_reports_proved_right(self, now):
        note = NoteFactory()
        for _ in range(3):
            report(note, now, by=with_record(now, unfounded=4))
        note.refresh_from_db()
        assert note.is_public

    def test_can_be_switched_off(self, now):
        PolicyFactory(is_default=True, hides_on_reports=False)
        assert put_aside(now).is_public

    def test_tells_author_and_moderators_at_once(
        self, now, django_capture_on_commit_callbacks
    ):
        moderator = ModeratorFactory()
        with django_capture_on_commit_callbacks(execute=True):
            note = put_aside(now)
        to = [letter.to[0] for letter in mail.outbox]
        assert sorted(to) == sorted([note.author.account.email, moderator.email])
        assert "48 hours at most" in Notice.objects.get().decision.rule_text

    def test_stands_first_in_the_queue(self, now):
        report(NoteFactory(), now - HOUR, reason=FlagReason.ILLEGAL)
        note = put_aside(now)
        first, second = queue.page()
        assert first.content == note
        assert first.is_put_aside
        assert not second.is_put_aside

    def test_says_when_it_ends(self, now):
        note = put_aside(now)
        told = statements.as_dsa(Decision.objects.get(), note)
        assert told["end_date_visibility_restriction"] == "2026-05-06"
        assert told["automated_decision"] == "AUTOMATED_DECISION_FULLY"

    def test_says_when_it_ends_on_the_page_and_by_letter(
        self, client, now, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            note = put_aside(now)
        address = reverse("moderation:decision", args=[Decision.objects.get().receipt])
        page = client.get(address).content.decode()
        (letter,) = [m for m in mail.outbox if m.to == [note.author.account.email]]
        until = date_format(timezone.localtime(Interim.objects.get().ends_at))
        for told in (page, letter.body):
            assert until in told
            assert "unless a moderator decides before" in told

    def test_ends_by_itself_after_two_days_and_does_not_come_back(self, now):
        note = put_aside(now)
        assert interim.end_due(now=now + 48 * HOUR - timedelta(seconds=1)) == 0
        assert interim.end_due(now=now + 48 * HOUR) == 1
        assert interim.end_due(now=now + 49 * HOUR) == 0
        note.refresh_from_db()
        assert note.is_public
        assert Flag.objects.waiting().count() == 3
        report(note, now + 50 * HOUR)
        note.refresh_from_db()
        assert note.is_public
        assert register.verify().is_whole

    def test_ends_when_moderators_look_or_the_command_runs(self, client, now):
        note = put_aside(timezone.now() - 49 * HOUR)
        client.force_login(ModeratorFactory())
        client.get(reverse("moderation_admin:queue"))
        note.refresh_from_db()
        assert note.is_public
        other = put_aside(timezone.now() - 49 * HOUR)
        call_command("tidy")
        other.refresh_from_db()
        assert other.is_public

    @pytest.mark.parametrize("act", [Act.PUBLISH, Act.HIDE])
    def test_ends_with_a_decision(self, now, act):
        note = put_aside(now)
        decide(note, act, now + HOUR)
        assert not Interim.objects.open().exists()
        assert not Flag.objects.waiting().exists()
        assert interim.end_due(now=now + 99 * HOUR) == 0


class TestTheWeightOfAReport:
    @pytest.mark.parametrize(
        ("standing", "expected"), [("new", 0.5), ("known", 1.0), ("trusted", 1.5)]
    )
    def test_is_that_of_the_standing_at_first(self, standing, expected):
        person = ParticipantFactory(standing=standing)
        assert reporters.weight(person, reporters.Record()) == expected

    def test_follows_what_came_of_earlier_reports(self, now):
        right = with_record(now, founded=2)
        wrong = with_record(now, unfounded=2)
        found = reporters.records([right.pk, wrong.pk])
        assert found[right.pk] == reporters.Record(founded=2)
        assert reporters.weight(right, found[right.pk]) == 1.5 * 2 * 3 / 4
        assert reporters.weight(wrong, found[wrong.pk]) == 1.5 * 2 * 1 / 4

    def test_is_none_without_an_account(self):
        assert reporters.weight(None, reporters.Record()) == 0


class TestUnfoundedReports:
    def test_lead_to_a_warning_first(self, now):
        person = with_record(now, unfounded=4)
        assert person.reports_warned_at is None
        note = NoteFactory()
        report(note, now, by=person)
        decide(note, Act.KEEP, now)
        person.refresh_from_db()
        assert person.reports_warned_at == now
        assert Notice.objects.filter(title__contains="unfounded").count() == 1

    def test_then_to_a_limit(self, now):
        person = with_record(now, unfounded=5)
        later = now + timedelta(days=2)
        for _ in range(5):
            note = NoteFactory()
            report(note, later, by=person)
            decide(note, Act.KEEP, later)
        third = later + timedelta(days=2)
        for _ in range(3):
            report(NoteFactory(), third, by=person)
        with pytest.raises(flags.TooManyReports, match="after a warning"):
            report(NoteFactory(), third, by=person)

    def test_do_not_count_against_who_is_mostly_right(self, now):
        assert with_record(now, founded=6, unfounded=5).reports_warned_at is None


class TestTheThresholds:
    def test_are_public(self, client):
        PolicyFactory(is_default=True, known_after=7)
        page = client.get(reverse("moderation:trust")).content.decode()
        assert "after 7 public contributions" in page
        assert "at least 3 trusted readers" in page
