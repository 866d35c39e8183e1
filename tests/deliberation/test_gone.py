"""Who writes about what is gone meanwhile: told so, their text kept, nothing given away."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from deliberation.models import Comment
from moderation.choices import ContentStatus
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import AccountFactory, ParticipantFactory, PolicyFactory

pytestmark = pytest.mark.django_db

TYPED = "Two hours of typing with one finger."
GONE = [ContentStatus.HIDDEN, ContentStatus.HELD, ContentStatus.WITHDRAWN]


@pytest.fixture
def discussion():
    return DiscussionFactory(policy=PolicyFactory(for_guests=True))


@pytest.fixture
def me(client):
    account = AccountFactory()
    client.force_login(account)
    return ParticipantFactory(account=account)


def path(name, comment):
    return reverse(f"deliberation:{name}", args=[comment.pk])


def gone(status, **traits):
    return CommentFactory(text="Nobody may read this.", status=status, **traits)


@pytest.mark.parametrize("status", GONE)
class TestWhatIsGone:
    @pytest.mark.parametrize("sent", [{}, {"text": TYPED}, {"preview": "1"}])
    def test_is_quoted_to_nobody(self, client, discussion, status, sent):
        parent = gone(status, discussion=discussion)
        CommentFactory(parent=parent)
        for address in (path("reply", parent), f"{path('reply', parent)}?quote=1"):
            html = client.post(address, sent).content.decode()
            assert "Nobody may read" not in html

    def test_is_edited_by_nobody_else(self, client, discussion, me, status):
        other = gone(status, discussion=discussion)
        for sent in ({}, {"text": TYPED}):
            answer = client.post(path("edit_comment", other), sent)
            assert answer.status_code == 404
            assert "Nobody may read" not in answer.content.decode()


@pytest.mark.parametrize("status", GONE)
class TestWhoAnswersIt:
    def test_is_told_so_and_keeps_the_text(self, client, discussion, me, status):
        parent = gone(status, discussion=discussion)
        answer = client.post(path("reply", parent), {"text": TYPED, "agreed": "1"})
        html = answer.content.decode()
        assert answer.status_code == 400
        assert "not here any more" in html
        assert f"{TYPED}</textarea>" in html

    def test_can_say_it_beside(self, client, discussion, me, status):
        parent = gone(status, discussion=discussion)
        html = client.post(path("reply", parent), {"text": TYPED}).content.decode()
        beside = reverse("deliberation:post_comment", args=[discussion.pk])
        assert f'formaction="{beside}"' in html
        client.post(beside, {"text": TYPED, "agreed": "1"})
        assert Comment.objects.get(text=TYPED).parent is None


class TestWhoEditsIt:
    def test_is_told_so_and_keeps_the_text(self, client, discussion, me):
        own = gone(ContentStatus.WITHDRAWN, discussion=discussion, author=me)
        sent = {"text": TYPED, "version": own.version, "language": "en"}
        for more in ({}, {"preview": "1"}):
            answer = client.post(path("edit_comment", own), sent | more)
            html = answer.content.decode()
            assert answer.status_code == 400
            assert "cannot be edited any more" in html
            assert f"{TYPED}</textarea>" in html
            assert "You can change it until" not in html

    def test_is_told_before_typing_where_that_is_known(self, client, discussion, me):
        late = CommentFactory(discussion=discussion, author=me)
        answer = client.get(path("edit_comment", late), follow=True)
        assert answer.redirect_chain[0][0].endswith(f"#comment-{late.pk}")
        assert "Comments can be edited for" in answer.content.decode()

    def test_is_told_by_whoever_may_not_write_now(self, client, discussion, me):
        own = CommentFactory(
            discussion=discussion, author=me, created_at=timezone.now()
        )
        type(me).objects.update(suspended_until=timezone.now() + timedelta(days=1))
        answer = client.get(path("edit_comment", own), follow=True)
        assert "may not write at present" in answer.content.decode()


class TestWhoWithdrawsIt:
    def test_is_told_the_same_when_they_say_it_twice(self, client, discussion, me):
        own = CommentFactory(discussion=discussion, author=me)
        for _ in range(2):
            answer = client.post(path("withdraw_comment", own), follow=True)
            assert "You have withdrawn your comment" in answer.content.decode()
        assert client.get(path("withdraw_comment", own)).status_code == 404

    def test_does_not_withdraw_what_others_wrote(self, client, discussion, me):
        other = gone(ContentStatus.HELD, discussion=discussion)
        assert client.post(path("withdraw_comment", other)).status_code == 404
