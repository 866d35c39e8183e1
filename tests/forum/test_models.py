from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from deliberation.choices import Stage
from forum.blocks import TableBlock
from forum.choices import ParticipationLevel
from forum.models import ConsultationPage
from moderation.rules.pages import html_audit
from tests.factories.forum import NOW, ConsultationFactory, HearingFactory, forum_index

pytestmark = pytest.mark.django_db


class TestStage:
    def test_follows_from_the_dates_alone(self, now):
        page = ConsultationFactory.build(
            opens_at=now, closes_at=now + timedelta(days=2), answered_at=None
        )
        minute = timedelta(minutes=1)
        assert page.stage_at(now - minute) is Stage.ANNOUNCED
        assert page.stage_at(now) is Stage.OPEN
        assert page.stage_at(page.closes_at - minute) is Stage.OPEN
        assert page.stage_at(page.closes_at) is Stage.CLOSED
        page.answered_at = page.closes_at + timedelta(days=3)
        assert page.stage_at(page.closes_at) is Stage.CLOSED
        assert page.stage_at(page.answered_at) is Stage.ANSWERED

    def test_is_shown_as_one_step_on_a_way_of_four(self, now):
        steps = ConsultationFactory.build(closed=True).steps_at(now)
        assert [step.stage for step in steps] == list(Stage)
        assert [step.is_present for step in steps] == [False, False, True, False]
        assert [step.is_past for step in steps] == [True, True, False, False]

    @pytest.mark.parametrize(
        ("hours", "days"), [(1, 0), (11, 0), (14, 1), (24, 1), (24 * 14, 14)]
    )
    def test_counts_days_as_a_calendar_does(self, now, hours, days):
        page = ConsultationFactory.build(closes_at=now + timedelta(hours=hours))
        assert page.days_left(now) == days

    def test_counts_no_days_unless_it_is_open(self, now):
        assert ConsultationFactory.build(announced=True).days_left(now) is None
        assert ConsultationFactory.build(closed=True).days_left(now) is None


class TestValidation:
    def test_refuses_to_close_before_it_opens(self):
        page = ConsultationFactory(draft=True)
        page.closes_at = page.opens_at
        with pytest.raises(ValidationError, match="must close after it opens"):
            page.full_clean()

    def test_refuses_an_answer_without_words(self):
        page = ConsultationFactory(closed=True)
        page.answered_at = NOW
        with pytest.raises(ValidationError, match="must say what was decided"):
            page.full_clean()

    def test_refuses_an_answer_before_the_close(self):
        page = ConsultationFactory()
        page.answered_at, page.outcome_decided = NOW, "<p>No.</p>"
        with pytest.raises(ValidationError, match="only come after the close"):
            page.full_clean()

    def test_asks_for_dates_and_summary_before_publishing(self):
        page = ConsultationPage(title="Night buses", slug="night-buses")
        with pytest.raises(ValidationError) as refused:
            forum_index().add_child(instance=page)
        assert set(refused.value.message_dict) == {"summary", "opens_at", "closes_at"}

    def test_refuses_languages_it_does_not_know(self):
        page = ConsultationFactory.build(languages_welcome=["en", "klingon"])
        with pytest.raises(ValidationError) as refused:
            page.full_clean(exclude=["slug"])
        assert "languages_welcome" in refused.value.message_dict

    def test_refuses_a_meeting_that_ends_before_it_begins(self):
        session = HearingFactory().sessions.get()
        session.ends_at = session.starts_at
        with pytest.raises(ValidationError, match="end after it begins"):
            session.full_clean()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"closes_at": NOW - timedelta(days=30)},
            {"closes_at": NOW, "answered_at": NOW, "outcome_decided": ""},
            {"answered_at": NOW, "outcome_decided": "<p>No.</p>"},
        ],
    )
    def test_is_also_the_databases(self, wrong):
        page = ConsultationFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            ConsultationPage.objects.filter(pk=page.pk).update(**wrong)


class TestSeedStatements:
    def test_are_one_on_each_line_each_once(self):
        page = ConsultationFactory.build(
            poll_statements=" - More benches.\n\n• More benches.\nFewer signs. \r\n"
        )
        assert page.seed_statements() == ["More benches.", "Fewer signs."]

    def test_may_not_be_longer_than_residents_may_be(self):
        page = ConsultationFactory.build(
            poll_question="Which?", poll_statements="Trees! " * 60
        )
        with pytest.raises(ValidationError, match="419 characters, 280 are allowed"):
            page.clean()

    def test_need_a_question(self):
        page = ConsultationFactory.build(poll_statements="More benches.")
        with pytest.raises(ValidationError, match="need a question"):
            page.clean()


class TestAccess:
    def test_tells_what_is_answered_and_what_is_not(self):
        page = HearingFactory.build(
            session=None, step_free="yes", step_free_note="East door", parking="no"
        )
        answers = {each.name: each for each in page.access()}
        assert len(answers) == 14
        assert str(answers["step_free"].words) == "Yes"
        assert answers["step_free"].note == "East door"
        assert str(answers["parking"].words) == "No"
        assert str(answers["captions"].words) == "Not answered yet"
        assert answers["captions"].answer == ""

    def test_counts_the_ways_to_reach_the_contact(self):
        page = HearingFactory.build(
            session=None, contact_phone="0123", contact_email="town@example.org"
        )
        assert page.contact_channels() == 2


class TestPromise:
    def test_belongs_to_the_level_of_participation(self):
        page = ConsultationFactory.build(participation_level="consult")
        assert page.promise() == ParticipationLevel.CONSULT.promise
        assert "We listen to you" in page.promise()
        assert ConsultationFactory.build().promise() == ""


class TestTable:
    def table(self, cells):
        block = TableBlock()
        value = {"caption": "Counts", "cells": cells, "first_column_is_header": True}
        return block.clean(block.to_python(value))

    @pytest.mark.parametrize(
        "cells", ["Day\tCars\nMon\t812", "| Day | Cars |\nMon | 812"]
    )
    def test_is_read_from_a_spreadsheet_or_from_bars(self, cells):
        table = self.table(cells)
        assert table.header() == ["Day", "Cars"]
        assert table.body() == [["Mon", "812"]]

    @pytest.mark.parametrize(
        ("cells", "words"),
        [
            ("Day\tCars", "and one more"),
            ("Day\t\nMon\t812", "Every column needs a name"),
            ("Day\tCars\nMon", "same number of cells"),
        ],
    )
    def test_refuses_what_a_screen_reader_could_not_read(self, cells, words):
        with pytest.raises(ValidationError) as refused:
            self.table(cells)
        assert words in str(refused.value.block_errors["cells"])

    @pytest.mark.parametrize("cells", ["\tCars\nMon\t812", "| | Cars |\n| Mon | 812 |"])
    def test_may_leave_the_corner_above_the_names_of_the_rows_empty(self, cells):
        html = TableBlock().render(self.table(cells))
        assert '<tr><td></td><th scope="col">Cars</th></tr>' in html
        assert not html_audit.audit_html(html).by("A11Y-09")

    def test_escapes_what_editors_type(self):
        html = TableBlock().render(self.table("<b>\tCars\nMon\t<script>"))
        assert "<script>" not in html
        assert "&lt;b&gt;" in html
