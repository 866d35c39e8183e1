"""What people do by the API: be known, report, read the register and reasons."""

import pytest
from django.utils import timezone

from moderation.identity import GUEST_HEADER
from moderation.models import Flag
from tests.factories.moderation import ParticipantFactory
from tests.factories.notes import NoteFactory
from tests.moderation.acts import GROUND, hide
from tests.moderation.calls import API, ref, send

pytestmark = pytest.mark.django_db
STRANGER = {"name": "Ada", "email": "ada@example.org"}


@pytest.fixture
def now():
    """Return the present: the API looks at the clock itself."""
    return timezone.now()


class TestMe:
    def test_tells_a_stranger_that_they_are_nobody_yet(self, client):
        answer = client.get(f"{API}/me")
        assert answer.status_code == 200
        assert answer.json()["pseudonym"] is None
        assert answer.json()["may"]["review"] is False
        assert "no-store" in answer["Cache-Control"]

    def test_tells_a_participant_their_standing_and_notices(self, client, now):
        note = NoteFactory()
        hide(note, now)
        client.force_login(note.author.account)
        told = client.get(f"{API}/me").json()
        assert told["pseudonym"] == note.author.pseudonym
        assert told["standing"] == "known"
        assert told["notices"][0]["title"] == "Your contribution was hidden"

    def test_changes_name_and_language(self, client):
        person = ParticipantFactory(guest_token="abc")
        told = send(
            client, "/me", {"pseudonym": "Quiet Owl", "language": "fr"}, "patch",
            **{GUEST_HEADER: "abc"},
        )  # fmt: skip
        assert told.status_code == 200
        person.refresh_from_db()
        assert (person.pseudonym, person.language) == ("Quiet Owl", "fr")

    def test_gives_nobody_a_standing_by_a_parameter(self, client):
        """Known holes, row 29."""
        person = ParticipantFactory(guest_token="abc", newcomer=True)
        told = send(
            client, "/me", {"standing": "trusted"}, "patch", **{GUEST_HEADER: "abc"}
        )
        assert told.status_code == 422
        person.refresh_from_db()
        assert person.standing == "new"

    def test_limits_how_often_a_name_changes(self, client):
        ParticipantFactory(guest_token="abc")
        names = ["Quiet Owl", "Loud Owl", "Grey Owl", "White Owl"]
        answers = [
            send(client, "/me", {"pseudonym": name}, "patch", **{GUEST_HEADER: "abc"})
            for name in names
        ]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]


class TestReporting:
    def test_returns_the_receipt_to_whoever_is_known(self, client):
        note, reader = NoteFactory(), ParticipantFactory(with_account=True)
        client.force_login(reader.account)
        body = {"content": ref(note), "reason": "insult"}
        answer = send(client, "/flags", body)
        assert answer.status_code == 201
        assert answer.json()["receipt"] == Flag.objects.get().receipt
        again = send(client, "/flags", body)
        assert again.status_code == 409
        assert again["Content-Type"] == "application/problem+json"

    def test_looks_the_same_to_strangers_the_second_time(self, client):
        """Known holes, rows 24 and 33."""
        body = {"content": ref(NoteFactory()), "reason": "spam", **STRANGER}
        first, second = send(client, "/flags", body), send(client, "/flags", body)
        assert first.status_code == second.status_code == 202
        assert first.json() == second.json()
        assert first.json()["receipt"] is None
        assert Flag.objects.count() == 1

    def test_acts_once_under_one_key(self, client):
        body = {"content": ref(NoteFactory()), "reason": "spam", **STRANGER}
        first = send(client, "/flags", body, **{"Idempotency-Key": "k"})
        second = send(client, "/flags", body, **{"Idempotency-Key": "k"})
        assert first.json() == second.json()
        assert second["Idempotent-Replayed"] == "true"

    @pytest.mark.parametrize("trait", ["held", "hidden", "withdrawn", "secret"])
    def test_finds_nothing_that_the_caller_cannot_see(self, client, trait):
        """Known holes, row 33."""
        note = NoteFactory(**{trait: True})
        answer = send(
            client, "/flags", {"content": ref(note), "reason": "spam", **STRANGER}
        )
        assert answer.status_code == 404
        assert not Flag.objects.exists()

    def test_wants_what_is_illegal_explained_in_good_faith(self, client):
        body = {"content": ref(NoteFactory()), "reason": "illegal", **STRANGER}
        answer = send(client, "/flags", body)
        assert answer.status_code == 422
        assert "why it is illegal" in answer.json()["detail"]
        body |= {"text": "Libel", "good_faith": True}
        assert send(client, "/flags", body).status_code == 202

    def test_is_bounded_for_one_address_whatever_the_headers_say(self, client):
        """Known holes, row 31."""
        answers = [
            send(
                client, "/flags",
                {
                    "content": ref(NoteFactory()), "reason": "spam", "name": "Ada",
                    "email": f"ada{number}@example.org",
                },
                **{"X-Forwarded-For": f"203.0.113.{number}"},
            )
            for number in range(12)
        ]  # fmt: skip
        assert [each.status_code for each in answers].count(429) == 2
        assert Flag.objects.count() == 10


class TestTheRegister:
    def test_is_read_in_pages(self, client, now):
        for note in NoteFactory.create_batch(5):
            hide(note, now)
        first = client.get(f"{API}/register?limit=3").json()
        assert [each["number"] for each in first["items"]] == [5, 4, 3]
        assert first["head"] == first["items"][0]["hash"]
        second = client.get(f"{API}/register?limit=3&cursor={first['next']}").json()
        assert [each["number"] for each in second["items"]] == [2, 1]
        assert second["next"] is None

    def test_answers_304_until_something_is_decided(self, client, now):
        hide(NoteFactory(), now)
        tag = client.get(f"{API}/register")["ETag"]
        same = client.get(f"{API}/register", headers={"If-None-Match": tag})
        assert same.status_code == 304
        hide(NoteFactory(), now)
        other = client.get(f"{API}/register", headers={"If-None-Match": tag})
        assert other.status_code == 200

    def test_knows_no_other_keys(self, client):
        answer = client.get(f"{API}/register?author__email__startswith=a")
        assert answer.status_code == 422


class TestAStatementOfReasons:
    def test_is_read_by_its_receipt(self, client, now):
        note = NoteFactory(text="You fool")
        decision = hide(note, now)
        answer = client.get(f"{API}/decisions/{decision.receipt}")
        told = answer.json()
        assert told["text"] == "You fool"
        assert told["rule"]["text"].startswith("Insults and harassment")
        assert told["statement"]["decision_ground"] == GROUND
        assert told["may_appeal"] is True
        assert "no-store" in answer["Cache-Control"]

    @pytest.mark.parametrize("receipt", ["1", "nonsense", "x" * 500])
    def test_is_found_by_nothing_else(self, client, now, receipt):
        hide(NoteFactory(), now)
        assert client.get(f"{API}/decisions/{receipt}").status_code == 404
