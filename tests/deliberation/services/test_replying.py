"""Replying: the place in a thread, and what somebody is told who writes much there."""

import pytest

from deliberation.models import Comment
from deliberation.services import checks, comments
from moderation.choices import ContentStatus
from moderation.services.admission import Refused
from tests.deliberation.services import posting
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussion():
    return DiscussionFactory()


@pytest.fixture
def post(discussion, now):
    return posting.by_anybody(discussion, now)


class TestReplying:
    def test_numbers_the_thread_in_the_order_of_writing(self, post):
        root = post()
        first = post(raw="I agree with this.", parent=root)
        second = post(raw="And what about the rain?", parent=first)
        third = post(raw="Roofs are planned.", parent=root)
        assert [c.root for c in (first, second, third)] == [root] * 3
        assert [c.number for c in (first, second, third)] == [1, 2, 3]
        assert [c.depth for c in (first, second, third)] == [1, 2, 1]

    def test_to_another_discussions_comment_is_refused(self, post):
        with pytest.raises(checks.NoSuchParent):
            post(parent=CommentFactory())

    @pytest.mark.parametrize("state", ["held", "hidden", "withdrawn"])
    def test_to_what_is_not_public_is_refused_alike(self, post, discussion, state):
        parent = CommentFactory(discussion=discussion, **{state: True})
        with pytest.raises(checks.NoSuchParent) as refused:
            post(raw="My answer", parent=parent)
        assert refused.value.text == "My answer"

    def test_notices_what_happened_since_the_parent_was_read(self, post):
        parent = post()
        Comment.objects.update(status=ContentStatus.WITHDRAWN)
        with pytest.raises(checks.NoSuchParent):
            post(raw="My answer", parent=parent)

    def test_more_than_three_times_in_a_row_is_refused(self, post):
        root, author = post(), ParticipantFactory()
        for word in ("One", "Two", "Three"):
            post(raw=word, parent=root, author=author)
        with pytest.raises(Refused) as refused:
            post(raw="Four", parent=root, author=author)
        assert refused.value.findings[0].rule == "in_a_row"


class TestAThreadWithOneBusyPerson:
    @pytest.fixture
    def root(self):
        rules = [["in_a_row", {}], ["dominance", {}]]
        return CommentFactory(
            discussion=DiscussionFactory(policy=PolicyFactory(rules=rules))
        )

    @pytest.fixture
    def answer(self, post, root):
        """Answer a comment of the thread; return what was said to the author."""

        def answer(author, parent=root):
            comment = post(
                "Indeed.", author=author, parent=parent, discussion=root.discussion
            )
            return [finding.message for finding in comment.verdict.findings]

        return answer

    @pytest.mark.parametrize(("own", "others"), [(3, 5), (59, 89)])
    def test_is_told_of_the_share_once_whatever_its_length(
        self, answer, root, own, others
    ):
        busy = ParticipantFactory()
        CommentFactory.create_batch(others - 1, parent=root)
        CommentFactory.create_batch(own, parent=root, author=busy)

        def write():
            return answer(busy, CommentFactory(parent=root))

        (said,) = write()
        assert "40 % of the comments in this thread are yours" in said
        assert write() == []
        CommentFactory.create_batch(20, parent=root)
        CommentFactory.create_batch(40, parent=root, author=busy)
        assert write() == []

    def test_is_told_of_the_third_answer_to_one_person_once(self, answer, root):
        other = root.author
        busy = ParticipantFactory()
        told = []
        for _each in range(5):
            told += answer(busy)
            CommentFactory.create_batch(30, parent=root, author=other)
        (said,) = told
        assert "answer number 3" in said

    def test_waits_for_somebody_else_whose_answer_stays(self, answer, root):
        busy = ParticipantFactory()
        for _each in range(3):
            answer(busy)
        for state in ("withdrawn", "hidden", "held"):
            CommentFactory(parent=root, **{state: True})
            with pytest.raises(Refused, match="The last 3 comments"):
                answer(busy)
        CommentFactory(parent=root)
        answer(busy)

    def test_does_not_wait_longer_for_what_the_author_took_back(self, answer, root):
        busy = ParticipantFactory()
        for _each in range(3):
            answer(busy)
        comments.withdraw(comment=busy.comments.last(), by=busy)
        with pytest.raises(Refused):
            answer(busy)
