import json

import pytest
from django.utils import timezone

from moderation.choices import Act, ContentStatus, FlagReason
from moderation.identity import GUEST_HEADER
from moderation.models import Appeal, Decision, Flag
from moderation.services import appeals, flags, review
from tests.factories.moderation import AccountFactory, ParticipantFactory
from tests.factories.notes import ModeratorFactory, NoteFactory, lead

pytestmark = pytest.mark.django_db

API = "/api/v1"
GROUND = "DECISION_GROUND_INCOMPATIBLE_CONTENT"
REASONS = {"ground": GROUND, "rule_id": "insult", "facts": "It calls the mayor a name."}
STRANGER = {"name": "Ada", "email": "ada@example.org"}


@pytest.fixture
def now():
    """Return the present: the API looks at the clock itself."""
    return timezone.now()


@pytest.fixture
def desk(client):
    """Return a client that a moderator calls with."""
    client.moderator = ModeratorFactory()
    client.force_login(client.moderator)
    return client


def send(client, path, body, method="post", **headers):
    return client.generic(
        method.upper(),
        API + path,
        json.dumps(body),
        content_type="application/json",
        headers=headers,
    )


def ref(note):
    return {"kind": "note", "id": note.pk}


def hide(note, now, by=None):
    moderator = by or ModeratorFactory()
    return review.decide(
        content=note, act=Act.HIDE, decided_by=moderator, now=now, **REASONS
    )


def flag(note, now, **fields):
    told = {"reporter": ParticipantFactory(), "reason": FlagReason.INSULT}
    return flags.raise_by_person(content=note, now=now, **{**told, **fields})


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


NASTY = [
    "",
    "\x00",
    "\ud800",
    "x" * 100_000,
    "\u202e" * 50,
    "'; DROP TABLE moderation_flag; --",
    None,
    7,
    10**30,
    -1,
    1.5,
    True,
    [],
    {},
    ["x"],
    {"a": {"b": []}},
]


def writes(name, now):
    """Return one write of ours, on something new, with a body that works."""
    return {
        "me": lambda: ("patch", "/me", {"pseudonym": "Quiet Owl", "language": "en"}),
        "flags": lambda: (
            "post",
            "/flags",
            {
                "content": ref(NoteFactory()),
                "reason": "illegal",
                "text": "x",
                "name": "Ada",
                "email": "ada@example.org",
                "good_faith": True,
            },
        ),
        "appeals": lambda: (
            "post",
            "/appeals",
            {"receipt": hide(NoteFactory(), now).receipt, "text": "x"},
        ),
        "decisions": lambda: (
            "post",
            "/moderation/decisions",
            {
                "content": ref(NoteFactory()),
                "act": "hide",
                "seen": 0,
                "legal_ground": "Criminal Code",
                **REASONS,
                "ground": "DECISION_GROUND_ILLEGAL_CONTENT",
            },
        ),
        "answer": lambda: (
            "post",
            f"/moderation/appeals/{appealed(now).pk}/answer",
            {
                "outcome": "overturned",
                "answer": "x",
                "ground": GROUND,
                "rule_id": "hate",
            },
        ),
    }[name]()


def appealed(now):
    decision = hide(NoteFactory(), now)
    return appeals.raise_by_author(decision=decision, text="x", now=now)


WRITES = ["me", "flags", "appeals", "decisions", "answer"]


@pytest.mark.slow
class TestBadInput:
    @pytest.fixture(autouse=True)
    def _without_limits(self, client, monkeypatch):
        monkeypatch.setattr(flags, "MOST_A_DAY", 10_000)
        client.force_login(lead())

    @pytest.mark.parametrize("name", WRITES)
    def test_is_none_in_the_example_itself(self, client, now, name):
        method, path, body = writes(name, now)
        assert send(client, path, body, method).status_code in {200, 201}

    @pytest.mark.parametrize("name", WRITES)
    def test_in_any_member_gets_an_answer_in_words(self, client, now, name):
        for member in [*writes(name, now)[2], "unknown"]:
            for nasty in NASTY:
                method, path, body = writes(name, now)
                self.check(send(client, path, {**body, member: nasty}, method))
            method, path, body = writes(name, now)
            body.pop(member, None)
            self.check(send(client, path, body, method))

    @pytest.mark.parametrize("name", ["flags", "decisions"])
    @pytest.mark.parametrize("member", ["kind", "id"])
    def test_in_the_name_of_an_item_is_not_found(self, client, now, name, member):
        method, path, body = writes(name, now)
        for nasty in NASTY:
            named = {"kind": "note", "id": 999_999, member: nasty}
            answer = send(client, path, {**body, "content": named}, method)
            assert answer.status_code in {404, 422}

    @pytest.mark.parametrize("name", WRITES)
    @pytest.mark.parametrize(
        "raw", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'"x"', b"[" * 5000]
    )
    def test_instead_of_json_gets_an_answer_in_words(self, client, now, name, raw):
        method, path, _body = writes(name, now)
        call = getattr(client, method)
        answer = call(API + path, raw, content_type="application/json")
        assert 400 <= answer.status_code < 500

    @pytest.mark.parametrize("number", ["0", "999999", str(10**30)])
    def test_in_an_address_is_not_found(self, client, number):
        path = f"/moderation/appeals/{number}/answer"
        body = {"outcome": "upheld", "answer": "x"}
        assert send(client, path, body).status_code == 404

    @pytest.mark.parametrize("path", ["/register", "/moderation/queue"])
    def test_in_a_query_gets_an_answer_in_words(self, client, path):
        for key in ("cursor", "limit", "kind", "reason", "language", "unknown"):
            for value in ("", "x", "-1", str(10**30), "%00", "a" * 3000, "é", "W10"):
                answer = client.get(f"{API}{path}?{key}={value}")
                assert answer.status_code in {200, 422}, (key, value)

    def check(self, answer):
        assert answer.status_code < 500
        if answer.status_code >= 400:
            assert answer["Content-Type"] == "application/problem+json"
            assert answer.json()["detail"]
