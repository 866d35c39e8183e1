"""Following: one notice of all that others wrote since."""

from datetime import timedelta

import pytest

from deliberation.models import Comment
from deliberation.services import follows
from moderation.models import Notice
from moderation.queries import news
from moderation.services import notices
from tests.deliberation.services import posting
from tests.factories.deliberation import DiscussionFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return ParticipantFactory(with_account=True, pseudonym="Ada Brook")


@pytest.fixture
def bo():
    return ParticipantFactory(with_account=True, pseudonym="Bo of the Mill")


@pytest.fixture
def discussion():
    return DiscussionFactory(policy=PolicyFactory(lenient=True))


@pytest.fixture
def post(discussion, now):
    return posting.by_author(discussion, now)


def told(person):
    return [str(item.told.title) for item in news.page(person).items]


class TestFollowing:
    def test_tells_of_what_others_write_in_one_notice(
        self, ada, bo, discussion, post, now
    ):
        follows.follow(participant=ada, discussion=discussion, now=now)
        later = now + timedelta(minutes=5)
        for text in ("One bench here.", "Two trees there."):
            post(bo, text, now=later)
        post(ada, "My own words.", now=later)
        for _ in range(2):
            follows.catch_up(now=later)
        (title,) = told(ada)
        assert title.startswith("2 new comments in")

    def test_leads_to_all_that_it_counts(self, ada, bo, discussion, post, client, now):
        root = post(bo, "An old thread.", now=now - timedelta(minutes=5))
        follows.follow(participant=ada, discussion=discussion, now=now)
        later = now + timedelta(minutes=5)
        comments = [
            post(bo, "A new thread.", now=later),
            post(bo, "A new answer.", parent=root, now=later),
        ]
        follows.catch_up(now=later)
        (item,) = news.in_words(Notice.objects.filter(participant=ada))
        html = client.get(item.told.path).content.decode()
        for comment in comments:
            assert f'id="comment-{comment.pk}"' in html
        assert html.count("<article") == 2

    def test_tells_again_of_what_came_after_reading(
        self, ada, bo, discussion, post, now
    ):
        follows.follow(participant=ada, discussion=discussion, now=now)
        post(bo, "One bench here.", now=now + timedelta(minutes=5))
        follows.catch_up(now=now + timedelta(minutes=6))
        notices.mark_read(participant=ada, now=now + timedelta(minutes=7))
        follows.catch_up(now=now + timedelta(minutes=8))
        assert len(told(ada)) == 1
        post(bo, "Two trees there.", now=now + timedelta(minutes=9))
        follows.catch_up(now=now + timedelta(minutes=10))
        assert told(ada)[0].startswith("1 new comment in")

    def test_tells_nothing_of_what_was_hidden(self, ada, bo, discussion, post, now):
        follows.follow(participant=ada, discussion=discussion, now=now)
        comment = post(bo, "One bench here.", now=now + timedelta(minutes=5))
        follows.catch_up(now=now + timedelta(minutes=6))
        Comment.objects.filter(pk=comment.pk).update(status="hidden")
        assert told(ada) == []

    def test_tells_of_what_was_let_in_late(self, ada, bo, discussion, post, now):
        comment = post(bo, "One bench here.")
        follows.follow(
            participant=ada, discussion=discussion, now=now + timedelta(days=1)
        )
        follows.came_late(comment=comment, now=now + timedelta(days=2))
        assert len(told(ada)) == 1

    def test_ends(self, ada, bo, discussion, post, now):
        follows.follow(participant=ada, discussion=discussion, now=now)
        follows.unfollow(participant=ada, discussion=discussion)
        post(bo, "One bench here.", now=now + timedelta(minutes=5))
        follows.catch_up(now=now + timedelta(minutes=6))
        assert told(ada) == []
