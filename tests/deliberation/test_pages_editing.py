"""Comments that their authors change or withdraw on the pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deliberation import fragments
from deliberation.models import Comment
from moderation.choices import ContentStatus
from tests.deliberation.browsing import typed, url
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import PolicyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussion():
    return DiscussionFactory(policy=PolicyFactory(for_guests=True))


@pytest.fixture
def own(discussion, resident):
    return CommentFactory(
        discussion=discussion, author=resident, created_at=timezone.now()
    )


class TestEditing:
    def test_changes_the_text_and_links_the_history(self, client, own):
        before = own.text
        form = typed("Two benches.", version=own.version)
        response = client.post(url("edit_comment", own), form)
        assert response.status_code == 302
        assert "edited" in client.get(response.url).content.decode()
        assert before in client.get(url("comment_history", own)).content.decode()

    def test_in_two_tabs_shows_both_texts(self, client, own):
        first = typed("First tab.", version=own.version)
        second = typed("Second tab.", version=own.version)
        client.post(url("edit_comment", own), first)
        answer = client.post(url("edit_comment", own), second)
        html = answer.content.decode()
        assert answer.status_code == 409
        assert "This is not saved yet." in html
        assert "First tab." in html
        assert "Second tab." in html
        again = Comment.objects.get(pk=own.pk).version
        assert again in html
        client.post(url("edit_comment", own), second | {"version": again})
        assert Comment.objects.get(pk=own.pk).text == "Second tab."

    def test_says_until_when_it_is_possible(self, client, own):
        html = client.get(url("edit_comment", own)).content.decode()
        ends = fragments.moment(own.created_at + timedelta(minutes=30))
        assert f"You can change it until {ends}." in html

    def test_shows_the_rules_before_the_field(self, client, own):
        html = client.get(url("edit_comment", own)).content.decode()
        rules = html.split('class="fm-rules"')[1].split("</ul>")[0]
        assert "<li>" in rules

    def test_can_be_looked_at_first(self, client, own):
        form = typed("Now **louder**.", version=own.version) | {"preview": "1"}
        html = client.post(url("edit_comment", own), form).content.decode()
        assert "<strong>louder</strong>" in html
        assert "Now **louder**.</textarea>" in html
        assert Comment.objects.get(pk=own.pk).text == own.text

    def test_twice_by_one_form_is_done_once(self, client, own):
        form = typed("Oaks, not lindens.", version=own.version)
        for _ in range(2):
            answer = client.post(url("edit_comment", own), form)
            assert answer.status_code == 302
        assert own.versions.count() == 1

    def test_after_the_window_keeps_the_text(self, client, own):
        Comment.objects.update(created_at=timezone.now() - timedelta(hours=1))
        form = typed("Too late.", version=own.version)
        html = client.post(url("edit_comment", own), form).content.decode()
        assert "Too late." in html
        assert "Comments can be edited for 30 minutes" in html

    def test_of_anothers_comment_is_not_there(self, client, resident, discussion):
        other = CommentFactory(discussion=discussion)
        for name in ("edit_comment", "withdraw_comment"):
            assert client.get(url(name, other)).status_code == 404
            assert client.post(url(name, other), typed()).status_code == 404
        assert Comment.objects.get(pk=other.pk).is_public

    def test_does_not_show_the_author_what_was_hidden(self, client, own):
        Comment.objects.update(status=ContentStatus.HIDDEN)
        html = client.get(url("edit_comment", own), follow=True).content.decode()
        assert "cannot be edited any more" in html
        assert own.text not in html
        assert own.text not in client.get(url("comment", own)).content.decode()


class TestWithdrawing:
    def test_asks_first_and_leaves_no_text(self, client, own, discussion):
        CommentFactory(parent=own)
        assert "Withdraw your comment?" in (
            client.get(url("withdraw_comment", own)).content.decode()
        )
        client.post(url("withdraw_comment", own))
        html = client.get(url("discussion", discussion)).content.decode()
        assert own.text not in html
        assert "The author has withdrawn this comment." in html
