"""What a letter of notices holds, whom it reaches, and how often."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from wagtail.models import Site

from moderation.choices import LetterState, Mail
from moderation.models import Letter, Notice
from moderation.news import Told
from moderation.services import mail_choices, mailing, notices
from tests.factories.moderation import ParticipantFactory
from tests.factories.notes import NoteFactory
from tests.moderation.services.told import (
    LINE,
    NOW,
    NoteTeller,
    leave,
    tell_of_notes,
    wants,
)
from tests.testapp.models import Note

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _notes_are_told(monkeypatch):
    tell_of_notes(monkeypatch)


@pytest.fixture
def ada():
    return ParticipantFactory(with_account=True)


class TestALetter:
    @pytest.mark.parametrize("state", ["held", "hidden", "withdrawn"])
    def test_tells_nothing_of_what_was_taken_away_meanwhile(self, ada, state):
        wants(ada, Mail.DAILY)
        note = leave(ada)
        mailing.gather(Mail.DAILY, now=NOW)
        Note.objects.filter(pk=note.pk).update(status=state)
        assert mailing.send(now=NOW) == mailing.Done(empty=1)
        assert mail.outbox == []

    @pytest.mark.parametrize("how", [Mail.AT_ONCE, Mail.DAILY, Mail.WEEKLY])
    def test_tells_later_of_what_was_away_for_a_while(self, ada, how):
        wants(ada, how)
        note = leave(ada)
        Note.objects.filter(pk=note.pk).update(status="held")
        for hours in range(mailing.MOST_A_DAY + 2):
            mailing.run(now=NOW + timedelta(hours=hours))
        assert mail.outbox == []
        assert Letter.objects.count() <= 1
        Note.objects.filter(pk=note.pk).update(status="published")
        for days in (7, 7, 14, 21):
            mailing.run(now=NOW + timedelta(days=days))
        (message,) = mail.outbox
        assert LINE in message.body

    def test_tells_the_rest_and_that_later(self, ada):
        wants(ada, Mail.DAILY)
        away, _there = leave(ada), leave(ada)
        Note.objects.filter(pk=away.pk).update(status="held")
        mailing.run(now=NOW)
        Note.objects.filter(pk=away.pk).update(status="published")
        for days in (1, 2):
            mailing.run(now=NOW + timedelta(days=days))
        assert [message.body.count(LINE) for message in mail.outbox] == [1, 1]

    def test_tells_nothing_that_was_away_for_too_long(self, ada):
        wants(ada, Mail.DAILY)
        note = leave(ada)
        Note.objects.filter(pk=note.pk).update(status="held")
        mailing.run(now=NOW)
        Note.objects.filter(pk=note.pk).update(status="published")
        mailing.run(now=NOW + mailing.LATE)
        assert mail.outbox == []

    def test_is_not_sent_to_who_ended_them_meanwhile(self, ada):
        wants(ada, Mail.DAILY)
        leave(ada)
        mailing.gather(Mail.DAILY, now=NOW)
        mail_choices.end_all(ada)
        mailing.send(now=NOW)
        assert mail.outbox == []

    @pytest.mark.parametrize(
        "change",
        [
            {"standing": "suspended"},
            {"suspended_until": NOW + timedelta(days=1)},
            {"account": None},
        ],
    )
    def test_is_not_sent_to_who_may_not_read_it_meanwhile(self, ada, change):
        wants(ada, Mail.DAILY)
        leave(ada)
        mailing.gather(Mail.DAILY, now=NOW)
        type(ada).objects.filter(pk=ada.pk).update(**change)
        mailing.send(now=NOW)
        assert mail.outbox == []

    def test_goes_out_when_a_suspension_is_over(self, ada):
        wants(ada, Mail.DAILY)
        leave(ada)
        type(ada).objects.update(suspended_until=NOW + timedelta(hours=1))
        mailing.run(now=NOW)
        mailing.run(now=NOW + timedelta(days=1))
        assert len(mail.outbox) == 1

    def test_is_not_sent_to_a_closed_account(self, ada):
        wants(ada, Mail.DAILY)
        leave(ada)
        type(ada.account).objects.update(is_active=False)
        mailing.run(now=NOW)
        assert mail.outbox == []

    def test_is_never_sent_again_after_a_crash(self, ada, monkeypatch):
        wants(ada, Mail.DAILY)
        leave(ada)

        def crash(message):
            raise KeyboardInterrupt

        with monkeypatch.context() as broken:
            broken.setattr("django.core.mail.EmailMessage.send", crash)
            with pytest.raises(KeyboardInterrupt):
                mailing.run(now=NOW)
        mailing.run(now=NOW + timedelta(days=1))
        assert mail.outbox == []
        assert Letter.objects.get().state == LetterState.SENDING
        assert mailing.count_unclear(now=NOW + timedelta(days=1)) == 1
        assert Notice.objects.get().read_at is None

    def test_is_tried_again_after_a_refusal_and_given_up_in_the_end(
        self, ada, monkeypatch
    ):
        wants(ada, Mail.DAILY)
        leave(ada)

        def refuse(message):
            raise smtplib.SMTPServerDisconnected

        with monkeypatch.context() as broken:
            broken.setattr("django.core.mail.EmailMessage.send", refuse)
            assert mailing.run(now=NOW).failed == 1
        assert mailing.run(now=NOW).sent == 1
        Letter.objects.update(state=LetterState.WAITING)
        with monkeypatch.context() as broken:
            broken.setattr("django.core.mail.EmailMessage.send", refuse)
            for _ in range(mailing.MOST_FAILURES + 1):
                mailing.send(now=NOW)
        assert Letter.objects.get().state == LetterState.FAILED

    @pytest.mark.slow
    def test_is_one_of_ten_a_day_at_most(self, ada):
        wants(ada, Mail.AT_ONCE)
        for minute in range(200):
            note = NoteFactory()
            moment = NOW + timedelta(minutes=minute)
            notices.leave(kind="note", about=note, to=[ada.pk], now=moment)
            if minute < 20:
                mailing.at_once([ada.pk], now=moment)
        mailing.run(now=NOW + timedelta(hours=4))
        assert len(mail.outbox) == mailing.MOST_A_DAY
        mailing.run(now=NOW + timedelta(days=2))
        assert len(mail.outbox) == mailing.MOST_A_DAY + 1
        assert "170 more" in mail.outbox[-1].body

    def test_speaks_the_language_of_its_reader(self, ada):
        ada.language = "de"
        ada.save()
        wants(ada, Mail.DAILY)
        leave(ada)
        mailing.run(now=NOW)
        assert Letter.objects.get().state == LetterState.SENT

    def test_names_the_site_as_it_is_called(self, ada):
        Site.objects.update(site_name="Fernhaven talks")
        wants(ada, Mail.DAILY)
        leave(ada)
        mailing.run(now=NOW)
        assert "You get this from Fernhaven talks" in mail.outbox[0].body

    def test_has_no_line_in_its_subject_that_was_not_ours(self, ada, monkeypatch):
        wants(ada, Mail.DAILY)
        leave(ada)
        told = Told(title="One\nBcc: all@example.org", path="/")
        monkeypatch.setattr(
            NoteTeller, "tell", lambda self, rows, people: {r.pk: told for r in rows}
        )
        mailing.run(now=NOW)
        assert "\n" not in mail.outbox[0].subject
        assert mail.outbox[0].recipients() == [ada.account.email]

    def test_costs_the_same_reading_for_few_and_many(
        self, django_assert_num_queries, django_assert_max_num_queries
    ):
        def costs(number):
            people = [ParticipantFactory(with_account=True) for _ in range(number)]
            for each in people:
                wants(each, Mail.DAILY)
            leave(*people)
            with django_assert_max_num_queries(500) as queries:
                done = mailing.run(now=NOW)
            assert done.sent == number
            # Each letter is taken and closed by a statement of its own, and each
            # notice put into its letter.
            return len(queries) - 3 * number

        # The first run learns what is the same for all, such as kinds of content.
        costs(1)
        assert costs(2) == costs(12)
