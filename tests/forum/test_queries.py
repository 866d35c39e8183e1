from datetime import timedelta

import pytest
from wagtail.models import PageViewRestriction

from deliberation.choices import Stage
from forum import queries, services
from tests.factories.deliberation import CommentFactory
from tests.factories.forum import (
    NOW,
    ConsultationFactory,
    HearingFactory,
    SessionFactory,
    forum_index,
)

pytestmark = pytest.mark.django_db


def titles(now):
    found = queries.find(below=forum_index(), now=now)
    return [entry.page.title for entry in queries.read(found, now=now)]


class TestOrder:
    def test_is_open_then_announced_then_closed_then_answered(self, now):
        ConsultationFactory(title="answered", answered=True)
        ConsultationFactory(title="closed", closed=True)
        HearingFactory(title="announced", announced=True)
        ConsultationFactory(title="open")
        assert titles(now) == ["open", "announced", "closed", "answered"]

    def test_puts_first_what_ends_or_begins_next_and_what_is_over_last(self, now):
        for days in (9, 2, 5):
            later = NOW + timedelta(days=days)
            ConsultationFactory(title=f"open {days}", closes_at=later)
            ConsultationFactory(title=f"next {days}", opens_at=later)
            ConsultationFactory(
                title=f"over {days}",
                opens_at=NOW - timedelta(days=30),
                closes_at=NOW - timedelta(days=days),
            )
        assert titles(now) == [
            *("open 2", "open 5", "open 9"),
            *("next 2", "next 5", "next 9"),
            *("over 2", "over 5", "over 9"),
        ]


class TestWhatIsFound:
    def test_leaves_out_drafts_and_private_pages(self, now):
        ConsultationFactory(draft=True)
        PageViewRestriction.objects.create(
            page=ConsultationFactory(), restriction_type=PageViewRestriction.LOGIN
        )
        assert titles(now) == []
        assert queries.newest(below=forum_index(), limit=9) == []

    def test_is_counted_by_stage(self, now):
        ConsultationFactory()
        HearingFactory()
        ConsultationFactory(closed=True)
        found = queries.find(below=forum_index(), now=now)
        assert queries.stages(found) == {
            Stage.OPEN: 2,
            Stage.ANNOUNCED: 0,
            Stage.CLOSED: 1,
            Stage.ANSWERED: 0,
        }


class TestCounts:
    def test_are_of_public_comments_only(self, now):
        page = ConsultationFactory()
        services.open_page(page=page, now=now)
        discussion = page.discussions.get()
        for language in ("en", "de", "de"):
            CommentFactory(discussion=discussion, language=language)
        for trait in ("held", "hidden", "withdrawn"):
            CommentFactory(discussion=discussion, language="fr", **{trait: True})
        (entry,) = queries.read(queries.find(below=forum_index(), now=now), now=now)
        assert (entry.comments, entry.languages) == (3, 2)


class TestCost:
    def test_is_the_same_for_few_pages_and_many(self, now, django_assert_num_queries):
        def cost(queries_allowed):
            with django_assert_num_queries(queries_allowed, exact=False) as counted:
                titles(now)
            return len(counted)

        ConsultationFactory()
        HearingFactory()
        few = cost(20)
        ConsultationFactory.create_batch(15)
        for hearing in HearingFactory.create_batch(10):
            SessionFactory(page=hearing)
        assert cost(few) == few
