from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from deliberation.choices import Stance
from deliberation.models import EarlierVote, Statement, Vote
from deliberation.services import statements, votes
from tests.factories.deliberation import PollFactory, StatementFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory

# Real threads need real commits; they leave the migrated rows as they were.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

PARALLEL = 50


def in_threads(act, number=PARALLEL):
    """Run `act(place)` in threads of their own, ten at a time; return the results."""

    def alone(place):
        try:
            return act(place)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        return list(pool.map(alone, range(number)))


def test_fifty_votes_at_once_leave_one(now):
    statement, voter = StatementFactory(), ParticipantFactory()
    stances = list(Stance)
    in_threads(
        lambda place: votes.cast(
            statement=Statement.objects.select_related("poll").get(pk=statement.pk),
            participant=voter,
            stance=stances[place % 3],
            now=now,
        )
    )
    assert Vote.objects.count() == 1
    assert EarlierVote.objects.count() == PARALLEL - 1


def test_statements_at_once_get_numbers_of_their_own(now):
    poll = PollFactory(policy=PolicyFactory(lenient=True))
    authors = ParticipantFactory.create_batch(20)
    in_threads(
        lambda place: statements.submit(
            poll=poll,
            author=authors[place],
            raw=f"Tram {place} should run at night.",
            language="en",
            now=now,
        ),
        number=20,
    )
    numbers = poll.statements.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(20))
