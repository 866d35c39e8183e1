"""Votes over the API: whose they are, and what is refused."""

import pytest

from deliberation.models import EarlierVote, Vote
from moderation.choices import ContentStatus
from tests.deliberation.polls.api import get, send
from tests.factories.deliberation import PollFactory, StatementFactory, VoteFactory
from tests.factories.moderation import AccountFactory, ParticipantFactory, PolicyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest(client):
    client.defaults["HTTP_X_GUEST_TOKEN"] = "token"
    return ParticipantFactory(guest_token="token")


class TestAVote:
    def test_of_a_stranger_makes_a_guest_and_gives_the_token(self, client, poll):
        statement = StatementFactory(poll=poll)
        answer = send(
            client, "PUT", f"/statements/{statement.pk}/vote", {"stance": "agree"}
        )
        assert answer.status_code == 200
        assert answer.json()["stance"] == "agree"
        token = answer["X-Guest-Token"]
        client.cookies.clear()
        changed = send(
            client,
            "PUT",
            f"/statements/{statement.pk}/vote",
            {"stance": "disagree", "important": True},
            X_Guest_Token=token,
        )
        assert changed.status_code == 200
        assert Vote.objects.get().stance == -1
        assert EarlierVote.objects.count() == 1

    def test_is_seen_by_its_voter_only(self, client, poll, guest):
        vote = VoteFactory(statement=StatementFactory(poll=poll), participant=guest)
        path = f"/statements/{vote.statement_id}"
        assert get(client, path).json()["my_vote"]["stance"] == "agree"
        del client.defaults["HTTP_X_GUEST_TOKEN"]
        assert get(client, path).json()["my_vote"] is None

    def test_can_be_taken_back(self, client, poll, guest):
        vote = VoteFactory(statement=StatementFactory(poll=poll), participant=guest)
        path = f"/statements/{vote.statement_id}/vote"
        assert send(client, "DELETE", path).status_code == 204
        assert send(client, "DELETE", path).status_code == 404

    def test_needs_an_account_where_guests_are_not_admitted(self, client):
        poll = PollFactory(policy=PolicyFactory(guests_may_vote=False))
        path = f"/statements/{StatementFactory(poll=poll).pk}/vote"
        assert send(client, "PUT", path, {"stance": "agree"}).status_code == 401

    def test_is_409_after_the_close(self, client, guest):
        statement = StatementFactory(poll=PollFactory(closed=True))
        answer = send(
            client, "PUT", f"/statements/{statement.pk}/vote", {"stance": "agree"}
        )
        assert answer.status_code == 409
        assert answer.json()["type"] == "closed"

    def test_on_ones_own_statement_is_403(self, client, poll, guest):
        path = f"/statements/{StatementFactory(poll=poll, author=guest).pk}/vote"
        assert send(client, "PUT", path, {"stance": "agree"}).status_code == 403

    @pytest.mark.parametrize(
        "status", [ContentStatus.HIDDEN, ContentStatus.HELD, ContentStatus.WITHDRAWN]
    )
    def test_on_what_is_not_public_is_404(self, client, poll, guest, status):
        own = StatementFactory(poll=poll, status=status, author=guest)
        for one in (own, StatementFactory(poll=poll, status=status)):
            path = f"/statements/{one.pk}/vote"
            assert send(client, "PUT", path, {"stance": "agree"}).status_code == 404

    @pytest.mark.parametrize(
        "body",
        [
            None,
            {},
            {"stance": 1},
            {"stance": "maybe"},
            {"stance": "agree\n"},
            {"stance": "a" * 100_000},
            {"stance": "agree", "important": "very"},
            {"stance": "agree", "more": 1},
        ],
    )
    def test_of_another_kind_is_422(self, client, poll, guest, body):
        path = f"/statements/{StatementFactory(poll=poll).pk}/vote"
        answer = send(client, "PUT", path, body)
        assert answer.status_code == 422
        assert not Vote.objects.exists()

    @pytest.mark.parametrize("pk", [0, 99, 9**30])
    def test_on_no_statement_is_404(self, client, guest, pk):
        answer = send(client, "PUT", f"/statements/{pk}/vote", {"stance": "agree"})
        assert answer.status_code == 404

    def test_with_a_cookie_needs_a_csrf_token(self, poll):
        from django.test import Client

        client = Client(enforce_csrf_checks=True)
        client.force_login(AccountFactory())
        path = f"/statements/{StatementFactory(poll=poll).pk}/vote"
        assert send(client, "PUT", path, {"stance": "agree"}).status_code == 403
