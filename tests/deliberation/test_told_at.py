"""What was just done is told where it was done: where the address leads."""

import re

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.template import engines
from django.urls import reverse
from django.utils import timezone

from deliberation.choices import Sort
from deliberation.models import Comment
from deliberation.queries import threads
from deliberation.queries.visits import Reader, Visit
from moderation.choices import ContentStatus
from moderation.models import Policy
from tests.factories.deliberation import CommentFactory, DiscussionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussion():
    return DiscussionFactory()


def path(name, comment):
    return reverse(f"deliberation:{name}", args=[comment.pk])


def notices(html, comment):
    """Return the notices in one comment, and how many there are on the whole page."""
    _before, at, rest = html.partition(f'id="comment-{comment.pk}"')
    assert at
    inside = re.split(r"</article>|</p>\s*</div>", rest)[0]
    notice = r'<div class="fm-notice fm-notice-(\w+)" role="\w+">'
    told = re.findall(notice, inside)
    assert len(re.findall(notice, html)) == len(told)
    return told


@pytest.mark.parametrize("depth", [0, 1])
class TestWhoPosts:
    def test_reads_in_their_comment_that_it_is_there(
        self, client, known_resident, discussion, depth
    ):
        parent = CommentFactory(discussion=discussion) if depth else None
        others = CommentFactory.create_batch(2, discussion=discussion, parent=parent)
        to = (
            path("reply", parent)
            if parent
            else reverse("deliberation:post_comment", args=[discussion.pk])
        )
        sent = {"text": "A pond, please, and a bench beside it.", "agreed": "1"}
        html = client.post(to, sent, follow=True).content.decode()
        mine = Comment.objects.exclude(pk__in=[other.pk for other in others]).latest(
            "pk"
        )
        assert mine.text == sent["text"]
        assert "Your comment is published." in html
        assert "success" in notices(html, mine)
        # Once is enough, and nobody else is told.
        assert notices(client.get(path("comment", mine)).content.decode(), mine) == []

    def test_reads_there_why_it_cannot_be_edited(
        self, client, known_resident, discussion, depth
    ):
        parent = CommentFactory(discussion=discussion) if depth else None
        late = CommentFactory(
            discussion=discussion, parent=parent, author=known_resident
        )
        html = client.get(path("edit_comment", late), follow=True).content.decode()
        assert notices(html, late) == ["error"]


class TestWhereTheCommentIsNotShown:
    def test_it_is_told_in_its_place(self, client, known_resident, discussion):
        mine = CommentFactory(
            discussion=discussion,
            author=known_resident,
            status=ContentStatus.WITHDRAWN,
            created_at=timezone.now(),
        )
        CommentFactory(parent=mine)
        html = client.get(path("edit_comment", mine), follow=True).content.decode()
        assert notices(html, mine) == ["error"]

    def test_it_is_told_above_another_part_of_the_thread(
        self, client, known_resident, discussion
    ):
        root = CommentFactory(discussion=discussion)
        CommentFactory.create_batch(51, parent=root)
        mine = CommentFactory(parent=root, author=known_resident)
        client.get(path("edit_comment", mine))
        html = client.get(f"{path('comment', mine)}?block=0").content.decode()
        assert "Comments can be edited for" in html
        assert f'id="comment-{mine.pk}"' not in html


def test_no_message_is_told_twice_in_comments_of_one_kind(
    client, known_resident, discussion
):
    # They are filled into one rendering: nothing of the first may stay in it.
    late = CommentFactory.create_batch(2, discussion=discussion, author=known_resident)
    for each in late:
        html = client.get(path("edit_comment", each), follow=True).content.decode()
        assert notices(html, each) == ["error"]


def test_nothing_is_told_twice_where_a_site_tells_it_above(rf, discussion, now):
    asked = CommentFactory(discussion=discussion)
    reader = Reader(key="me", participant=None)
    visit = Visit(discussion=discussion, policy=Policy(), reader=reader, now=now)
    request = rf.get("/")
    request._messages = CookieStorage(request)
    messages.info(request, "Only once.")
    context = {
        "nodes": threads.page(visit, sort=Sort.OLDEST).nodes,
        "asked": asked.pk,
    }
    shown = "{% load deliberation_tags %}{% comments nodes told_at=asked %}"
    above = "{% for message in messages %}{{ message }}{% endfor %}"
    engine = engines["django"]
    assert engine.from_string(above + shown).render(context, request).count("once") == 1
    messages.info(request, "Only once.")
    request._messages.used = False
    assert "once" in engine.from_string(shown).render(context, request)
