from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django_tasks import task_backends

from deliberation import tasks
from deliberation.choices import Stance
from deliberation.models import PollResult
from deliberation.services import votes
from tests.factories.deliberation import StatementFactory, VoteFactory
from tests.factories.moderation import ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue(settings):
    """Return the list of what was put into a queue that can wait."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}
    }
    backend = task_backends["default"]
    backend.clear()
    return backend.results


class TestNewResults:
    def test_are_computed_after_a_vote_without_a_queue(
        self, django_capture_on_commit_callbacks, now
    ):
        statement = StatementFactory()
        with django_capture_on_commit_callbacks(execute=True):
            votes.cast(
                statement=statement,
                participant=ParticipantFactory(),
                stance=Stance.AGREE,
                now=now,
            )
        assert PollResult.objects.get().votes == 1

    def test_are_asked_for_once_in_a_while(self, queue):
        for _ in range(5):
            tasks.request_refresh(1)
        assert len(queue) == 1
        cache.clear()
        tasks.request_refresh(1)
        assert len(queue) == 2

    def test_wait_for_the_votes_to_come_where_a_queue_can_wait(self, queue, settings):
        settings.FOLKMOOT_RESULTS_SECONDS = 600
        tasks.request_refresh(1)
        due = queue[0].task.run_after - datetime.now(UTC)
        assert timedelta(seconds=590) < due <= timedelta(seconds=600)

    def test_are_not_asked_for_by_a_reader_when_nothing_changed(self, queue):
        poll = VoteFactory().poll
        another = StatementFactory(poll=poll)
        tasks.refresh_results.call(poll.pk)
        # Making the poll's page put tasks of Wagtail's into the queue.
        queue.clear()
        tasks.catch_up(poll)
        assert len(queue) == 0
        VoteFactory(statement=another)
        tasks.catch_up(poll)
        assert len(queue) == 1

    def test_of_a_poll_that_is_gone_are_nothing(self):
        tasks.refresh_results.call(99)
        assert not PollResult.objects.exists()
