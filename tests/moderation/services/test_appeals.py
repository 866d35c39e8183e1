from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from moderation.choices import Act, ContentStatus, FlagReason
from moderation.models import Appeal, Notice, RegisterEntry
from moderation.queries import register
from moderation.rules import Effect, Finding
from moderation.services import appeals, flags, holds, review
from tests.factories.moderation import ParticipantFactory
from tests.factories.notes import ModeratorFactory, NoteFactory, lead

pytestmark = pytest.mark.django_db

REASONS = {
    "ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
    "rule_id": "insult",
}


def hide(note, now, by=None):
    moderator = by or ModeratorFactory()
    return review.decide(
        content=note, act=Act.HIDE, decided_by=moderator, now=now, facts="A name.",
        **REASONS,
    )  # fmt: skip


def appeal(decision, now, text="It is a quotation."):
    return appeals.raise_by_author(decision=decision, text=text, now=now)


def keep_reported(note, now, **fields):
    """Return a reader's flag that a moderator answered by keeping the item."""
    flag = flags.raise_by_person(
        content=note, reason=FlagReason.INSULT, now=now,
        **fields or {"reporter": ParticipantFactory()},
    )  # fmt: skip
    review.decide(content=note, act=Act.KEEP, decided_by=ModeratorFactory(), now=now)
    flag.refresh_from_db()
    return flag


def answer(appeal, now, outcome="overturned", by=None, **reasons):
    return appeals.answer(
        appeal=appeal, outcome=outcome, answer="It is, as I see it.",
        answered_by=by or lead(), now=now, **reasons,
    )  # fmt: skip


class TestAnAuthorsAppeal:
    def test_brings_back_text_and_place_as_they_were(self, now):
        note = NoteFactory()
        before = type(note).objects.values().get(pk=note.pk)
        answered = answer(appeal(hide(note, now), now), now)
        assert type(note).objects.values().get(pk=note.pk) == before
        assert answered.new_decision.act == Act.RESTORE

    def test_can_be_granted_when_a_moderator_has_taken_it_back_meanwhile(self, now):
        note = NoteFactory()
        waiting = appeal(hide(note, now), now)
        review.decide(
            content=note, act=Act.RESTORE, decided_by=ModeratorFactory(), now=now
        )
        answered = answer(waiting, now)
        note.refresh_from_db()
        assert note.is_public
        assert answered.outcome == "overturned"
        assert answered.new_decision is None
        assert register.verify().is_whole

    def test_may_be_turned_down_with_reasons(self, now):
        note = NoteFactory()
        answered = answer(appeal(hide(note, now), now), now, "upheld")
        note.refresh_from_db()
        assert note.status == ContentStatus.HIDDEN
        assert answered.answer == "It is, as I see it."
        notice = Notice.objects.latest("pk")
        assert notice.participant == note.author
        assert "stands" in notice.title

    def test_is_made_once(self, now):
        decision = hide(NoteFactory(), now)
        appeal(decision, now)
        with pytest.raises(appeals.CannotAppeal) as refusal:
            appeal(decision, now, text="Again")
        assert refusal.value.text == "Again"

    def test_is_open_for_half_a_year(self, now):
        in_time, too_late = hide(NoteFactory(), now), hide(NoteFactory(), now)
        assert appeal(in_time, now + timedelta(days=183))
        with pytest.raises(appeals.CannotAppeal):
            appeal(too_late, now + timedelta(days=183, minutes=1))

    def test_says_why(self, now):
        for text in ("", " \u200b", "x" * 5001):
            with pytest.raises(appeals.IncompleteAppeal):
                appeal(hide(NoteFactory(), now), now, text=text)

    def test_is_not_needed_against_what_takes_nothing(self, now):
        note = NoteFactory()
        kept = review.decide(
            content=note, act=Act.KEEP, decided_by=ModeratorFactory(), now=now
        )
        finding = Finding(
            rule="links", version="1", effect=Effect.HOLD, message="Three."
        )
        held = holds.by_rule(content=NoteFactory(), finding=finding, now=now)
        for decision in (kept, held):
            with pytest.raises(appeals.CannotAppeal):
                appeal(decision, now)

    def test_is_too_late_once_another_decision_took_its_place(self, now):
        note = NoteFactory()
        decision = hide(note, now)
        review.decide(
            content=note, act=Act.RESTORE, decided_by=ModeratorFactory(), now=now
        )
        with pytest.raises(appeals.CannotAppeal):
            appeal(decision, now)

    def test_leaves_withdrawn_what_its_author_took_back(self, now):
        note = NoteFactory(withdrawn=True)
        answer(appeal(hide(note, now), now), now)
        note.refresh_from_db()
        assert note.status == ContentStatus.WITHDRAWN


class TestAReportersAppeal:
    def test_has_the_item_hidden_if_they_were_right(self, now):
        note = NoteFactory()
        flag = keep_reported(note, now)
        raised = appeals.raise_by_reporter(flag=flag, text="Read it again.", now=now)
        answered = answer(raised, now, **REASONS)
        note.refresh_from_db()
        assert note.status == ContentStatus.HIDDEN
        assert answered.new_decision.facts == "It is, as I see it."

    def test_can_be_granted_to_two_who_reported_the_same(self, now):
        note = NoteFactory()
        eve = flags.raise_by_person(
            content=note, reporter=ParticipantFactory(), reason=FlagReason.INSULT,
            now=now,
        )  # fmt: skip
        flag = keep_reported(note, now)
        eve.refresh_from_db()
        waiting = [
            appeals.raise_by_reporter(flag=each, text="Read it again.", now=now)
            for each in (eve, flag)
        ]
        answered = [answer(each, now, **REASONS) for each in waiting]
        assert [each.outcome for each in answered] == ["overturned"] * 2
        note.refresh_from_db()
        assert note.status == ContentStatus.HIDDEN
        assert note.decisions.filter(act=Act.HIDE).count() == 1
        assert register.verify().is_whole

    def test_needs_the_reasons_of_any_restriction(self, now):
        flag = keep_reported(NoteFactory(), now)
        raised = appeals.raise_by_reporter(flag=flag, text="Read it again.", now=now)
        with pytest.raises(review.IncompleteReasons):
            answer(raised, now)
        raised.refresh_from_db()
        assert raised.answered_at is None

    def test_is_open_to_each_reporter_once(self, now):
        note = NoteFactory()
        others = flags.raise_by_person(
            content=note, name="Ada", email="ada@example.org",
            reason=FlagReason.SPAM, now=now,
        )  # fmt: skip
        flag = keep_reported(note, now)
        others.refresh_from_db()
        for each in (flag, others):
            appeals.raise_by_reporter(flag=each, text="Again please.", now=now)
            with pytest.raises(appeals.CannotAppeal):
                appeals.raise_by_reporter(flag=each, text="And again.", now=now)

    def test_waits_for_the_first_decision(self, now):
        flag = flags.raise_by_person(
            content=NoteFactory(), reporter=ParticipantFactory(),
            reason=FlagReason.SPAM, now=now,
        )  # fmt: skip
        with pytest.raises(appeals.CannotAppeal):
            appeals.raise_by_reporter(flag=flag, text="Hurry.", now=now)


class TestWhoAnswers:
    def test_is_never_who_decided(self, now):
        first = lead()
        raised = appeal(hide(NoteFactory(), now, by=first), now)
        with pytest.raises(appeals.MayNotAnswer):
            answer(raised, now, by=first)

    def test_is_never_who_decided_says_the_database_too(self, now):
        first = lead()
        raised = appeal(hide(NoteFactory(), now, by=first), now)
        with pytest.raises(IntegrityError), transaction.atomic():
            Appeal.objects.filter(pk=raised.pk).update(
                answered_by=first, answered_at=now, outcome="upheld", answer="No."
            )

    def test_is_a_lead_moderator(self, now):
        raised = appeal(hide(NoteFactory(), now), now)
        with pytest.raises(appeals.MayNotAnswer):
            answer(raised, now, by=ModeratorFactory())

    def test_is_never_the_author_nor_the_reporter(self, now):
        boss = lead()
        of_own = appeal(hide(NoteFactory(author__account=boss), now), now)
        reporter = ParticipantFactory(account=lead())
        flag = keep_reported(NoteFactory(), now, reporter=reporter)
        of_report = appeals.raise_by_reporter(flag=flag, text="Again.", now=now)
        for raised, person in ((of_own, boss), (of_report, reporter.account)):
            with pytest.raises(appeals.MayNotAnswer):
                answer(raised, now, by=person, outcome="upheld")

    def test_answers_once(self, now):
        raised = appeal(hide(NoteFactory(), now), now)
        answer(raised, now, "upheld")
        with pytest.raises(appeals.AlreadyAnswered):
            answer(raised, now, "overturned")

    def test_says_which_outcome(self, now):
        raised = appeal(hide(NoteFactory(), now), now)
        with pytest.raises(appeals.IncompleteAppeal):
            answer(raised, now, "perhaps")


class TestTheRegister:
    def test_tells_of_the_appeal_and_of_its_outcome(self, now):
        answer(appeal(hide(NoteFactory(), now), now), now)
        told = [line.entry for line in RegisterEntry.objects.order_by("number")]
        assert [each["event"] for each in told] == [
            "decision", "appeal", "decision", "answer",
        ]  # fmt: skip
        assert told[1]["about"] == told[3]["about"] == 1
        assert told[3]["outcome"] == "overturned"
        assert "quotation" not in str(told)
