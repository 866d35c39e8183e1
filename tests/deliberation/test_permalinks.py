"""The address of a comment opens its thread at that comment."""

import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from deliberation import addresses
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import ParticipantFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def discussion():
    return DiscussionFactory()


@pytest.fixture
def root(discussion):
    return CommentFactory(discussion=discussion)


@pytest.fixture
def deep(root):
    """Return a reply in the second part of its thread."""
    CommentFactory.create_batch(50, parent=root)
    return CommentFactory(parent=root, text="A pond, please")


def url(name, comment):
    return reverse(f"deliberation:{name}", args=[comment.pk])


def marked(html):
    """Return the ids of what is marked as what one came for."""
    tags = re.findall(r"<(?:article|div)[^>]*aria-current=[^>]*>", html)
    return [re.search(r'id="([^"]+)"', tag)[1] for tag in tags]


class TestTheAddressOfAComment:
    def test_names_its_place(self, root):
        assert addresses.of_comment(root.pk) == (
            f"/comments/{root.pk}/#comment-{root.pk}"
        )

    def test_is_used_by_the_pages(self, client, root):
        reply = CommentFactory(parent=root, text="A pond, please")
        here = addresses.of_comment(reply.pk)
        for page in (
            reverse("deliberation:discussion", args=[root.discussion_id]) + "?q=pond",
            url("comment_history", reply),
        ):
            assert f'href="{here}"' in client.get(page).content.decode()
        found = client.get(f"/discussions/{root.discussion_id}/", {"q": "pond"})
        assert f'href="{addresses.of_comment(root.pk)}"' in found.content.decode()

    def test_is_used_by_the_feed_and_the_api(self, client, root):
        feed = client.get(f"/discussions/{root.discussion_id}/feed/")
        (entry,) = ElementTree.fromstring(feed.content).iter(f"{ATOM}entry")
        assert (
            entry.find(f"{ATOM}link")
            .get("href")
            .endswith(addresses.of_comment(root.pk))
        )
        told = client.get(f"/api/v1/comments/{root.pk}").json()
        assert told["url"] == addresses.of_comment(root.pk)


class TestTheCommentOneCameFor:
    def test_is_marked_and_linked_without_a_fragment_as_well(self, client, deep):
        html = client.get(f"/comments/{deep.pk}/").content.decode()
        assert marked(html) == [f"comment-{deep.pk}"]
        link = f'<a href="{addresses.of_comment(deep.pk)}">Go to the comment</a>'
        assert link in html

    def test_is_told_from_the_same_kind_asked_for_by_others(self, client, root):
        # They are filled into one rendering: no mark may stay in it.
        same = CommentFactory.create_batch(3, parent=root, author=ParticipantFactory())
        for each in same:
            html = client.get(f"/comments/{each.pk}/").content.decode()
            assert marked(html) == [f"comment-{each.pk}"]

    def test_is_marked_where_its_text_is_gone(self, client, root):
        gone = CommentFactory(parent=root, hidden=True)
        html = client.get(f"/comments/{gone.pk}/").content.decode()
        assert marked(html) == [f"comment-{gone.pk}"]

    def test_needs_no_mark_where_it_is_the_first(self, client, root):
        html = client.get(f"/comments/{root.pk}/").content.decode()
        assert marked(html) == []
        assert "Go to the comment" not in html


class TestTheParts:
    def test_have_names_of_their_own_above_and_below(self, client, deep):
        html = client.get(f"/comments/{deep.pk}/").content.decode()
        names = re.findall(r'<nav class="fm-pagination" aria-label="([^"]+)"', html)
        assert len(set(names)) == len(names) == 2

    def test_lead_to_the_first_and_the_last(self, client, root):
        CommentFactory.create_batch(201, parent=root)
        parts = [
            re.findall(r'href="\?block=(\d)"', page)[: page.count("?block=") // 2]
            for page in (
                client.get(f"/comments/{root.pk}/?block={n}").content.decode()
                for n in (0, 2, 4)
            )
        ]
        assert parts == [["1", "4"], ["0", "1", "3", "4"], ["0", "3"]]


class TestANameInASentence:
    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_keeps_its_own_direction_and_is_escaped(self, client, language):
        author = ParticipantFactory(pseudonym="Maren <Q.>")
        root = CommentFactory(author=author)
        CommentFactory(parent=root, text="A pond")
        page = f"/discussions/{root.discussion_id}/?q=pond"
        html = client.get(page, headers={"Accept-Language": language}).content.decode()
        assert "<bdi>Maren &lt;Q.&gt;</bdi></a>" in html
