"""A post in another language on request, by a program that the site names."""

import pytest
from django.urls import reverse

from deliberation import fragments
from moderation.choices import ContentStatus
from tests import translator
from tests.factories.deliberation import CommentFactory
from tests.factories.notes import ModeratorFactory

pytestmark = pytest.mark.django_db
TEXT = "Mehr *Bäume* am Markt."


@pytest.fixture(autouse=True)
def _fresh():
    translator.asked.clear()
    fragments._kinds.clear()
    yield
    fragments._kinds.clear()


@pytest.fixture
def on(settings):
    settings.FOLKMOOT_TRANSLATOR = "tests.translator.translate"


@pytest.fixture
def comment():
    return CommentFactory(text=TEXT, language="de")


def page_of(comment):
    return reverse("deliberation:translation", args=[comment.pk])


def api(comment, into="en"):
    return f"/api/v1/comments/{comment.pk}/translation?into={into}"


class TestWithoutATranslator:
    def test_nothing_is_offered(self, client, comment):
        html = client.get(reverse("deliberation:comment", args=[comment.pk]))
        assert page_of(comment) not in html.content.decode()
        assert client.get(page_of(comment)).status_code == 404
        assert client.get(api(comment)).status_code == 404


@pytest.mark.usefixtures("on")
class TestATranslation:
    def test_stands_beside_the_original_and_says_what_it_is(self, client, comment):
        html = client.get(reverse("deliberation:comment", args=[comment.pk]))
        assert page_of(comment) in html.content.decode()
        html = client.get(page_of(comment)).content.decode()
        assert "Translated by a machine" in html
        assert '<div class="fm-quoted fm-comment-body" lang="en" dir="ltr">' in html
        assert "[de &gt; en] Mehr <em>Bäume</em>" in html
        assert "<p>Mehr <em>Bäume</em> am Markt.</p>" in html
        assert "<script>alert" not in html

    def test_is_made_once(self, client, comment):
        client.get(page_of(comment))
        answer = client.get(api(comment)).json()
        assert translator.asked == [(TEXT, "de", "en")]
        assert answer["is_machine_made"] is True
        assert answer["original"] == TEXT

    def test_is_not_offered_of_what_one_reads_already(self, client):
        comment = CommentFactory(language="en")
        html = client.get(reverse("deliberation:comment", args=[comment.pk]))
        assert page_of(comment) not in html.content.decode()

    @pytest.mark.parametrize("into", ["xx", "de", "http://10.0.0.1/", ""])
    def test_is_into_another_language_of_the_site(self, client, comment, into):
        assert client.get(api(comment, into)).status_code == 404
        assert translator.asked == []

    @pytest.mark.parametrize("status", ["held", "hidden", "withdrawn"])
    def test_is_never_made_of_what_is_not_public(self, client, comment, status):
        client.get(page_of(comment))
        comment.status = ContentStatus(status)
        comment.save()
        translator.asked.clear()
        assert client.get(page_of(comment)).status_code == 404
        assert client.get(api(comment)).status_code == 404
        assert translator.asked == []

    def test_says_when_it_fails_and_shows_the_comment(self, client):
        comment = CommentFactory(text="untranslatable", language="de")
        answer = client.get(page_of(comment), follow=True)
        html = answer.content.decode()
        assert "No translation could be made at present" in html
        assert client.get(api(comment)).status_code == 409

    def test_is_shown_to_moderators_who_ask(self, client, comment):
        client.force_login(ModeratorFactory())
        path = reverse("moderation_admin:item", args=["comment", comment.pk])
        assert "?translate=1" in client.get(path).content.decode()
        assert translator.asked == []
        html = client.get(path, {"translate": "1"}).content.decode()
        assert "Translated by a machine" in html
        assert "[de &gt; en] Mehr *Bäume*" in html
