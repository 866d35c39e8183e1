"""What people see of themselves, and may change."""

import pytest
from django.urls import reverse
from django.utils import timezone

from moderation.choices import Act
from moderation.models import Notice
from moderation.services import review
from tests.factories.moderation import ParticipantFactory
from tests.factories.notes import ModeratorFactory, NoteFactory
from tests.moderation.acts import hide

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    """Return the present: the pages look at the clock themselves."""
    return timezone.now()


class TestMyPage:
    def test_invites_a_stranger_to_sign_in(self, client):
        page = client.get(reverse("moderation:me"))
        assert page.status_code == 200
        assert "Sign in" in page.content.decode()
        assert (
            client.post(reverse("moderation:me"), {"pseudonym": "x"}).status_code == 302
        )

    def test_shows_notices_and_what_one_wrote_even_if_hidden(self, client, now):
        note = NoteFactory(text="My own words")
        hide(note, now)
        client.force_login(note.author.account)
        answer = client.get(reverse("moderation:me"))
        page = answer.content.decode()
        assert "Your contribution was hidden" in page
        assert "My own words" in page
        assert "hidden" in page
        assert "no-store" in answer["Cache-Control"]

    def test_marks_notices_as_read(self, client, now):
        note = NoteFactory()
        hide(note, now)
        client.force_login(note.author.account)
        client.post(reverse("moderation:news"), {"read": "all"})
        assert Notice.objects.get().read_at

    def test_says_until_when_one_may_not_write_and_why(self, client, now):
        note = NoteFactory()
        decision = hide(note, now, besides="slow")
        client.force_login(note.author.account)
        page = client.get(reverse("moderation:me")).content.decode()
        assert "You can write once an hour until" in page
        assert reverse("moderation:decision", args=[decision.receipt]) in page
        review.decide(
            content=note, act=Act.RESTORE, decided_by=ModeratorFactory(), now=now
        )
        page = client.get(reverse("moderation:me")).content.decode()
        assert "How the forum knows you" in page
        told = page.split("How the forum knows you")[1].split("</section>")[0]
        assert "once an hour" not in told

    def test_changes_name_and_language(self, client):
        person = ParticipantFactory(with_account=True)
        client.force_login(person.account)
        client.post(
            reverse("moderation:me"), {"pseudonym": "Quiet Owl", "language": "de"}
        )
        person.refresh_from_db()
        assert (person.pseudonym, person.language) == ("Quiet Owl", "de")

    def test_makes_a_participant_of_an_account_that_has_none(self, client):
        account = ModeratorFactory()
        client.force_login(account)
        assert client.get(reverse("moderation:me")).status_code == 200
        client.post(
            reverse("moderation:me"), {"pseudonym": "Quiet Owl", "language": "en"}
        )
        account.refresh_from_db()
        assert account.participant.pseudonym == "Quiet Owl"

    def test_says_why_a_name_cannot_be_had(self, client):
        taken = ParticipantFactory(pseudonym="Quiet Owl", skeleton="quiet owl")
        person = ParticipantFactory(with_account=True)
        client.force_login(person.account)
        answer = client.post(
            reverse("moderation:me"), {"pseudonym": "Moderator", "language": "en"}
        )
        assert answer.status_code == 400
        person.refresh_from_db()
        assert person.pseudonym not in {"Moderator", taken.pseudonym}
