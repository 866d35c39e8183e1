import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from deliberation.services import votes
from moderation.choices import FlagReason
from moderation.models import Participant
from moderation.queries import personal_data
from moderation.services import erasure, flags
from tests.factories.deliberation import StatementFactory
from tests.factories.moderation import ParticipantFactory
from tests.factories.notes import ModeratorFactory, NoteFactory
from tests.moderation.acts import hide

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def ida():
    return ParticipantFactory(with_account=True, pseudonym="Ida Quagga")


class TestOnesOwnData:
    def test_is_all_there(self, ida, now):
        note = NoteFactory(author=ida, text="A bench for the narwhal")
        hide(note, now)
        votes.cast(
            statement=StatementFactory(text="More axolotls."), participant=ida,
            stance=1, now=timezone.now(),
        )  # fmt: skip
        data = json.dumps(personal_data.collect(ida), default=str)
        for part in ("narwhal", "axolotl", ida.account.email, "calls the mayor"):
            assert part in data

    def test_has_what_a_report_says_and_is_about(self, ida, now):
        note = NoteFactory()
        flags.raise_by_person(
            content=note, reporter=ida, reason=FlagReason.ILLEGAL, text="It is theft.",
            legal_ground="Penal Code, section 242", good_faith=True, now=now,
        )  # fmt: skip
        (report,) = personal_data.collect(ida)["reports"]
        assert report["legal_ground"] == "Penal Code, section 242"
        assert report["about"]

    def test_names_the_contribution_that_each_decision_is_about(self, ida, now):
        note = NoteFactory(author=ida)
        decision = hide(note, now)
        data = personal_data.collect(ida)
        assert data["decisions"][0]["about"] == data["contributions"][0]["url"]
        assert data["decisions"][0]["receipt"] == decision.receipt

    def test_says_how_the_account_stands(self, ida, now):
        Participant.objects.filter(pk=ida.pk).update(
            suspended_until=now, slowed_until=now, reports_warned_at=now, agreed_at=now
        )
        ida.refresh_from_db()
        erasure.ask(participant=ida, now=now)
        person = personal_data.collect(ida)["participant"]
        assert person["suspended_until"] == person["slowed_until"] == now
        assert person["warned_about_reports"] == person["agreed_to_rules"] == now
        assert person["erasure_due"] == now + DAY

    def test_is_in_words_on_the_page(self, client, ida, now):
        hide(NoteFactory(author=ida), now)
        client.force_login(ida.account)
        page = client.get(reverse("moderation:my_data")).content.decode()
        assert "Against the house rules" in page or "against the house rules" in page
        for code in ("DECISION_GROUND", "AUTOMATED_", "created_at", "is_guest"):
            assert code not in page

    def test_is_a_page_and_a_file_for_its_owner_only(self, client, ida):
        """Known holes, row 4."""
        NoteFactory(author=ida, text="A bench for the <b>narwhal</b>")
        names = ("my_data", "my_data_json", "erase")
        paths = [reverse(f"moderation:{name}") for name in names]
        for path in paths:
            assert client.get(path).status_code == 404
        client.force_login(ida.account)
        for path in paths:
            response = client.get(path)
            assert response.status_code == 200
            assert "no-store" in response["Cache-Control"]
        page = client.get(paths[0]).content.decode()
        assert "&lt;b&gt;narwhal" in page
        found = client.get(paths[1]).json()
        assert found["contributions"][0]["text"] == "A bench for the <b>narwhal</b>"
        client.force_login(ParticipantFactory(with_account=True).account)
        assert "narwhal" not in client.get(paths[0]).content.decode()

    def test_costs_the_same_for_one_and_for_thirty(
        self, ida, django_assert_max_num_queries
    ):
        NoteFactory.create_batch(30, author=ida)
        with django_assert_max_num_queries(24):
            personal_data.collect(ida)

    def test_is_erased_and_kept_by_its_owners_buttons(self, client, ida):
        path = reverse("moderation:erase")
        client.force_login(ida.account)
        client.post(path, {"erase": "1"})
        ida.refresh_from_db()
        assert ida.erasure_due_at
        assert "will be erased" in client.get(reverse("moderation:me")).content.decode()
        client.post(path, {"keep": "1"})
        ida.refresh_from_db()
        assert ida.erasure_due_at is None

    def test_is_read_and_erased_by_the_api(self, client, ida):
        NoteFactory(author=ida, text="A bench for the narwhal")
        for method, path in (("get", "data"), ("post", "erasure")):
            assert getattr(client, method)(f"/api/v1/me/{path}").status_code == 401
        client.force_login(ida.account)
        answer = client.get("/api/v1/me/data")
        assert answer["Cache-Control"] == "no-store"
        assert answer.json()["contributions"][0]["text"] == "A bench for the narwhal"
        assert client.post("/api/v1/me/erasure").json()["due_at"]
        assert client.delete("/api/v1/me/erasure").json() == {"due_at": None}
        client.force_login(ModeratorFactory())
        assert client.post("/api/v1/me/erasure").status_code == 404
