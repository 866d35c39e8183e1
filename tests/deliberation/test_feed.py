"""The feed of a discussion: well-formed, and nothing in it that is not public."""

from xml.etree import ElementTree

import pytest

from tests.deliberation.browsing import url
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussion():
    return DiscussionFactory(policy=PolicyFactory(for_guests=True))


class TestTheFeed:
    def test_stays_a_feed_whatever_is_in_it(self, client):
        strange = "Bell \x07, escape \x1b, none \ufffe, ]]> & <b>"
        discussion = DiscussionFactory(title=strange)
        author = ParticipantFactory(pseudonym=strange)
        CommentFactory(discussion=discussion, author=author, html=f"<p>{strange}</p>")
        feed = client.get(url("discussion_feed", discussion))
        titles = [each.text for each in ElementTree.fromstring(feed.content).iter()]
        assert "Bell , escape , none , ]]> & <b> wrote" in titles

    def test_has_each_comment_in_its_language(self, client, discussion):
        CommentFactory(discussion=discussion, language="ar", html="<p>مرحبا</p>")
        feed = client.get(url("discussion_feed", discussion))
        told = [each.text for each in ElementTree.fromstring(feed.content).iter()]
        assert '<div lang="ar" dir="rtl"><p>مرحبا</p></div>' in told

    def test_leads_from_elsewhere_to_whom_a_comment_names(self, client, discussion):
        html = '<p><a href="/comments/1/">@Ada</a> wrote &lt;a href="/x/"</p>'
        CommentFactory(discussion=discussion, html=html)
        feed = client.get(url("discussion_feed", discussion))
        whole = html.replace('"/comments', '"http://testserver/comments')
        assert whole in "".join(ElementTree.fromstring(feed.content).itertext())

    def test_holds_what_is_public_and_nothing_else(self, client, discussion):
        shown = CommentFactory(discussion=discussion)
        secret = [
            CommentFactory(discussion=discussion, **{state: True})
            for state in ("held", "hidden", "withdrawn")
        ]
        feed = client.get(url("discussion_feed", discussion))
        assert feed["Content-Type"].startswith("application/atom+xml")
        assert shown.text in feed.content.decode()
        for comment in secret:
            assert comment.text not in feed.content.decode()
