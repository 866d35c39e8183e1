"""Reporting a note: the form, and what its receipt says afterwards."""

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from moderation.choices import Act, FlagReason
from moderation.identity import GUEST_COOKIE
from moderation.models import Flag
from moderation.services import flags, review
from tests.factories.moderation import ParticipantFactory
from tests.factories.notes import ModeratorFactory, NoteFactory
from tests.moderation.acts import flag_page, hide, report_as_stranger

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    """Return the present: the pages look at the clock themselves."""
    return timezone.now()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Let what happens after a commit happen in this test as well."""
    with django_capture_on_commit_callbacks(execute=True):
        yield


class TestTheReportForm:
    def test_shows_what_is_reported_and_asks_a_stranger_who_they_are(self, client):
        note = NoteFactory(text="<script>alert(1)</script>")
        page = client.get(flag_page(note)).content.decode()
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page
        assert 'name="email"' in page

    def test_asks_no_name_of_whoever_is_known(self, client):
        client.force_login(ParticipantFactory(with_account=True).account)
        assert (
            'name="email"' not in client.get(flag_page(NoteFactory())).content.decode()
        )

    def test_leads_somebody_known_to_their_receipt(self, client):
        note, reader = NoteFactory(), ParticipantFactory(with_account=True)
        client.force_login(reader.account)
        answer = client.post(flag_page(note), {"reason": "insult"}, follow=True)
        flag = Flag.objects.get()
        assert flag.reporter == reader
        assert flag.receipt in answer.content.decode()

    def test_knows_a_guest_by_their_token(self, client):
        guest = ParticipantFactory(guest_token="abc")
        client.cookies[GUEST_COOKIE] = "abc"
        client.post(flag_page(NoteFactory()), {"reason": "spam"})
        assert Flag.objects.get().reporter == guest

    def test_sends_a_stranger_the_receipt_by_letter_only(self, client, committed):
        answer = report_as_stranger(client, NoteFactory())
        flag = Flag.objects.get()
        assert answer.status_code == 302
        assert flag.receipt not in answer.url

    def test_is_answered_in_the_language_in_which_it_was_made(
        self, client, now, django_capture_on_commit_callbacks
    ):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"
        note = NoteFactory()
        with django_capture_on_commit_callbacks(execute=True):
            report_as_stranger(client, note)
            hide(note, now)
        to_stranger = [m for m in mail.outbox if "example.org" in m.to[0]]
        received, answered = (
            m for m in to_stranger if m.to != [note.author.account.email]
        )
        assert "Meldung" in received.subject
        assert "gemeldet" in answered.body
        assert Flag.objects.get().language == "de"

    def test_does_not_tell_whether_an_address_has_reported_before(self, client):
        note = NoteFactory()
        first = report_as_stranger(client, note)
        second = report_as_stranger(client, note, name="Somebody else")
        assert (first.status_code, first.url) == (second.status_code, second.url)
        assert Flag.objects.count() == 1

    def test_gives_the_words_back_with_what_is_missing(self, client):
        answer = report_as_stranger(client, NoteFactory(), good_faith="")
        page = answer.content.decode()
        assert answer.status_code == 400
        assert "Libel" in page
        assert "accurate and complete" in page
        assert not Flag.objects.exists()

    @pytest.mark.parametrize("trait", ["held", "hidden", "withdrawn", "secret"])
    def test_is_not_there_for_what_one_cannot_see(self, client, trait):
        note = NoteFactory(**{trait: True})
        assert client.get(flag_page(note)).status_code == 404
        assert report_as_stranger(client, note).status_code == 404

    def test_is_limited_for_guests_of_one_address(self, client):
        for number in range(12):
            ParticipantFactory(guest_token=f"guest-{number}")
            client.cookies[GUEST_COOKIE] = f"guest-{number}"
            client.post(flag_page(NoteFactory()), {"reason": "spam"})
        assert Flag.objects.count() == 10

    def test_is_limited_for_strangers_of_one_address(self, client, settings):
        for _number in range(10):
            report_as_stranger(client, NoteFactory())
        answer = report_as_stranger(
            client, NoteFactory(), headers={"X-Forwarded-For": "203.0.113.9"}
        )
        assert answer.status_code == 400
        assert Flag.objects.count() == 10


class TestTheReceipt:
    def test_says_how_the_report_stands(self, client, now):
        note, reader = NoteFactory(), ParticipantFactory()
        flag = flags.raise_by_person(
            content=note, reporter=reader, reason=FlagReason.INSULT, now=now
        )
        address = reverse("moderation:receipt", args=[flag.receipt])
        assert "Waiting" in client.get(address).content.decode()
        hide(note, now)
        page = client.get(address).content.decode()
        assert "What you reported was hidden" in page
        assert note.text not in page

    def test_gives_the_reasons_for_leaving_what_was_reported(self, client, now):
        note = NoteFactory()
        flag = flags.raise_by_person(
            content=note,
            reporter=ParticipantFactory(),
            reason=FlagReason.SPAM,
            now=now,
        )
        review.decide(
            content=note, act=Act.KEEP, decided_by=ModeratorFactory(), now=now,
            facts="It asks for a market stall, it does not sell one.",
        )  # fmt: skip
        page = client.get(reverse("moderation:receipt", args=[flag.receipt]))
        assert "It asks for a market stall" in page.content.decode()

    def test_is_private(self, client, now):
        flag = flags.raise_by_person(
            content=NoteFactory(),
            reporter=ParticipantFactory(),
            reason=FlagReason.SPAM,
            now=now,
        )
        answer = client.get(reverse("moderation:receipt", args=[flag.receipt]))
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex"
        unknown = reverse("moderation:receipt", args=["nonsense"])
        assert client.get(unknown).status_code == 404
