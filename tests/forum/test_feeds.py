"""Calendars and feeds, and what is in none of them."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.factories.forum import (
    ConsultationFactory,
    HearingFactory,
    SessionFactory,
    forum_index,
)
from tests.forum.pages import DAY, published

pytestmark = pytest.mark.django_db


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
