from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale

from deliberation.models import Discussion, Poll
from forum import services
from moderation.choices import ContentStatus
from tests.factories.deliberation import CommentFactory, PageFactory, VoteFactory
from tests.factories.forum import ConsultationFactory, HearingFactory, forum_index
from tests.factories.moderation import PolicyFactory

pytestmark = pytest.mark.django_db

POLL = {
    "poll_question": "What should the square be?",
    "poll_statements": "More trees.\nMore parking.",
}


class TestPublishing:
    @pytest.mark.parametrize("factory", [ConsultationFactory, HearingFactory])
    def test_opens_a_discussion_with_the_dates_of_the_page(self, factory):
        page = factory(draft=True, policy=PolicyFactory())
        assert not page.discussions.exists()
        page.save_revision().publish()
        discussion = Discussion.objects.get(page=page.pk)
        assert discussion.title == page.title
        assert (discussion.opens_at, discussion.closes_at) == (
            page.opens_at,
            page.closes_at,
        )
        assert discussion.policy == page.policy

    def test_opens_a_poll_with_the_editors_statements(self):
        page = ConsultationFactory(draft=True, **POLL)
        page.save_revision().publish()
        poll = Poll.objects.get(page=page.pk)
        assert poll.title == "What should the square be?"
        seeds = poll.statements.order_by("number")
        assert [seed.text for seed in seeds] == ["More trees.", "More parking."]
        assert all(seed.is_seed and seed.language == "en" for seed in seeds)

    def test_opens_nothing_on_other_pages(self):
        PageFactory().save_revision().publish()
        forum_index().save_revision().publish()
        assert not Discussion.objects.exists()

    def test_again_moves_the_dates_and_keeps_what_people_wrote(self):
        page = ConsultationFactory(draft=True)
        page.save_revision().publish()
        comment = CommentFactory(discussion=page.discussions.get())
        page.closes_at += timedelta(days=7)
        page.save_revision().publish()
        assert page.discussions.get().closes_at == page.closes_at
        assert page.discussions.get().comments.get() == comment


class TestWhatIsNoLongerOffered:
    def test_a_discussion_is_closed_and_not_deleted(self, now):
        page = ConsultationFactory()
        services.open_page(page=page, now=now)
        CommentFactory(discussion=page.discussions.get())
        page.has_discussion = False
        services.open_page(page=page, now=now)
        discussion = page.discussions.get()
        assert not discussion.stage_at(now).accepts_contributions
        assert discussion.comments.count() == 1

    def test_a_poll_is_closed_and_not_deleted(self, now):
        page = ConsultationFactory(**POLL)
        services.open_page(page=page, now=now)
        VoteFactory(statement=page.polls.get().statements.first())
        page.poll_question = page.poll_statements = ""
        services.open_page(page=page, now=now)
        poll = page.polls.get()
        assert not poll.stage_at(now).accepts_contributions
        assert poll.votes.count() == 1

    def test_a_statement_without_votes_is_withdrawn(self, now):
        page = ConsultationFactory(**POLL)
        services.open_page(page=page, now=now)
        page.poll_statements = "More trees."
        services.open_page(page=page, now=now)
        gone = page.polls.get().statements.get(text="More parking.")
        assert gone.status == ContentStatus.WITHDRAWN

    def test_reopens_with_the_dates_of_the_page_when_it_is_offered_again(self, now):
        page = ConsultationFactory(has_discussion=False)
        services.open_page(page=page, now=now)
        assert not page.discussions.exists()
        page.has_discussion = True
        services.open_page(page=page, now=now)
        assert page.discussions.get().stage_at(now).accepts_contributions


class TestTranslation:
    @pytest.fixture
    def german(self):
        Locale.objects.create(language_code="de")
        page = ConsultationFactory()
        page.save_revision().publish()
        return page.copy_for_translation(
            Locale.objects.get(language_code="de"), copy_parents=True
        )

    def test_shares_the_discussion_of_its_original(self, german):
        german.save_revision().publish()
        assert Discussion.objects.count() == 1
        assert german.original().discussions.get() == Discussion.objects.get()
        assert german.original() != german


class TestPublishAnswer:
    def answer(self, page, now, **words):
        return services.publish_answer(
            page=page,
            decided=words.get("decided", "<p>Every second Saturday.</p>"),
            changed="<p>Benches were added.</p>",
            unchanged="<p>The budget stays.</p>",
            now=now,
        )

    def test_makes_the_page_answered_with_its_words(self, now):
        page = self.answer(ConsultationFactory(closed=True), now)
        assert page.stage_at(now) == "answered"
        assert page.outcome_changed == "<p>Benches were added.</p>"
        assert page.latest_revision.object_str == page.title

    def test_needs_words(self, now):
        page = ConsultationFactory(closed=True)
        with pytest.raises(ValidationError):
            self.answer(page, now, decided="")
        page.refresh_from_db()
        assert page.answered_at is None

    def test_waits_for_the_close(self, now):
        with pytest.raises(ValidationError):
            self.answer(ConsultationFactory(), now)
