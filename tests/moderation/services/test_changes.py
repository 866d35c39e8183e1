from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from moderation.choices import Act, Automation, ContentStatus
from moderation.models import Change, Decision, RegisterEntry
from moderation.queries import desk, records, register
from moderation.services import (
    appeals,
    changes,
    flags,
    retention,
    review,
)
from tests.factories.moderation import ParticipantFactory
from tests.factories.notes import ModeratorFactory, NoteFactory, lead
from tests.testapp.models import Note

pytestmark = pytest.mark.django_db

REASONS = {
    "ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
    "rule_id": "personal_data",
    "facts": "It names a neighbour's number.",
}
TEXT = "Ring 0123 456789. I said: 0123 456789! The bench is good."


def decide(note, act, now, by=None, **fields):
    return review.decide(
        content=note, act=act, decided_by=by or ModeratorFactory(), now=now,
        **REASONS | fields,
    )  # fmt: skip


def overturn(decision, now):
    raised = appeals.raise_by_author(decision=decision, text="It is mine.", now=now)
    return appeals.answer(
        appeal=raised, outcome="overturned", answer="So it is.", answered_by=lead(),
        now=now,
    )  # fmt: skip


def row(note):
    return Note.objects.values().get(pk=note.pk)


class TestRedacting:
    def test_takes_the_passage_wherever_it_stands_and_shows_the_rest(self, now):
        note = NoteFactory(text=TEXT)
        decision = decide(note, Act.REDACT, now, passage="0123 456789")
        note.refresh_from_db()
        assert note.status == ContentStatus.PUBLISHED
        assert "456789" not in note.text + note.html
        assert note.text.count("[removed by a moderator]") == 2
        assert "The bench is good." in note.html
        assert decision.change.text == TEXT

    def test_says_so_in_the_language_of_the_text(self, now):
        note = NoteFactory(text=TEXT, language="de")
        decide(note, Act.REDACT, now, passage="0123 456789")
        assert note.text.count("[") == 2

    def test_is_taken_back_exactly_on_appeal(self, now):
        note = NoteFactory(text=TEXT)
        before = row(note)
        overturn(decide(note, Act.REDACT, now, passage="0123 456789"), now)
        assert row(note) == before

    def test_lets_the_rest_of_what_was_held_be_read(self, now):
        note = NoteFactory(text=TEXT, held=True)
        decide(note, Act.REDACT, now, passage="0123 456789")
        assert note.status == ContentStatus.PUBLISHED

    @pytest.mark.parametrize("passage", ["", "  ", "not there", "\x00"])
    def test_needs_a_passage_of_the_text(self, now, passage):
        note = NoteFactory(text=TEXT)
        with pytest.raises(changes.NoSuchPassage) as refusal:
            decide(note, Act.REDACT, now, passage=passage)
        assert refusal.value.text == REASONS["facts"]
        assert not Decision.objects.exists()

    def test_needs_complete_reasons_like_any_restriction(self, now):
        with pytest.raises(review.IncompleteReasons):
            decide(NoteFactory(text=TEXT), Act.REDACT, now, passage="0123", facts="")

    @pytest.mark.parametrize("act", [Act.ASK, Act.REDACT, Act.MERGE, Act.MOVE])
    def test_without_reasons_is_refused_by_the_database_too(self, now, act):
        decision = decide(NoteFactory(), Act.HIDE, now)
        Decision.objects.filter(pk=decision.pk).update(act=act)
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(facts="")

    def test_happens_once_at_a_time(self, now):
        note = NoteFactory(text=TEXT)
        decide(note, Act.REDACT, now, passage="0123 456789")
        with pytest.raises(changes.CannotBeDone):
            decide(note, Act.REDACT, now, passage="bench")

    def test_and_hiding_are_taken_back_each_for_itself(self, now):
        note = NoteFactory(text=TEXT)
        redaction = decide(note, Act.REDACT, now, passage="0123 456789")
        hiding = decide(note, Act.HIDE, now)
        overturn(redaction, now)
        note.refresh_from_db()
        assert (note.status, note.text) == (ContentStatus.HIDDEN, TEXT)
        overturn(hiding, now)
        note.refresh_from_db()
        assert (note.status, note.text) == (ContentStatus.PUBLISHED, TEXT)

    def test_shows_the_author_alone_what_it_was(self, now):
        note = NoteFactory(text=TEXT)
        flag = flags.raise_by_person(
            content=note, reporter=ParticipantFactory(), reason="insult", now=now
        )
        decision = decide(note, Act.REDACT, now, passage="0123 456789")
        own = reverse("moderation:decision", args=[decision.receipt])
        assert "456789" in Client().get(own).content.decode()
        receipt = reverse("moderation:receipt", args=[flag.receipt])
        page = Client().get(receipt).content.decode()
        assert "456789" not in page
        assert "A passage of what you reported was removed" in page
        assert "456789" not in str(RegisterEntry.objects.latest("number").entry)

    def test_can_no_longer_be_taken_back_when_its_time_is_over(self, now):
        note = NoteFactory(text=TEXT)
        decision = decide(note, Act.REDACT, now, passage="0123 456789")
        assert retention.keep(now=now + timedelta(days=199)) == 0
        assert retention.keep(now=now + timedelta(days=201)) == 1
        assert Change.objects.get(decision=decision).text == ""
        with pytest.raises(review.NotApplicable, match="removed"):
            decide(note, Act.RESTORE, now)


class TestMerging:
    def test_leads_to_the_other_and_is_taken_back(self, now):
        other, note = NoteFactory(), NoteFactory()
        before = row(note)
        decision = decide(note, Act.MERGE, now, same_as=other.pk)
        assert note.status == ContentStatus.HIDDEN
        assert decision.change.same_as == other.pk
        overturn(decision, now)
        assert row(note) == before

    @pytest.mark.parametrize("same_as", [None, 0, 10**15])
    def test_needs_the_other_one(self, now, same_as):
        with pytest.raises(changes.NoSuchTwin):
            decide(NoteFactory(), Act.MERGE, now, same_as=same_as)

    def test_is_not_with_itself_nor_with_what_nobody_can_read(self, now):
        note, hidden = NoteFactory(), NoteFactory(hidden=True)
        for other in (note, hidden):
            with pytest.raises(changes.NoSuchTwin):
                decide(note, Act.MERGE, now, same_as=other.pk)


class TestWhatAKindDoesNotAllow:
    @pytest.mark.parametrize("act", [Act.ASK, Act.MOVE])
    def test_is_refused(self, now, act):
        with pytest.raises(changes.CannotBeDone):
            decide(NoteFactory(), act, now)

    def test_is_not_offered(self):
        acts = desk.acts_for(NoteFactory())
        assert acts == [Act.KEEP, Act.HIDE, Act.REDACT, Act.MERGE]


class TestTakingBack:
    def test_is_offered_while_something_is_in_force(self, now):
        note = NoteFactory(text=TEXT)
        decide(note, Act.REDACT, now, passage="0123 456789")
        assert desk.acts_for(note)[-1] == Act.RESTORE
        back = decide(note, Act.RESTORE, now)
        assert back.reverses.act == Act.REDACT
        assert Act.RESTORE not in desk.acts_for(note)
        with pytest.raises(review.NotApplicable):
            decide(note, Act.RESTORE, now)

    def test_happens_once_to_a_decision_by_the_database_too(self, now):
        note = NoteFactory()
        hiding = decide(note, Act.HIDE, now)
        decide(note, Act.RESTORE, now)
        again = decide(note, Act.KEEP, now)
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=again.pk).update(reverses=hiding)

    def test_leaves_a_whole_register(self, now):
        note = NoteFactory(text=TEXT)
        overturn(decide(note, Act.REDACT, now, passage="bench"), now)
        assert register.verify().is_whole

    def test_is_not_counted_against_the_author(self, now):
        note = NoteFactory()
        decide(note, Act.HIDE, now)
        later = NoteFactory(author=note.author)
        record = records.of_author(later)
        assert (record.hidden, len(record.lately)) == (1, 1)
        decide(note, Act.RESTORE, now)
        record = records.of_author(later)
        assert record.hidden == 0
        assert record.lately[0].reversed_by


class TestAReportThatLedToAChange:
    def test_counts_as_founded(self, now):
        from moderation.queries import reporters

        note, reader = NoteFactory(text=TEXT), ParticipantFactory()
        flags.raise_by_person(content=note, reporter=reader, reason="insult", now=now)
        decision = decide(note, Act.REDACT, now, passage="bench")
        assert decision.automation == Automation.NOT
        assert reporters.records([reader.pk])[reader.pk].founded == 1
