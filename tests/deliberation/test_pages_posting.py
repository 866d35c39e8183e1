"""Comments and replies, posted by the forms on the pages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from deliberation.models import Comment
from deliberation.services import discussions
from moderation.identity import GUEST_COOKIE
from moderation.models import Participant
from tests.deliberation.browsing import said, typed, url
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import AccountFactory, PolicyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussion():
    return DiscussionFactory(policy=PolicyFactory(for_guests=True))


@pytest.fixture
def own(discussion, resident):
    return CommentFactory(
        discussion=discussion, author=resident, created_at=timezone.now()
    )


class TestPosting:
    def test_leads_to_the_comment_in_its_place(self, client, discussion, resident):
        response = client.post(url("post_comment", discussion), typed())
        comment = Comment.objects.get()
        assert response.url == f"/comments/{comment.pk}/#comment-{comment.pk}"
        assert comment.author == resident
        assert "published" in said(response)
        assert client.get(response.url).status_code == 200

    def test_makes_a_guest_who_may_edit_afterwards(self, client, discussion):
        client.post(url("post_comment", discussion), typed())
        comment = Comment.objects.get()
        assert comment.author.is_guest
        assert client.get(url("edit_comment", comment)).status_code == 200
        client.cookies.pop(GUEST_COOKIE)
        assert client.get(url("edit_comment", comment)).status_code == 404

    def test_that_is_refused_makes_no_guest_and_leaves_no_cookie(
        self, client, discussion
    ):
        long = typed("long " * 2_000, advised="1")
        refused = client.post(url("post_comment", discussion), long)
        assert refused.status_code == 400
        assert GUEST_COOKIE not in refused.cookies
        assert not Participant.objects.exists()

    @pytest.mark.parametrize("advised", ["", "1"])
    def test_twice_by_a_newcomer_makes_one_guest_and_gives_each_answer_their_cookie(
        self, client, discussion, advised
    ):
        form = typed(advised=advised)
        first = client.post(url("post_comment", discussion), form)
        # Sent before the answer to the first came back, so without its cookie.
        client.cookies.clear()
        again = client.post(url("post_comment", discussion), form)
        assert again.url == first.url
        assert Participant.objects.get() == Comment.objects.get().author
        edit = url("edit_comment", Comment.objects.get())
        assert client.get(edit).status_code == 200

    def test_later_from_a_browser_that_others_use_makes_nobody_of_them_the_guest(
        self, client, discussion, now
    ):
        form = typed(advised="1")
        client.post(url("post_comment", discussion), form)
        client.cookies.clear()
        Participant.objects.update(created_at=timezone.now() - timedelta(hours=1))
        again = client.post(url("post_comment", discussion), form)
        assert again.status_code == 302
        assert GUEST_COOKIE not in again.cookies
        assert Participant.objects.count() == 1

    def test_twice_from_one_showing_of_the_form_acts_once(
        self, client, discussion, resident
    ):
        for _ in range(2):
            response = client.post(url("post_comment", discussion), typed())
            assert response.status_code == 302
        assert Comment.objects.count() == 1

    def test_again_with_another_text_is_another_comment(
        self, client, discussion, resident
    ):
        client.post(url("post_comment", discussion), typed())
        client.post(url("post_comment", discussion), typed("And a fountain."))
        assert Comment.objects.count() == 2

    def test_can_be_repaired_after_a_refusal(self, client, discussion, resident):
        refused = client.post(url("post_comment", discussion), typed(" "))
        assert refused.status_code == 400
        client.post(url("post_comment", discussion), typed())
        assert Comment.objects.count() == 1

    def test_keeps_a_refused_text_and_says_what_to_change(
        self, client, discussion, resident
    ):
        text = "<b>too</b> long " * 500
        response = client.post(url("post_comment", discussion), typed(text))
        html = response.content.decode()
        assert "&lt;b&gt;too&lt;/b&gt; long" in html
        assert "too long: at most" in html
        assert f'href="#discussion-{discussion.pk}-text"' in html
        assert "Nothing is lost" in html

    def test_keeps_the_text_of_whoever_was_signed_out(self, client):
        response = client.post(url("post_comment", DiscussionFactory()), typed())
        html = response.content.decode()
        assert response.status_code == 400
        assert "The benches should stand in the shade." in html
        assert "Sign in to take part" in html
        assert not Participant.objects.exists()

    def test_keeps_the_text_of_whoever_is_too_late(self, client, discussion, resident):
        discussions.close(discussion=discussion, now=timezone.now())
        response = client.post(url("post_comment", discussion), typed())
        html = response.content.decode()
        assert "The benches should stand in the shade." in html
        assert "takes nothing new" in html

    def test_says_that_a_moderator_reads_first(self, client, resident):
        careful = DiscussionFactory(policy=PolicyFactory(reviewing_first=True))
        response = client.post(url("post_comment", careful), typed())
        assert "moderator" in said(response)
        html = client.get(response.url).content.decode()
        assert "Waiting for review" in html

    def test_needs_a_token_against_forgery(self, discussion):
        careful = Client(enforce_csrf_checks=True)
        careful.force_login(AccountFactory())
        response = careful.post(url("post_comment", discussion), typed())
        assert response.status_code == 403
        assert not Comment.objects.exists()


class TestReplying:
    def test_stands_below_what_it_answers(self, client, own, discussion):
        root = CommentFactory(discussion=discussion)
        client.post(url("reply", root), typed("Good idea."))
        assert Comment.objects.get(text="Good idea.").parent == root

    def test_says_once_what_is_wrong_twice(self, client, discussion, resident):
        text = "[one](javascript:alert) and [two](javascript:alert)"
        html = client.post(
            url("post_comment", discussion), typed(text)
        ).content.decode()
        assert html.count("Links may only lead to web pages") == 1

    @pytest.mark.parametrize("state", ["hidden", "withdrawn"])
    def test_shows_nothing_of_what_is_no_longer_there(
        self, client, discussion, resident, state
    ):
        root = CommentFactory(discussion=discussion)
        CommentFactory(parent=root)
        Comment.objects.filter(pk=root.pk).update(status=state)
        assert client.get(url("reply", root)).status_code == 404
        html = client.post(url("reply", root), typed("Good idea.")).content.decode()
        assert "Good idea." in html
        assert root.text not in html
        assert root.author.pseudonym not in html

    def test_can_be_posted_by_itself_where_what_it_answers_is_gone(
        self, client, discussion, resident
    ):
        root = CommentFactory(discussion=discussion)
        instead = f'formaction="{url("post_comment", discussion)}"'
        assert instead not in client.get(url("reply", root)).content.decode()
        Comment.objects.filter(pk=root.pk).update(status="hidden")
        html = client.post(url("reply", root), typed("Good idea.")).content.decode()
        assert instead in html
