"""The desk by the API: what waits, decisions and appeals."""

import pytest
from django.utils import timezone

from moderation.choices import Act, ContentStatus, FlagReason
from moderation.identity import GUEST_HEADER
from moderation.models import Appeal, Decision
from moderation.services import flags, review
from tests.factories.moderation import AccountFactory, ParticipantFactory
from tests.factories.notes import ModeratorFactory, NoteFactory, lead
from tests.moderation.acts import REASONS, hide
from tests.moderation.calls import API, ref, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    """Return the present: the API looks at the clock itself."""
    return timezone.now()


def flag(note, now, **fields):
    told = {"reporter": ParticipantFactory(), "reason": FlagReason.INSULT}
    return flags.raise_by_person(content=note, now=now, **{**told, **fields})


class TestTheQueue:
    def test_tells_moderators_what_waits(self, desk, now):
        note = NoteFactory(text="You fool")
        flag(note, now, text="He means me.")
        (item,) = desk.get(f"{API}/moderation/queue").json()["items"]
        assert item["content"] == ref(note)
        assert item["flags"][0]["text"] == "He means me."
        assert item["may"] == ["keep", "hide", "redact", "merge"]
        assert item["seen"] == 0
        assert note.author.account.email not in str(item)

    def test_comes_in_pages(self, desk, now):
        for note in NoteFactory.create_batch(3):
            flag(note, now)
        first = desk.get(f"{API}/moderation/queue?limit=2").json()
        path = f"{API}/moderation/queue?limit=2&cursor={first['next']}"
        assert len(desk.get(path).json()["items"]) == 1
        assert desk.get(f"{API}/moderation/queue?cursor=x").status_code == 422

    def test_is_decided_on(self, desk, now):
        note = NoteFactory()
        flag(note, now)
        body = {"content": ref(note), "act": "hide", "seen": 0, **REASONS}
        answer = send(desk, "/moderation/decisions", body)
        assert answer.status_code == 201
        assert answer.json()["status"] == "hidden"
        assert desk.get(f"{API}/moderation/queue").json()["items"] == []
        note.refresh_from_db()
        assert note.status == ContentStatus.HIDDEN

    def test_tells_the_second_moderator_of_the_first(self, desk, now):
        note = NoteFactory()
        first = review.decide(
            content=note, act=Act.KEEP, decided_by=ModeratorFactory(), now=now
        )
        body = {"content": ref(note), "act": "hide", "seen": 0, **REASONS}
        answer = send(desk, "/moderation/decisions", body)
        assert answer.status_code == 409
        assert answer.json()["decision"]["id"] == first.pk
        assert answer.json()["decision"]["act"] == "keep"

    def test_refuses_incomplete_reasons(self, desk):
        body = {"content": ref(NoteFactory()), "act": "hide", "seen": 0}
        answer = send(desk, "/moderation/decisions", body)
        assert answer.status_code == 422
        assert "illegal or against the house rules" in answer.json()["detail"]

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("get", "/moderation/queue"),
            ("post", "/moderation/decisions"),
            ("get", "/moderation/appeals"),
            ("post", "/moderation/appeals/1/answer"),
        ],
    )
    def test_is_closed_to_all_others(self, client, method, path):
        """Known holes, rows 6 and 7."""
        assert send(client, path, {}, method).status_code == 401
        client.force_login(AccountFactory())
        assert send(client, path, {}, method).status_code == 403


class TestEveryStateChange:
    """Known holes, row 6: every change of state, every role."""

    @pytest.mark.parametrize("role", ["stranger", "guest", "resident", "editor"])
    @pytest.mark.parametrize("act", [act for act in Act if act != Act.HOLD])
    def test_of_an_item_is_for_moderators(self, client, role, act):
        statuses = {"publish": "held", "restore": "hidden"}
        status = statuses.get(act, "published")
        note = NoteFactory(status=status)
        headers = {}
        if role == "guest":
            ParticipantFactory(guest_token="abc")
            headers = {GUEST_HEADER: "abc"}
        elif role == "resident":
            client.force_login(ParticipantFactory(with_account=True).account)
        elif role == "editor":
            client.force_login(AccountFactory(is_staff=True))
        body = {"content": ref(note), "act": act, "seen": 0, **REASONS}
        answer = send(client, "/moderation/decisions", body, **headers)
        assert answer.status_code in {401, 403}
        note.refresh_from_db()
        assert note.status == status
        assert not Decision.objects.exists()


class TestAppeals:
    def test_are_made_by_receipt_and_answered_by_somebody_else(self, client, now):
        note, first = NoteFactory(), lead()
        decision = hide(note, now, by=first)
        body = {"receipt": decision.receipt, "text": "It is a quotation."}
        made = send(client, "/appeals", body)
        assert made.status_code == 201
        assert made.json()["outcome"] is None
        path = f"/moderation/appeals/{made.json()['id']}/answer"
        answer = {"outcome": "overturned", "answer": "It is."}
        client.force_login(first)
        assert send(client, path, answer).status_code == 403
        client.force_login(lead())
        waiting = client.get(f"{API}/moderation/appeals").json()
        assert [each["id"] for each in waiting] == [made.json()["id"]]
        assert send(client, path, answer).json()["outcome"] == "overturned"
        assert send(client, path, answer).status_code == 409
        note.refresh_from_db()
        assert note.status == ContentStatus.PUBLISHED

    def test_are_open_to_reporters_by_their_receipt(self, client, now):
        note = NoteFactory()
        raised = flag(note, now)
        body = {"receipt": raised.receipt, "text": "Read it again."}
        assert send(client, "/appeals", body).status_code == 409
        review.decide(
            content=note, act=Act.KEEP, decided_by=ModeratorFactory(), now=now
        )
        assert send(client, "/appeals", body).json()["side"] == "reporter"
        assert send(client, "/appeals", body).status_code == 409

    def test_need_a_receipt_that_exists(self, client):
        body = {"receipt": "nonsense", "text": "x"}
        assert send(client, "/appeals", body).status_code == 404
        assert not Appeal.objects.exists()
