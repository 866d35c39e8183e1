"""Whatever is sent to a write of the API: an answer in words, never a failure."""

import pytest
from django.utils import timezone

from moderation.services import appeals, flags
from tests.factories.notes import NoteFactory, lead
from tests.moderation.acts import GROUND, REASONS, hide
from tests.moderation.calls import API, ref, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    """Return the present: the API looks at the clock itself."""
    return timezone.now()


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
