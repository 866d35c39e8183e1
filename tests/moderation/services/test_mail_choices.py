"""Notices are sent as their reader chose, and a link in the letter ends them."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from moderation.choices import Mail
from moderation.services import mailing, notices
from tests.factories.moderation import ParticipantFactory
from tests.moderation.services.told import LINE, NOW, leave, tell_of_notes, wants

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _notes_are_told(monkeypatch):
    tell_of_notes(monkeypatch)


@pytest.fixture
def ada():
    return ParticipantFactory(with_account=True)


class TestANotice:
    def test_is_not_sent_to_who_asked_for_nothing(self, ada):
        leave(ada)
        mailing.run(now=NOW)
        assert mail.outbox == []

    @pytest.mark.parametrize("how", [Mail.AT_ONCE, Mail.DAILY, Mail.WEEKLY])
    def test_is_sent_once_as_was_chosen(self, ada, how):
        wants(ada, how)
        leave(ada)
        for moment in (NOW, NOW, NOW + timedelta(days=8)):
            mailing.run(now=moment)
        (message,) = mail.outbox
        assert message.to == [ada.account.email]
        assert LINE in message.body

    def test_is_sent_at_once_after_the_commit(
        self, ada, django_capture_on_commit_callbacks
    ):
        wants(ada, Mail.AT_ONCE)
        with django_capture_on_commit_callbacks(execute=True):
            leave(ada, at=timezone.now())
        assert len(mail.outbox) == 1

    def test_that_was_read_is_not_sent(self, ada):
        wants(ada, Mail.DAILY)
        leave(ada)
        notices.mark_read(participant=ada, now=NOW)
        mailing.run(now=NOW)
        assert mail.outbox == []

    def test_waits_for_the_digest_of_its_day(self, ada):
        wants(ada, Mail.DAILY)
        leave(ada, at=NOW)
        mailing.run(now=NOW + timedelta(hours=2))
        assert mail.outbox == []
        mailing.run(now=NOW + timedelta(days=1))
        assert len(mail.outbox) == 1

    def test_waits_for_the_monday_of_a_weekly_digest(self, ada):
        wants(ada, Mail.WEEKLY)
        leave(ada, at=NOW + timedelta(hours=1))
        mailing.run(now=NOW + timedelta(days=6))
        assert mail.outbox == []
        mailing.run(now=NOW + timedelta(days=7))
        assert len(mail.outbox) == 1

    def test_is_in_no_gap_however_rarely_the_command_runs(self, ada):
        wants(ada, Mail.DAILY)
        for hours in range(0, 24 * 7, 5):
            leave(ada, at=NOW + timedelta(hours=hours))
        for days in (1, 4, 5, 9):
            mailing.run(now=NOW + timedelta(days=days))
        assert sum(m.body.count(LINE) for m in mail.outbox) == len(range(0, 168, 5))


class TestTheWayOut:
    @pytest.fixture
    def message(self, ada):
        wants(ada, Mail.DAILY)
        leave(ada)
        mailing.run(now=NOW)
        return mail.outbox[0]

    @pytest.fixture
    def path(self, message):
        address = message.extra_headers["List-Unsubscribe"].strip("<>")
        assert address in message.body
        return "/" + address.split("/", 3)[3]

    def test_works_by_one_click_in_the_mail_program(self, client, ada, message, path):
        headers = message.extra_headers
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        answer = client.post(path, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert ada.mail_choices.get().mail == Mail.OFF

    def test_needs_no_token_and_no_cookie(self, ada, path):
        from django.test import Client

        Client(enforce_csrf_checks=True).post(path)
        assert ada.mail_choices.get().mail == Mail.OFF

    def test_changes_nothing_when_it_is_looked_at(self, client, ada, path):
        assert b"Stop the e-mails" in client.get(path).content
        assert ada.mail_choices.get().mail == Mail.DAILY

    def test_is_of_no_use_to_others(self, client, ada, path):
        assert client.post(path[:-2] + "x/").status_code == 404
        assert ada.mail_choices.get().mail == Mail.DAILY
