from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from deliberation.models import Comment, CommentVersion, Reaction
from deliberation.services import checks, comments, reactions, sending
from moderation.refusals import Refusal
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory

# Real threads need real commits; they leave the migrated rows as they were.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

PARALLEL = 8


def at_once(act, number=PARALLEL):
    """Run `act(place)` in threads that begin together; return results or refusals."""
    ready = Barrier(number)

    def alone(place):
        try:
            ready.wait(timeout=30)
            return act(place)
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(alone, range(number)))


@pytest.fixture
def root():
    lenient = PolicyFactory(lenient=True)
    return CommentFactory(discussion=DiscussionFactory(policy=lenient))


def test_replies_at_once_get_numbers_of_their_own(root, now):
    authors = ParticipantFactory.create_batch(PARALLEL)

    def reply(place):
        return [
            comments.post(
                discussion=root.discussion,
                author=authors[place],
                raw=f"Reply {place}, {number}",
                language="en",
                parent=root,
                now=now,
            )
            for number in range(3)
        ]

    at_once(reply)
    numbers = Comment.objects.filter(root=root).values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, 3 * PARALLEL + 1))


def test_slow_mode_lets_one_of_many_through(now):
    slow = PolicyFactory(rules=[["pace", {"slow_mode_seconds": 60}]])
    discussion, author = DiscussionFactory(policy=slow), ParticipantFactory()
    results = at_once(
        lambda place: comments.post(
            discussion=discussion,
            author=author,
            raw=f"Comment {place}",
            language="en",
            now=now,
        )
    )
    assert sum(isinstance(result, Comment) for result in results) == 1
    assert Comment.objects.count() == 1


def test_a_form_sent_by_a_newcomer_many_times_at_once_is_stored_once(root, now):
    authors = ParticipantFactory.create_batch(PARALLEL)

    def send(place):
        try:
            return comments.post(
                discussion=root.discussion,
                author=authors[place],
                raw="Plant lindens.",
                language="en",
                now=now,
                sent_as="form",
            )
        except sending.SentBefore as earlier:
            return earlier.comment

    assert len(set(at_once(send))) == 1
    assert Comment.objects.exclude(pk=root.pk).count() == 1


def test_edits_at_once_lose_no_wording(root, now):
    root.created_at = now
    root.save()
    seen = root.version
    results = at_once(
        lambda place: comments.edit(
            comment=root, by=root.author, raw=f"Edit {place}", now=now, seen=seen
        )
    )
    assert sum(isinstance(result, Comment) for result in results) == 1
    assert sum(isinstance(result, checks.Stale) for result in results) == 7
    assert CommentVersion.objects.count() == 1


def test_reactions_at_once_leave_one(root, now):
    reader = ParticipantFactory()
    at_once(
        lambda place: reactions.react(
            comment=root,
            participant=reader,
            kind=("agree", "disagree")[place % 2],
            now=now,
        )
    )
    assert Reaction.objects.count() == 1
