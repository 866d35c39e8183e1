"""The buttons for reactions, with scripts and without."""

import pytest
from django.utils import timezone

from deliberation.models import Reaction
from deliberation.services import discussions
from tests.deliberation.browsing import url
from tests.factories.deliberation import (
    CommentFactory,
    DiscussionFactory,
    ReactionFactory,
)
from tests.factories.moderation import PolicyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussion():
    return DiscussionFactory(policy=PolicyFactory(for_guests=True))


class TestReacting:
    def test_counts_are_shown_after_ones_own(self, client, discussion, resident):
        comment = CommentFactory(discussion=discussion)
        ReactionFactory(comment=comment)
        assert "<b>" not in client.get(url("discussion", discussion)).content.decode()
        client.post(url("react", comment), {"kind": "agree"})
        html = client.get(url("discussion", discussion)).content.decode()
        assert "I agree <b>2</b>" in html
        assert 'value="" aria-pressed="true"' in html

    def test_pressed_again_is_taken_back(self, client, discussion, resident):
        comment = CommentFactory(discussion=discussion)
        client.post(url("react", comment), {"kind": "agree"})
        client.post(url("react", comment), {"kind": ""})
        assert not Reaction.objects.exists()

    def test_returns_to_where_one_was(self, client, discussion, resident):
        comment = CommentFactory(discussion=discussion)
        back = url("discussion", discussion) + "?sort=newest"
        response = client.post(url("react", comment), {"kind": "agree", "next": back})
        assert response.url == f"{back}#comment-{comment.pk}"

    @pytest.mark.parametrize(
        "elsewhere",
        [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example",
            "\\\\evil.example",
            "javascript:alert(1)",
            "https:evil.example",
            "\x00",
            "\r\nX: y",
        ],
    )
    def test_leads_nowhere_else(self, client, discussion, resident, elsewhere):
        # Known holes, row 14: open redirects.
        comment = CommentFactory(discussion=discussion)
        response = client.post(
            url("react", comment), {"kind": "agree", "next": elsewhere}
        )
        assert response.url == f"/comments/{comment.pk}/#comment-{comment.pk}"

    def test_by_scripts_brings_the_buttons_and_counts_no_visit(
        self, client, discussion, resident
    ):
        comment = CommentFactory(discussion=discussion)
        form = {"kind": "agree", "next": url("discussion", discussion)}
        response = client.post(
            url("react", comment), form, headers={"HX-Request": "true"}
        )
        assert response.url == f"/comments/{comment.pk}/#comment-{comment.pk}"
        html = client.get(response.url).content.decode()
        assert 'value="" aria-pressed="true"' in html

    def test_by_scripts_says_why_it_is_refused(self, client, discussion, resident):
        comment = CommentFactory(discussion=discussion)
        discussions.close(discussion=discussion, now=timezone.now())
        response = client.post(
            url("react", comment), {"kind": "agree"}, headers={"HX-Request": "true"}
        )
        assert response["HX-Refresh"] == "true"
        html = client.get(url("discussion", discussion)).content.decode()
        assert "closed" in html.partition("<main")[2].partition("<nav")[0]

    def test_changes_nothing_by_a_mere_link(self, client, discussion, resident):
        comment = CommentFactory(discussion=discussion)
        assert client.get(url("react", comment), {"kind": "agree"}).status_code == 405
        assert not Reaction.objects.exists()
