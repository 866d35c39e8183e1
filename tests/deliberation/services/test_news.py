"""News of answers: to whom they are told, and when they are not."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import PageViewRestriction

from deliberation.models import Comment
from deliberation.services import comments, follows, official
from moderation.choices import Act
from moderation.models import Notice
from moderation.queries import news
from moderation.services import notices, participants, review
from tests.deliberation.services import posting
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import AccountFactory, ParticipantFactory, PolicyFactory

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


@pytest.fixture
def root(ada, discussion):
    return CommentFactory(author=ada, discussion=discussion)


def told(person):
    return [str(item.told.title) for item in news.page(person).items]


class TestAReply:
    def test_is_told_to_whom_it_answers(self, ada, bo, root, post):
        reply = post(bo, "In the shade, yes.", parent=root)
        (item,) = news.page(ada).items
        assert str(item.told.title).startswith("Bo of the Mill replied to you in")
        assert item.told.quote == "In the shade, yes."
        assert item.told.path == (
            reverse("deliberation:comment", args=[reply.pk]) + f"#comment-{reply.pk}"
        )
        assert told(bo) == []

    def test_is_quoted_as_it_is_read(self, ada, bo, root, post):
        post(bo, "**Very** <important>, see [here](https://x.example).", parent=root)
        (item,) = news.page(ada).items
        assert item.told.quote == "Very <important>, see here."

    def test_is_not_told_to_oneself(self, ada, root, post):
        post(ada, "I mean it.", parent=root)
        assert told(ada) == []

    def test_is_told_once_however_often_it_is_edited(self, ada, bo, root, post, now):
        reply = post(bo, "In the shade.", parent=root)
        comments.edit(comment=reply, by=bo, raw="In the deep shade.", now=now)
        (item,) = news.page(ada).items
        assert item.told.quote == "In the deep shade."

    def test_waits_until_a_moderator_lets_it_in(
        self, ada, bo, now, root, post, django_capture_on_commit_callbacks
    ):
        reply = post(bo, "In the shade.", parent=root)
        Notice.objects.all().delete()
        Comment.objects.filter(pk=reply.pk).update(status="held")
        reply.refresh_from_db()
        with django_capture_on_commit_callbacks(execute=True):
            moderator = AccountFactory(is_superuser=True)
            review.decide(content=reply, act=Act.PUBLISH, decided_by=moderator, now=now)
        assert len(told(ada)) == 1

    @pytest.mark.parametrize("state", ["held", "hidden", "withdrawn"])
    def test_is_gone_when_it_is_not_public(self, ada, bo, root, post, state):
        reply = post(bo, "In the shade.", parent=root)
        Comment.objects.filter(pk=reply.pk).update(status=state)
        assert told(ada) == []
        assert news.count_new(ada) == 0

    def test_is_not_stored_for_those_who_could_never_read_it(self, bo, post):
        imported = CommentFactory(discussion=post(bo, "Hello there.").discussion)
        post(bo, "In the shade.", parent=imported)
        assert not Notice.objects.exists()


class TestAPage:
    @pytest.fixture
    def page(self, ada, bo, root, post):
        post(bo, "In the shade.", parent=root)
        return root.discussion.page

    def test_that_is_unpublished_is_not_told_of(self, ada, page):
        page.live = False
        page.save()
        assert told(ada) == []

    def test_behind_a_password_is_not_told_of(self, ada, page):
        PageViewRestriction.objects.create(
            page=page, restriction_type="password", password="x"
        )
        assert told(ada) == []

    def test_for_a_group_is_told_of_to_its_members(self, ada, page):
        group = Group.objects.create(name="Neighbours")
        restriction = PageViewRestriction.objects.create(
            page=page, restriction_type="groups"
        )
        restriction.groups.add(group)
        assert told(ada) == []
        ada.account.groups.add(group)
        assert len(told(ada)) == 1


class TestAnOfficialAnswer:
    def test_takes_the_place_of_the_reply_that_was_not_read(self, ada, root, post, now):
        account = AccountFactory(is_superuser=True)
        editor = participants.for_account(account=account, now=now, language="en")
        reply = post(editor, "We will plant trees.", parent=root, agreed=True)
        official.declare(comment=reply, by=account, now=now)
        (title,) = told(ada)
        assert "has an official answer" in title

    def test_remains_a_reply_without_the_mark_and_is_read_once(
        self, ada, root, post, now
    ):
        account = AccountFactory(is_superuser=True)
        editor = participants.for_account(account=account, now=now, language="en")
        reply = post(editor, "We will plant trees.", parent=root, agreed=True)
        official.declare(comment=reply, by=account, now=now)
        notices.mark_read(participant=ada, now=now)
        for _ in range(2):
            official.revoke(comment=reply, by=account)
            (title,) = told(ada)
            assert "replied to you" in title
            official.declare(comment=reply, by=account, now=now)
        assert news.count_new(ada) == 0


class TestTheListOfNotices:
    def test_takes_the_same_queries_for_few_and_many(
        self, ada, bo, root, post, now, django_assert_max_num_queries
    ):
        follows.follow(participant=ada, discussion=root.discussion, now=now)
        for number in range(12):
            post(bo, f"Reply number {number}.", parent=root)
        with django_assert_max_num_queries(8):
            assert len(news.page(ada).items) == 12
