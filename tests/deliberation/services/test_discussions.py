from datetime import timedelta

import pytest

from deliberation.choices import Stage
from deliberation.models import Discussion
from deliberation.services import discussions
from tests.factories.deliberation import DiscussionFactory, PageFactory

pytestmark = pytest.mark.django_db


class TestOpening:
    def test_twice_brings_the_one_discussion_up_to_date(self, now):
        page = PageFactory()
        for days in (7, 14):
            discussions.open_on(
                page=page,
                title=f"Open for {days} days",
                opens_at=now,
                closes_at=now + timedelta(days=days),
            )
        discussion = Discussion.objects.get()
        assert discussion.title == "Open for 14 days"
        assert discussion.closes_at == now + timedelta(days=14)

    def test_a_section_has_one_of_its_own(self, now):
        page = PageFactory()
        for section in ("", "trees"):
            discussions.open_on(
                page=page, title="T", opens_at=None, closes_at=None, section=section
            )
        assert page.discussions.count() == 2


class TestClosing:
    @pytest.mark.parametrize(
        "dates", [{}, {"announced": True}, {"closed": True}], ids=str
    )
    def test_ends_it_in_any_stage(self, now, dates):
        discussion = discussions.close(discussion=DiscussionFactory(**dates), now=now)
        assert Discussion.objects.get(pk=discussion.pk).stage_at(now) == Stage.CLOSED

    def test_does_not_move_an_earlier_end(self, now):
        discussion = DiscussionFactory(closed=True)
        end = discussion.closes_at
        assert discussions.close(discussion=discussion, now=now).closes_at == end
