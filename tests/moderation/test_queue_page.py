"""What waits for moderators, in which order, and how they are told."""

import pytest
from django.urls import reverse
from django.utils import timezone

from moderation.choices import FlagReason
from moderation.queries import queue
from moderation.rules import Effect, Finding
from moderation.services import flags
from tests.factories.moderation import AccountFactory, ParticipantFactory
from tests.factories.notes import ModeratorFactory, NoteFactory
from tests.moderation.waiting import flag, flood, item_page

pytestmark = pytest.mark.django_db


class TestTheQueuePage:
    def test_shows_what_waits_with_its_clock(self, desk, now):
        note = NoteFactory(text="You fool")
        flag(note, now)
        NoteFactory(held=True, text="A first post")
        NoteFactory(text="Nobody minds this")
        page = desk.get(reverse("moderation_admin:queue")).content.decode()
        assert "You fool" in page
        assert "A first post" in page
        assert "Nobody minds" not in page
        assert "overdue" in page

    def test_shows_the_text_as_text(self, desk, now):
        """Known holes, rows 9 and 12."""
        nasty = "<script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}"
        note = NoteFactory(text=nasty, author__pseudonym="<b>Ida</b>")
        flags.raise_by_person(
            content=note, reporter=ParticipantFactory(pseudonym="<i>Eve</i>"),
            reason="other", text="<script>alert(3)</script>", now=now,
        )  # fmt: skip
        for path in (reverse("moderation_admin:queue"), item_page(note)):
            page = desk.get(path).content.decode()
            assert "<script>alert" not in page
            assert "<img src=x" not in page
            assert "<b>Ida" not in page
            assert "<i>Eve" not in page

    @pytest.mark.parametrize("name", ["queue", "appeals"])
    def test_is_for_moderators_only(self, client, name):
        """Known holes, row 7."""
        path = reverse(f"moderation_admin:{name}")
        assert client.get(path).status_code == 302
        client.force_login(AccountFactory())
        assert client.get(path).status_code == 302

    def test_of_appeals_is_for_leads_only(self, desk):
        assert desk.get(reverse("moderation_admin:appeals")).status_code == 302

    def test_can_be_narrowed_down(self, desk, now):
        flag(NoteFactory(text="Insulting words"), now)
        flag(NoteFactory(text="Buy my shoes", language="de"), now, FlagReason.SPAM)
        path = reverse("moderation_admin:queue")
        page = desk.get(path, {"reason": "spam"}).content.decode()
        assert "Buy my shoes" in page
        assert "Insulting words" not in page
        page = desk.get(path, {"language": "en", "kind": "note"}).content.decode()
        assert "Insulting words" in page
        assert "Buy my shoes" not in page

    @pytest.mark.parametrize(
        "query",
        [
            {"after": "nonsense"},
            {"after": "9-99999999999999999999-1-1"},
            {"after": "1-2-3"},
            {"kind": "<script>", "reason": "';--", "language": "xx"},
            {"after": "1-9999999999999999-999999999-999999999999999999"},
        ],
    )
    def test_bears_any_address(self, desk, query):
        """Known holes, row 11."""
        page = desk.get(reverse("moderation_admin:queue"), query)
        assert page.status_code == 200
        assert b'<script>"' not in page.content

    @pytest.mark.slow
    def test_runs_the_same_queries_for_ten_and_for_ten_thousand(
        self, desk, now, django_assert_max_num_queries
    ):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        def count():
            with CaptureQueriesContext(
                connection,
            ) as captured:
                page = desk.get(reverse("moderation_admin:queue"))
            assert page.status_code == 200
            return len(captured)

        def settled():
            # What is kept for a minute is renewed however long the flood took.
            count()
            return count()

        flood(10, now)
        few = settled()
        flood(10_000, now)
        assert queue.count() == 10_010
        assert settled() == few


class TestTheMenu:
    def test_counts_what_waits_for_moderators_only(self, client, now):
        flag(NoteFactory(), now)
        client.force_login(ModeratorFactory())
        page = client.get(reverse("wagtailadmin_home")).content.decode()
        assert "Moderation (1)" in page
        editor = AccountFactory(is_superuser=False)
        from django.contrib.auth.models import Permission

        editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(editor)
        page = client.get(reverse("wagtailadmin_home")).content.decode()
        assert "Moderation (1)" not in page


class TestTheQueueOrder:
    def test_puts_the_illegal_first_and_then_the_oldest(self, now):
        from datetime import timedelta

        old, young, urgent = NoteFactory.create_batch(3)
        flag(old, now - timedelta(days=3))
        flag(young, now - timedelta(days=1))
        flag(urgent, now, FlagReason.ILLEGAL)
        assert [item.content for item in queue.page()] == [urgent, old, young]

    def test_is_the_same_in_pages(self, now):
        from datetime import timedelta

        for hours in range(7):
            flag(NoteFactory(), now - timedelta(hours=hours // 2))
            NoteFactory(held=True, created_at=now - timedelta(hours=hours // 2))
        everything = [item.place for item in queue.page(limit=100)]
        assert len(everything) == 14
        walked, after = [], None
        while found := queue.page(after=after, limit=3)[:3]:
            walked += [item.place for item in found]
            after = queue.Place.from_cursor(found[-1].place.cursor)
        assert walked == everything

    def test_counts_an_item_once_however_many_flags_it_has(self, now):
        note = NoteFactory(held=True)
        flags.raise_by_rule(
            content=note,
            finding=Finding(rule="links", version="1", effect=Effect.HOLD, message="x"),
            now=now,
        )
        assert queue.count() == 1
        (item,) = queue.page()
        assert item.is_held
        assert not item.is_overdue(timezone.now()) or item.due_at < timezone.now()
