import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction, Site
from wagtail.test.utils.form_data import (
    nested_form_data,
    querydict_from_html,
    streamfield,
)

from tests.factories.deliberation import CommentFactory
from tests.factories.forum import (
    ConsultationFactory,
    HearingFactory,
    SessionFactory,
    forum_index,
)
from tests.factories.moderation import AccountFactory
from tests.forum.streams import STREAMS

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def published(factory=ConsultationFactory, *, opens=-7, closes=14, **fields):
    """Return a page that is published through Wagtail, with dates around today."""
    now = timezone.now()
    page = factory(opens_at=now + opens * DAY, closes_at=now + closes * DAY, **fields)
    page.save_revision().publish()
    return page


@pytest.fixture
def editor(client):
    account = AccountFactory()
    account.groups.add(Group.objects.get(name="Editors"))
    client.force_login(account)
    return client


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


class TestIndex:
    def test_can_be_filtered_by_stage(self, client):
        published(title="Trees")
        published(title="Benches", opens=3)
        index = forum_index().url
        everything = client.get(index).text
        assert everything.index("Trees") < everything.index("Benches")
        only_open = client.get(index, {"stage": "open"}).text
        assert "Trees" in only_open
        assert "Benches" not in only_open

    @pytest.mark.parametrize(
        "query",
        [
            {"stage": "'; DROP TABLE"},
            {"stage": "\x00"},
            {"page": "9" * 400},
            {"page": "-1"},
            {"page": "x", "stage": "x" * 5000},
        ],
    )
    def test_bears_any_query(self, client, query):
        published(title="Trees")
        answer = client.get(forum_index().url, query)
        assert answer.status_code == 200
        assert "DROP TABLE" not in answer.text

    def test_marks_what_closes_soon(self, client):
        published(closes=14)
        assert "Closes soon" not in client.get(forum_index().url).text
        published(closes=3)
        assert client.get(forum_index().url).text.count("Closes soon") == 1

    @pytest.mark.slow
    def test_is_paged(self, client):
        for _number in range(23):
            ConsultationFactory()
        first = client.get(forum_index().url).text
        second = client.get(forum_index().url, {"page": 2}).text
        assert first.count("fm-card-foot") == 20
        assert second.count("fm-card-foot") == 3
        assert "Page 2 of 2" in second

    def test_says_so_when_there_is_nothing(self, client):
        assert "Nothing is asked here at present" in client.get(forum_index().url).text


@pytest.mark.slow
class TestCost:
    @pytest.mark.parametrize("path", ["/", "/consultations/"])
    def test_of_lists_does_not_grow_with_what_is_asked(
        self, client, path, django_assert_max_num_queries
    ):
        def queries():
            client.get(path)
            with django_assert_max_num_queries(60) as counted:
                client.get(path)
            return len(counted)

        for factory in (ConsultationFactory, HearingFactory):
            published(factory)
            published(factory, opens=2)
        few = queries()
        for _number in range(6):
            page = published()
            CommentFactory.create_batch(2, discussion=page.discussions.get())
            published(HearingFactory, opens=2)
        assert queries() == few

    def test_of_a_page_does_not_grow_with_its_meetings(
        self, client, django_assert_max_num_queries
    ):
        page = published(HearingFactory)

        def queries():
            client.get(page.url)
            with django_assert_max_num_queries(80) as counted:
                client.get(page.url)
            return len(counted)

        few = queries()
        SessionFactory.create_batch(5, page=page)
        assert queries() == few


class TestHidden:
    """Known holes 2: drafts and private pages show nowhere."""

    @pytest.fixture(params=["draft", "private", "unpublished"])
    def secret(self, request):
        if request.param == "draft":
            return ConsultationFactory(draft=True, title="Secret plan")
        page = published(title="Secret plan")
        if request.param == "unpublished":
            page.unpublish()
        else:
            PageViewRestriction.objects.create(
                page=page,
                restriction_type=PageViewRestriction.PASSWORD,
                password="seven bridges",
            )
        return page

    def test_in_calendar_feeds_lists_and_site_map(self, client, secret):
        assert client.get(f"/calendar/{secret.pk}.ics").status_code == 404
        for path in (
            *("/", forum_index().url, "/sitemap.xml"),
            *(reverse("forum:rss"), reverse("forum:atom")),
        ):
            answer = client.get(path)
            assert answer.status_code == 200
            assert "Secret plan" not in answer.text
            assert "secret-plan" not in answer.text


class TestCalendar:
    def lines(self, client, page):
        answer = client.get(f"/calendar/{page.pk}.ics")
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        raw = answer.content
        assert raw.endswith(b"END:VCALENDAR\r\n")
        assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
        return re.sub(rb"\r\n ", b"", raw).decode().split("\r\n")

    def test_holds_every_meeting_in_universal_time(self, client):
        page = published(HearingFactory)
        SessionFactory(page=page, join_phone="0123, code 4")
        lines = self.lines(client, page)
        assert lines.count("BEGIN:VEVENT") == 2
        assert "DTSTART:20260514T103000Z" in lines
        assert "DTEND:20260514T123000Z" in lines
        assert "LOCATION:Great Hall\\, Town Hall\\, 1 Market Square" in lines
        assert sum("0123\\, code 4" in line for line in lines) == 1

    def test_holds_the_last_day_of_a_consultation(self, client):
        page = published(title="Trees; and, benches")
        lines = self.lines(client, page)
        assert "SUMMARY:Closes: Trees\\; and\\, benches" in lines
        assert f"DTSTART:{page.closes_at:%Y%m%dT%H%M%SZ}" in lines

    def test_folds_long_lines_between_letters(self, client):
        page = published(summary="مدينة " * 60, title="Straßenbäume " * 12)
        lines = self.lines(client, page)
        assert any("مدينة" in line for line in lines)

    @pytest.mark.parametrize("number", [0, 1, 9**30])
    def test_is_not_there_for_other_pages(self, client, number):
        assert client.get(f"/calendar/{number}.ics").status_code == 404


class TestFeeds:
    @pytest.mark.parametrize("name", ["forum:rss", "forum:atom"])
    def test_tell_what_is_newly_asked_the_latest_first(self, client, name):
        old = published(title="Trees", first_published_at=timezone.now() - 9 * DAY)
        new = published(title="Benches", first_published_at=timezone.now() - DAY)
        feed = client.get(reverse(name)).text
        assert feed.index("Benches") < feed.index("Trees")
        assert old.url in feed
        assert new.summary in feed


class TestPreview:
    @pytest.mark.parametrize("factory", [ConsultationFactory, HearingFactory])
    def test_works_for_a_page_that_was_never_published(self, editor, factory):
        page = factory(draft=True)
        page.save_revision()
        answer = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
        assert answer.status_code == 200
        assert "open here when the page is published" in answer.text

    @pytest.mark.parametrize("model", ["consultationpage", "hearingpage"])
    @pytest.mark.slow
    def test_works_before_the_first_save(self, editor, model):
        path = reverse(
            "wagtailadmin_pages:preview_on_add", args=["forum", model, forum_index().pk]
        )
        form = form_of(editor, reverse(
            "wagtailadmin_pages:add", args=["forum", model, forum_index().pk]
        ))  # fmt: skip
        form |= {"title": "Night buses", "slug": "night-buses", "summary": "Which?"}
        assert editor.post(path, form).json() == {
            "is_valid": True,
            "is_available": True,
        }
        answer = editor.get(f"{path}?mode=")
        assert answer.status_code == 200
        assert "Night buses" in answer.text


def form_of(client, path):
    """Return the fields of the editor's form, as a browser would send them."""
    form = querydict_from_html(client.get(path).text, form_id="page-edit-form")
    empty = {name: streamfield([]) for name in STREAMS}
    return form.dict() | nested_form_data(empty)


class TestEditing:
    def test_lists_pages_with_stage_and_dates(self, editor):
        published(title="Trees")
        published(HearingFactory, title="Bridge", opens=3)
        trees = editor.get(reverse("consultations:index")).text
        assert "Trees" in trees
        assert re.search(r"<td[^>]*>\s*Open\s*</td>", trees)
        bridge = editor.get(reverse("hearings:index")).text
        assert re.search(r"<td[^>]*>\s*Announced\s*</td>", bridge)

    @pytest.mark.parametrize("factory", [ConsultationFactory, HearingFactory])
    @pytest.mark.slow
    def test_opens_with_every_tab(self, editor, factory):
        page = factory()
        html = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
        for heading in ("Taking part", "Contact", "Answer", "Promote"):
            assert heading in html

    def test_offers_two_page_types_below_the_list_and_no_other(self):
        allowed = {model.__name__ for model in forum_index().allowed_subpage_models()}
        assert allowed == {"ConsultationPage", "HearingPage"}

    def test_is_not_for_moderators(self, client):
        account = AccountFactory()
        account.groups.add(Group.objects.get(name="Lead moderators"))
        client.force_login(account)
        page = published()
        path = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert client.get(path).status_code == 302
        assert client.get(reverse("wagtailadmin_home")).status_code == 200


class TestSite:
    def test_begins_with_a_home_page_and_a_list(self, client):
        root = Site.objects.get(is_default_site=True).root_page.specific
        assert root.get_children().get() == forum_index().page_ptr
        html = client.get("/").text
        assert "Speak before it is decided." in html
        assert "Nothing is open at present." in html
