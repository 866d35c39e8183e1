"""From a page to what the rules see, and what may not change once people answer."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Locale

from deliberation.models import Comment
from forum.blocks import BODY_BLOCKS
from forum.models import ConsultationMixin, ConsultationPage, HearingMixin
from forum.queries import page_view, publishing
from forum.services.publishing import NotReady
from moderation.rules.pages import registry
from tests.factories.deliberation import CommentFactory
from tests.factories.forum import HearingFactory, forum_index
from tests.forum.gate.pages import OTHERS, consultation, minds

STREAMS = {
    name: field
    for mixin in (ConsultationMixin, HearingMixin)
    for field in mixin._meta.get_fields()
    if hasattr(field, "stream_block")
    for name in field.stream_block.child_blocks
}


class TestBlocks:
    @pytest.mark.parametrize("name", sorted(STREAMS))
    def test_bring_their_rules(self, name):
        assert name in page_view.READERS, "docs/rules.md says how a block gets rules"
        rules = page_view.READERS[name].rules
        assert rules
        assert set(rules) <= set(registry.names())

    def test_are_looked_at_at_all(self):
        assert {name for name, _block in BODY_BLOCKS} < set(STREAMS)


@pytest.mark.django_db
class TestView:
    def test_reads_a_block_at_its_place(self):
        page = consultation(
            locale=Locale.get_default(),
            body=[
                ("heading", {"text": "Why <now>", "level": "2"}),
                ("paragraph", "<p>To read it <a href='/plan/'>click here</a>.</p>"),
            ],
        )
        view = page_view.of(page, now=timezone.now(), parent=forum_index())
        heading = next(each for each in view.blocks if each.type == "heading")
        assert heading.path == "body.0.value"
        assert heading.html == "<h2>Why &lt;now&gt;</h2>"
        found = publishing.judge(page, now=timezone.now(), parent=forum_index())
        assert "A11Y-06" in {each.finding.rule for each in found.items}

    def test_sees_the_meetings_and_answers_of_a_hearing(self):
        view = page_view.of(HearingFactory(step_free="yes"), now=timezone.now())
        assert view.sessions[0].place.startswith("Great Hall")
        assert {each.name: each.answer for each in view.access}["step_free"] == "yes"


@pytest.mark.django_db
class TestAnsweredPage:
    """It opened yesterday, and somebody has commented."""

    @pytest.fixture
    def asked(self):
        off = [each for each in (*OTHERS, "CON-08") if each not in {"CON-12", "CON-13"}]
        minds(off=off, options={})
        page = consultation(
            opens_at=timezone.now() - timedelta(days=1),
            poll_question="Which buses?",
            poll_statements="Line 7 first.",
        )
        forum_index().add_child(instance=page)
        page.save_revision().publish()
        CommentFactory(discussion=page.discussions.get())
        assert Comment.objects.exists()
        return ConsultationPage.objects.get(pk=page.pk)

    @pytest.mark.parametrize(
        "changes",
        [
            {"poll_question": "Which trams?"},
            {"poll_question": "", "poll_statements": ""},
            {"poll_statements": "Line 9 first."},
            {"closes_at": timedelta(days=-1)},
            {"opens_at": timedelta(days=5)},
        ],
        ids=lambda changes: ",".join(changes),
    )
    def test_keeps_words_and_dates(self, asked, changes):
        for name, value in changes.items():
            is_moved = isinstance(value, timedelta)
            setattr(asked, name, getattr(asked, name) + value if is_moved else value)
        with pytest.raises(NotReady) as refusal:
            asked.save_revision().publish()
        found = refusal.value.judgement.in_the_way
        assert not any(each.may_be_waived for each in found)

    def test_keeps_them_however_it_is_stored(self, asked):
        asked.poll_question = "Which trams?"
        with pytest.raises(NotReady):
            asked.save()
        with pytest.raises(NotReady):
            asked.save(update_fields=["poll_question"], clean=False)

    def test_may_say_what_was_never_said(self, asked):
        asked.poll_introduction = "Say what you need."
        asked.save_revision().publish()

    def test_may_close_later(self, asked):
        asked.closes_at += timedelta(days=7)
        asked.save_revision().publish()
        asked.refresh_from_db()
        assert asked.discussions.get().closes_at == asked.closes_at

    def test_changes_words_with_a_dated_correction_that_the_page_shows(
        self, asked, client
    ):
        note = "We wrote buses and meant trams."
        asked.poll_question = "Which trams?"
        asked.corrections = [
            (
                "correction",
                {"field": "poll_question", "at": timezone.now(), "note": note},
            )
        ]
        asked.save_revision().publish()
        assert note in client.get(asked.url).text

    def test_does_not_take_an_older_correction_for_a_new_one(self, asked):
        asked.poll_question = "Which trams?"
        at = timezone.now() - timedelta(days=3)
        asked.corrections = [
            ("correction", {"field": "poll_question", "at": at, "note": "Long ago."})
        ]
        with pytest.raises(NotReady):
            asked.save_revision().publish()
