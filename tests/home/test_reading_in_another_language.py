"""What people see who read the site in another language than the town writes in."""

import re

import pytest
from django.utils import timezone

from moderation.choices import Act
from moderation.services import review
from tests.factories.deliberation import CommentFactory, PollFactory
from tests.factories.notes import ModeratorFactory

pytestmark = pytest.mark.django_db

GERMAN = {"HTTP_ACCEPT_LANGUAGE": "de"}
ARABIC = {"HTTP_ACCEPT_LANGUAGE": "ar"}


@pytest.fixture
def hidden():
    comment = CommentFactory()
    review.decide(
        content=comment,
        act=Act.HIDE,
        decided_by=ModeratorFactory(),
        now=timezone.now(),
        ground="DECISION_GROUND_INCOMPATIBLE_CONTENT",
        rule_id="insult",
        facts="It calls the mayor a name.",
    )
    return comment


class TestHiddenComment:
    def test_names_its_rule_in_the_language_of_the_page(self, client, hidden):
        path = f"/discussions/{hidden.discussion_id}/"
        told = client.get(path, **GERMAN).content.decode()
        assert "nach der Regel „Streiten Sie über die Sache, nicht" in told

    def test_names_it_in_the_language_of_a_request(self, client, hidden):
        told = client.get(f"/api/v1/comments/{hidden.pk}", **GERMAN).json()
        assert told["hidden"]["rule"].startswith("Streiten Sie über die Sache")


class TestPage:
    def test_is_marked_with_its_language_and_direction(self, client):
        told = client.get("/accounts/login/", **ARABIC).content.decode()
        assert '<html lang="ar" dir="rtl">' in told

    def test_says_in_which_language_the_town_asks(self, client):
        poll = PollFactory()
        told = client.get(f"/polls/{poll.pk}/", **ARABIC).content.decode()
        heading = re.search(r"<h1([^>]*)>", told)[1]
        assert heading == ' lang="en" dir="auto"'

    def test_counts_in_the_forms_of_its_language(self, client):
        comment = CommentFactory()
        CommentFactory(discussion=comment.discussion)
        path = f"/discussions/{comment.discussion_id}/"
        assert "2 تعليقان" in client.get(path, **ARABIC).content.decode()
        assert "2 Kommentare" in client.get(path, **GERMAN).content.decode()
