"""Letters about a decision: to the author, and to whoever reported."""

import pytest
from django.core import mail
from django.utils import timezone

from moderation import contents
from moderation.choices import FlagReason
from moderation.models import Flag
from moderation.services import flags
from tests.factories.moderation import PolicyFactory
from tests.factories.notes import NoteFactory
from tests.moderation.acts import hide, report_as_stranger

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    """Return the present: the pages look at the clock themselves."""
    return timezone.now()


class TestLetters:
    def test_tell_the_author_and_the_reporter_in_their_language(
        self, client, now, settings, django_capture_on_commit_callbacks
    ):
        note = NoteFactory()
        with django_capture_on_commit_callbacks(execute=True):
            report_as_stranger(client, note)
        (received,) = mail.outbox
        assert received.to == ["ada@example.org"]
        receipt = Flag.objects.get().receipt
        assert receipt in received.body
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            decision = hide(note, now)
        to_author, to_reporter = sorted(
            mail.outbox, key=lambda letter: letter.to != [note.author.account.email]
        )
        assert to_author.to == [note.author.account.email]
        assert "It calls the mayor a name." in to_author.body
        assert "Insults and harassment" in to_author.body
        assert decision.receipt in to_author.body
        assert f"> {note.text}" in to_author.body
        assert contents.of(note).context(note).place in to_author.body
        assert to_reporter.to == ["ada@example.org"]
        assert receipt in to_reporter.body
        assert decision.receipt not in to_reporter.body
        assert note.text not in to_reporter.body

    def test_do_not_go_to_accounts_that_were_closed(
        self, now, django_capture_on_commit_callbacks
    ):
        note = NoteFactory()
        note.author.account.is_active = False
        note.author.account.save()
        with django_capture_on_commit_callbacks(execute=True):
            hide(note, now)
        assert mail.outbox == []

    def test_cannot_flood_an_address_that_nobody_confirmed(
        self, now, django_capture_on_commit_callbacks
    ):
        notes = NoteFactory.create_batch(8)
        with django_capture_on_commit_callbacks(execute=True):
            for note in notes:
                flags.raise_by_person(
                    content=note, name="Eve", email="victim@example.org",
                    reason=FlagReason.SPAM, now=now,
                )  # fmt: skip
        assert len(mail.outbox) == 3
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            for note in notes:
                hide(note, now)
        to_victim = [each for each in mail.outbox if each.to == ["victim@example.org"]]
        assert len(to_victim) == 3


class TestTheLetterToTheAuthor:
    def test_says_where_else_one_can_turn(
        self, now, django_capture_on_commit_callbacks
    ):
        PolicyFactory(is_default=True, redress="Ombudsman, 1 Town Square")
        with django_capture_on_commit_callbacks(execute=True):
            hide(NoteFactory(), now)
        body = mail.outbox[0].body
        assert "Ombudsman, 1 Town Square" in body
        assert "the courts are open to you" in body
