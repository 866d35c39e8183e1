"""Who may call, what is sent twice, and how errors look: the same on every endpoint."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from moderation.api import pages
from moderation.identity import GUEST_COOKIE
from moderation.models import IdempotentReply, Participant
from moderation.services import idempotency, participants
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import AccountFactory, PolicyFactory

JSON = {"content_type": "application/json"}


@pytest.fixture
def path(db):
    policy = PolicyFactory(for_guests=True, lenient=True)
    return f"/api/v1/discussions/{DiscussionFactory(policy=policy).pk}/comments"


@pytest.fixture
def careful():
    """Return a client that checks for forgery, as a real server does."""
    return Client(enforce_csrf_checks=True)


def post(client, path, text="Hello", **headers):
    body = {"text": text, "agreed": True}
    return client.post(path, body, **JSON, headers=headers)


class TestACallWithCookies:
    def test_needs_a_token_against_forgery(self, careful, path):
        # Known holes, row 18.
        careful.force_login(AccountFactory())
        refused = post(careful, path)
        assert refused.status_code == 403
        assert refused.json()["detail"]

    def test_is_let_in_with_that_token(self, careful, path):
        careful.force_login(AccountFactory())
        careful.get("/accounts/logout/")
        token = careful.cookies["csrftoken"].value
        assert post(careful, path, **{"X-CSRFToken": token}).status_code == 201

    def test_of_a_guest_needs_it_too(self, careful, path):
        _guest, token = participants.start_guest(now=timezone.now())
        careful.cookies[GUEST_COOKIE] = token
        assert post(careful, path).status_code == 403

    def test_may_read_without(self, careful, path):
        careful.force_login(AccountFactory())
        assert careful.get(path).status_code == 200


class TestACallWithAToken:
    def test_of_a_guest_needs_no_other(self, careful, path):
        guest, token = participants.start_guest(now=timezone.now())
        response = post(careful, path, **{"X-Guest-Token": token})
        assert response.status_code == 201
        assert response.json()["author"] == guest.pseudonym

    def test_of_nobody_is_refused_everywhere(self, careful, path):
        wrong = {"X-Guest-Token": "never given out"}
        assert careful.get(path, headers=wrong).status_code == 401
        assert post(careful, path, **wrong).status_code == 401
        assert post(careful, path, **{"X-Session-Token": "x"}).status_code == 401

    def test_of_a_session_speaks_for_the_account(self, careful, path, client):
        account = AccountFactory()
        client.force_login(account)
        token = client.session.session_key
        response = post(careful, path, **{"X-Session-Token": token})
        assert response.status_code == 201
        assert Participant.objects.get().account == account

    def test_is_stored_only_as_a_hash(self, db):
        guest, token = participants.start_guest(now=timezone.now())
        assert token not in str(vars(guest))


class TestAStranger:
    def test_becomes_a_guest_by_writing_where_that_is_welcome(self, careful, path):
        response = post(careful, path)
        token = response["X-Guest-Token"]
        assert response.cookies[GUEST_COOKIE].value == token
        assert response.cookies[GUEST_COOKIE]["httponly"]
        again = post(Client(), path, "Again", **{"X-Guest-Token": token})
        assert again.json()["author"] == response.json()["author"]
        assert "X-Guest-Token" not in again

    @pytest.mark.slow
    def test_cannot_become_many_guests(self, careful, path):
        codes = {post(Client(), path, f"Guest {n}").status_code for n in range(70)}
        assert codes == {201, 429}
        assert Participant.objects.count() == 60


class TestAKeySentTwice:
    @pytest.fixture
    def client(self, db):
        _guest, token = participants.start_guest(now=timezone.now())
        return Client(headers={"X-Guest-Token": token})

    def test_acts_once_and_answers_the_same(self, client, path):
        headers = {"Idempotency-Key": "once"}
        first, second = (post(client, path, **headers) for _ in range(2))
        assert (first.status_code, first.content) == (
            second.status_code,
            second.content,
        )
        assert second["Idempotent-Replayed"] == "true"

    def test_with_another_body_is_422(self, client, path):
        post(client, path, "One", **{"Idempotency-Key": "once"})
        other = post(client, path, "Two", **{"Idempotency-Key": "once"})
        assert other.status_code == 422
        assert "key" in other.json()["detail"]

    def test_says_a_refusal_again_too(self, client, path):
        for _ in range(2):
            refused = post(client, path, " ", **{"Idempotency-Key": "once"})
            assert refused.status_code == 422
        assert refused["Idempotent-Replayed"] == "true"
        assert refused.json()["findings"]

    def test_is_forgotten_after_a_day(self, client, path):
        post(client, path, **{"Idempotency-Key": "once"})
        IdempotentReply.objects.update(created_at=timezone.now() - timedelta(days=2))
        other = post(client, path, "Two", **{"Idempotency-Key": "once"})
        assert other.status_code == 201

    def test_belongs_to_its_caller(self, path):
        for _ in range(2):
            _guest, token = participants.start_guest(now=timezone.now())
            headers = {"Idempotency-Key": "once", "X-Guest-Token": token}
            assert "Idempotent-Replayed" not in post(Client(), path, **headers)

    def test_can_be_used_again_after_a_failure(self, client, path, monkeypatch):
        client.raise_request_exception = False
        with monkeypatch.context() as broken:
            broken.setattr("deliberation.services.comments.post", None)
            failed = post(client, path, **{"Idempotency-Key": "once"})
        assert failed.status_code == 500
        assert post(client, path, **{"Idempotency-Key": "once"}).status_code == 201


class TestAFailure:
    @pytest.fixture
    def broken(self, monkeypatch):
        monkeypatch.setattr("deliberation.queries.threads.page", "secret of ours")

    def test_is_told_as_every_error_and_noted(self, path, broken, caplog):
        response = Client(raise_request_exception=False).get(path)
        assert response.status_code == 500
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["detail"]
        assert "str" not in response.content.decode()
        (record,) = [each for each in caplog.records if each.name == "django.request"]
        assert record.levelname == "ERROR"
        assert "is not callable" in str(record.exc_info[1])

    def test_is_heard_of_by_whoever_watches(self, client, path, broken):
        with pytest.raises(TypeError):
            client.get(path)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_key_sent_many_times_at_once_acts_once(now):
    policy = PolicyFactory(for_guests=True, lenient=True)
    comment = CommentFactory(discussion=DiscussionFactory(policy=policy))
    path = f"/api/v1/discussions/{comment.discussion_id}/comments"
    _guest, token = participants.start_guest(now=now)
    ready = Barrier(8)

    def send(_place):
        try:
            ready.wait(timeout=30)
            headers = {"X-Guest-Token": token, "Idempotency-Key": "once"}
            return post(Client(), path, **headers).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(send, range(8)))
    assert set(codes) <= {201, 409}
    assert 201 in codes
    assert comment.discussion.comments.count() == 2


class TestACursor:
    def test_comes_back_as_it_went(self):
        assert pages.decode(pages.encode(1, 2**53), int, int) == [1, 2**53]

    @pytest.mark.parametrize(
        "cursor",
        ["x", "é", "\x00", "AAAA", "W10", "W3RydWVd", "bnVsbA", "=" * 500, "W1sx" * 99],
    )
    def test_of_ones_own_making_is_refused_in_words(self, cursor):
        with pytest.raises(pages.BadCursor):
            pages.decode(cursor, int)

    def test_of_another_list_is_refused(self):
        with pytest.raises(pages.BadCursor):
            pages.decode(pages.encode(1, 2), int)


class TestAnError:
    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [
            ("GET", "/api/v1/discussions/0", 404),
            ("POST", "/api/v1/discussions/0/comments", 422),
            ("PATCH", "/api/v1/comments/0", 401),
        ],
    )
    def test_is_a_problem_in_words(self, client, db, method, path, status):
        response = client.generic(method, path, content_type="application/json")
        assert response.status_code == status
        assert response["Content-Type"] == "application/problem+json"
        said = json.loads(response.content)
        assert said["status"] == status
        assert {"type", "title", "detail"} <= set(said)


class TestAReplyThatIsKept:
    def test_can_hold_anything(self, db, now):
        claim = {"caller": "c", "key": "k"}
        assert idempotency.begin(**claim, fingerprint="f", now=now) is None
        reply = idempotency.Reply(201, "ساحة 🌳" * 1000)
        idempotency.finish(**claim, reply=reply)
        assert idempotency.begin(**claim, fingerprint="f", now=now) == reply

    def test_is_not_there_while_the_first_is_at_work(self, db, now):
        claim = {"caller": "c", "key": "k", "fingerprint": "f"}
        idempotency.begin(**claim, now=now)
        with pytest.raises(idempotency.StillAtWork):
            idempotency.begin(**claim, now=now)
