"""What is kept of a poll between votes must not outlive a change."""

import json

import pytest
from wagtail.models import PageViewRestriction

from moderation.choices import ContentStatus
from tests.factories.deliberation import PollFactory, StatementFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement():
    policy = PolicyFactory(for_guests=True, lenient=True)
    return StatementFactory(poll=PollFactory(policy=policy))


@pytest.fixture
def ask(client, statement):
    """Ask for a statement and vote on it; return both statuses."""
    client.defaults["HTTP_X_GUEST_TOKEN"] = "token"
    ParticipantFactory(guest_token="token")

    def asked():
        path = f"/api/v1/polls/{statement.poll_id}/next"
        shown = client.get(path).status_code
        vote = client.put(
            f"/api/v1/statements/{statement.pk}/vote",
            json.dumps({"stance": "agree"}),
            content_type="application/json",
        )
        return shown, vote.status_code

    assert asked() == (200, 200)
    return asked


class TestAfterThePaperWasMade:
    def test_a_restricted_page_takes_no_votes(self, ask, statement):
        PageViewRestriction.objects.create(
            page_id=statement.poll.page_id, restriction_type="login"
        )
        assert ask() == (404, 404)

    def test_an_unpublished_page_takes_no_votes(self, ask, statement):
        statement.poll.page.unpublish()
        assert ask() == (404, 404)

    def test_a_policy_without_guests_takes_no_votes_of_theirs(self, ask, statement):
        policy = statement.poll.policy
        policy.guests_may_vote = False
        policy.save()
        assert ask()[1] == 403

    def test_a_close_that_no_signal_tells_of_holds(self, ask, statement, now):
        type(statement.poll).objects.filter(pk=statement.poll_id).update(closes_at=now)
        assert ask()[1] == 409

    def test_a_hidden_statement_takes_no_votes(self, ask, statement):
        type(statement).objects.update(status=ContentStatus.HIDDEN)
        assert ask()[1] == 404
