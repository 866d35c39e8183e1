"""Polls, and somebody to take part in them."""

import pytest

from tests.factories.deliberation import PollFactory, StatementFactory, VoteFactory
from tests.factories.moderation import AccountFactory, ParticipantFactory, PolicyFactory


@pytest.fixture
def poll():
    """Return a poll that guests may take part in."""
    return PollFactory(policy=PolicyFactory(for_guests=True, lenient=True))


@pytest.fixture
def me(client):
    """Somebody signed in; the client is theirs."""
    account = AccountFactory()
    client.force_login(account)
    return ParticipantFactory(account=account)


@pytest.fixture
def divided():
    """Two camps of twelve, six statements that part them and two that unite them."""
    poll = PollFactory(results="always")
    statements = StatementFactory.create_batch(8, poll=poll)
    for camp in (1, -1):
        for voter in ParticipantFactory.create_batch(12):
            for place, statement in enumerate(statements):
                stance = camp if place < 6 else 1
                VoteFactory(statement=statement, participant=voter, stance=stance)
    return poll
