"""Comments that are filled into what was rendered before read like any other."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe

from deliberation import fragments
from deliberation.choices import Sort
from deliberation.fragments import Surroundings
from deliberation.models import Comment
from deliberation.queries import threads
from deliberation.queries.visits import Reader, Visit
from moderation.models import Policy
from tests.factories.deliberation import (
    CommentFactory,
    DiscussionFactory,
    ReactionFactory,
)
from tests.factories.moderation import ParticipantFactory

pytestmark = pytest.mark.django_db

AROUND = Surroundings(here='/discussions/1/?q="<b>', token="secret-token")
TOLD = mark_safe("<p>Your comment is published.</p>")
STRANGE = "<script>alert(1)</script> & {{ node }} \\1 %s"


@pytest.fixture
def discussion():
    return DiscussionFactory()


@pytest.fixture
def nodes(discussion, now):
    """Return all comments as somebody sees them, whatever they are."""

    def _nodes(reader=None):
        visit = Visit(
            discussion=discussion,
            policy=Policy(),
            reader=Reader(key="me", participant=reader),
            now=now,
        )
        return threads.page(visit, sort=Sort.OLDEST).nodes

    return _nodes


def told(html):
    return re.sub(r"\s*\n\s*", "\n", html.strip())


def alike(node, around=AROUND):
    """Check a comment that is filled in against one that is rendered for itself."""
    filled = told(fragments._comment(node, around))
    assert filled == told(fragments.rendered(node, around))
    assert "\ue000" not in filled
    return filled


class TestAComment:
    @pytest.mark.parametrize("language", ["en", "de", "ar"])
    def test_reads_as_if_it_were_rendered_alone(self, discussion, nodes, language):
        strange = ParticipantFactory(pseudonym=STRANGE[:40])
        CommentFactory(discussion=discussion, author=strange)
        CommentFactory(discussion=discussion, author=strange, html=STRANGE)
        CommentFactory(discussion=discussion, language="fr")
        CommentFactory(discussion=discussion, author=None)
        CommentFactory(
            discussion=discussion, edited_at=discussion.page.last_published_at
        )
        CommentFactory(discussion=discussion, hidden=True)
        CommentFactory(discussion=discussion, author=strange, held=True)
        reacted = CommentFactory(discussion=discussion)
        ReactionFactory(comment=reacted, participant=strange)
        with translation.override(language):
            for reader in (None, strange, ParticipantFactory()):
                for node in nodes(reader):
                    alike(node)
                    # Once more, from what is kept.
                    alike(node)
                    pk = node.source.pk
                    here = replace(AROUND, asked=pk, told_at=pk, told=TOLD)
                    assert TOLD in alike(node, here)

    def test_is_never_anothers(self, discussion, nodes):
        first, second = CommentFactory.create_batch(2, discussion=discussion)
        shown = [alike(node) for node in nodes()]
        assert first.html in shown[0]
        assert second.html not in shown[0]
        assert second.author.pseudonym in shown[1]
        assert f'id="comment-{second.pk}"' in shown[1]

    def test_is_gone_once_it_is_hidden(self, discussion, nodes):
        comment = CommentFactory(discussion=discussion)
        assert comment.html in alike(nodes()[0])
        Comment.objects.update(status="hidden")
        assert comment.html not in alike(nodes()[0])

    def test_carries_the_token_of_whoever_reads(self, discussion, nodes):
        CommentFactory(discussion=discussion)
        (node,) = nodes(ParticipantFactory())
        mine = fragments._comment(node, Surroundings(here="/a/", token="mine"))
        yours = fragments._comment(node, Surroundings(here="/b/", token="yours"))
        assert ("mine" in mine, "mine" in yours) == (True, False)
        assert ("/a/" in mine, "/a/" in yours) == (True, False)

    def test_says_when_it_was_written_in_the_time_of_the_town(self, discussion, nodes):
        early = CommentFactory(discussion=discussion)
        late = CommentFactory(
            discussion=discussion, created_at=early.created_at + timedelta(minutes=1)
        )
        for node, comment in zip(nodes(), (early, late), strict=True):
            assert fragments.moment(comment.created_at) in alike(node)


def folding(html):
    """Return what folds: how many replies, and to whom."""
    summaries = re.findall(
        r"<summary>([^<]*(?:reply|replies)[^<]*)(.*?)</summary>", html
    )
    return [(number, unescape(strip_tags(whom))) for number, whom in summaries]


class TestReplies:
    def test_can_be_folded_thread_by_thread(self, client, discussion):
        root = CommentFactory(discussion=discussion)
        first = CommentFactory(parent=root)
        CommentFactory(parent=first)
        html = client.get(f"/discussions/{discussion.pk}/").content.decode()
        assert folding(html) == [("2 replies", f" to {root.author.pseudonym}")]

    def test_can_be_folded_branch_by_branch_where_all_of_them_stand(
        self, client, discussion
    ):
        root = CommentFactory(discussion=discussion)
        first, second = CommentFactory.create_batch(2, parent=root)
        CommentFactory.create_batch(2, parent=first)
        CommentFactory(parent=second)
        html = client.get(f"/comments/{root.pk}/").content.decode()
        assert folding(html) == [
            ("5 replies", f" to {root.author.pseudonym}"),
            ("2 replies", f" to {first.author.pseudonym}"),
        ]

    def test_are_counted_with_those_on_the_threads_own_page(self, client, discussion):
        root = CommentFactory(discussion=discussion)
        CommentFactory.create_batch(52, parent=root)
        html = client.get(f"/discussions/{discussion.pk}/").content.decode()
        assert folding(html)[0][0] == "52 replies"
        assert "Continue this thread (49 more)" in html
        parts = (
            client.get(f"/comments/{root.pk}/", {"block": block}).content.decode()
            for block in (0, 1)
        )
        assert [folding(part)[0][0] for part in parts] == [
            "50 of 52 replies",
            "2 of 52 replies",
        ]

    @pytest.mark.parametrize(
        "place", ["/discussions/{0.discussion_id}/", "/comments/{0.pk}/"]
    )
    def test_are_counted_where_everyone_may_read_them(self, client, discussion, place):
        root = CommentFactory(discussion=discussion)
        CommentFactory(parent=root, hidden=True)
        html = client.get(place.format(root)).content.decode()
        assert folding(html)[0][0] == "1 reply that is not public"
        first = CommentFactory(parent=root)
        CommentFactory(parent=first, hidden=True)
        CommentFactory(parent=first)
        html = client.get(place.format(root)).content.decode()
        assert folding(html)[0][0] == "2 replies"
        branches = folding(html)[1:]
        on_its_own_page = place.startswith("/comments/")
        assert [number for number, _whom in branches] == ["1 reply"] * on_its_own_page

    def test_name_nobody_whose_comment_is_not_shown(self, client, discussion):
        root = CommentFactory(discussion=discussion, status="withdrawn")
        CommentFactory(parent=root)
        html = client.get(f"/discussions/{discussion.pk}/").content.decode()
        assert folding(html) == [("1 reply", "")]

    def test_say_whom_they_answer(self, discussion, now):
        chain = [CommentFactory(discussion=discussion)]
        for _ in range(6):
            chain.append(CommentFactory(parent=chain[-1]))
        Comment.objects.filter(pk=chain[4].pk).update(status="withdrawn")
        visit = Visit(
            discussion=discussion, policy=Policy(), reader=Reader(key=""), now=now
        )
        (shown,) = threads.thread(visit, of=chain[0]).node.replies
        _third, _fourth, fifth, sixth = shown.replies[0].replies
        assert f"/comments/{chain[4].pk}/" in alike(fifth)
        assert chain[4].author.pseudonym not in alike(fifth)
        assert chain[5].author.pseudonym in alike(sixth)
