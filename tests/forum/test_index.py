"""The lists of what is asked, and what they cost."""

import pytest
from wagtail.models import Site

from tests.factories.deliberation import CommentFactory
from tests.factories.forum import (
    ConsultationFactory,
    HearingFactory,
    SessionFactory,
    forum_index,
)
from tests.forum.pages import published

pytestmark = pytest.mark.django_db


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


class TestSite:
    def test_begins_with_a_home_page_and_a_list(self, client):
        root = Site.objects.get(is_default_site=True).root_page.specific
        assert root.get_children().get() == forum_index().page_ptr
        html = client.get("/").text
        assert "Speak before it is decided." in html
        assert "Nothing is open at present." in html
