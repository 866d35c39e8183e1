"""What visitors read on a consultation and on a hearing."""

import pytest
from django.utils import timezone
from wagtail.models import Locale

from tests.factories.deliberation import CommentFactory
from tests.factories.forum import HearingFactory, forum_index
from tests.forum.pages import DAY, published

pytestmark = pytest.mark.django_db


class TestConsultation:
    def test_says_what_is_asked_what_is_settled_and_who_decides(self, client):
        page = published(
            asked="<p>Which hours?</p>",
            still_open="<p>The hours.</p>",
            already_decided="<p>The budget.</p>",
            who_decides="Town Council",
            participation_level="consult",
            contact_name="Ines Albrecht",
            privacy_notice="<p>Kept safe.</p>",
            body='[{"type": "heading", "value": {"text": "Why", "level": "2"}}]',
        )
        html = client.get(page.url).text
        for words in (
            *("Which hours?", "The hours.", "The budget.", "Town Council"),
            *("We listen to you", "Ines Albrecht", "Kept safe.", "<h2>Why</h2>"),
            *("days left to take part", "fm-timeline"),
        ):
            assert words in html, words
        assert html.count("<h1") == 1

    def test_carries_its_discussion(self, client):
        page = published()
        comment = CommentFactory(discussion=page.discussions.get())
        assert comment.text in client.get(page.url).text

    def test_shows_the_answer_only_once_it_is_given(self, client):
        page = published(
            opens=-20,
            closes=-9,
            outcome_decided="<p>Every second Saturday.</p>",
        )
        assert "Every second Saturday." not in client.get(page.url).text
        page.answered_at = timezone.now() - DAY
        page.save_revision().publish()
        assert "Every second Saturday." in client.get(page.url).text

    def test_escapes_what_editors_type(self, client):
        bad = "<script>alert(1)</script>"
        page = published(
            HearingFactory, title=f"A{bad}", summary=bad, contact_phone=bad,
            step_free="yes", step_free_note=bad, how_to_speak=bad, poll_question=bad,
            poll_introduction=bad, poll_statements=bad,
        )  # fmt: skip
        for path in (page.url, forum_index().url, "/"):
            assert "<script>alert" not in client.get(path).text

    def test_describes_itself_to_search_engines_and_friends(self, client):
        page = published(summary="Free of cars on Saturdays?")
        html = client.get(page.url).text
        assert '<meta name="description" content="Free of cars on Saturdays?">' in html
        assert f'<meta property="og:title" content="{page.title}">' in html
        assert f'<link rel="canonical" href="{page.full_url}">' in html

    def test_marks_the_language_of_what_editors_wrote(self, client, settings):
        settings.INTERFACE_LANGUAGES = [("en", "English"), ("ar", "العربية")]
        page = published()
        html = client.get(page.url, headers={"Accept-Language": "ar"}).text
        assert '<html lang="ar" dir="rtl">' in html
        assert '<h1 lang="en" dir="ltr">' in html
        assert "<h1>" in client.get(page.url, headers={"Accept-Language": "en"}).text

    def test_of_a_translation_carries_the_discussion_of_the_original(self, client):
        page = published()
        comment = CommentFactory(discussion=page.discussions.get())
        german = Locale.objects.create(language_code="de")
        translation = page.copy_for_translation(german, copy_parents=True)
        translation.title = "Der Marktplatz ohne Autos?"
        translation.save_revision().publish()
        html = client.get(translation.url, headers={"Accept-Language": "de"}).text
        assert "<h1>Der Marktplatz ohne Autos?</h1>" in html
        assert comment.text in html


class TestHearing:
    def test_says_when_where_and_how_to_get_in(self, client):
        page = published(
            HearingFactory, step_free="yes", step_free_note="East door", parking="no"
        )
        html = client.get(page.url).text
        for words in (
            *("Great Hall, Town Hall", "Step-free route", "Yes. ", "East door"),
            *("fm-access-no", "Not answered yet", "Put it into my calendar"),
        ):
            assert words in html, words
