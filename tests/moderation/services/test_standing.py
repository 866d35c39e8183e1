from datetime import timedelta

import pytest

from moderation.choices import Standing
from moderation.services import review, standing
from tests.factories.moderation import ParticipantFactory, PolicyFactory
from tests.factories.notes import ModeratorFactory, NoteFactory, lead

pytestmark = pytest.mark.django_db


def newcomer(now, days=3, **fields):
    return ParticipantFactory(
        newcomer=True, created_at=now - timedelta(days=days), **fields
    )


class TestANewcomer:
    def test_is_known_after_three_public_contributions_and_two_days(self, now):
        person = newcomer(now)
        NoteFactory.create_batch(3, author=person)
        assert standing.review(participant=person, now=now).standing == Standing.KNOWN
        person.refresh_from_db()
        assert person.standing == Standing.KNOWN

    def test_stays_new_before_that(self, now):
        hasty, quiet = newcomer(now, days=1), newcomer(now)
        NoteFactory.create_batch(3, author=hasty)
        NoteFactory.create_batch(2, author=quiet)
        NoteFactory(author=quiet, hidden=True)
        for person in (hasty, quiet):
            assert standing.review(participant=person, now=now).standing == Standing.NEW

    def test_learns_what_is_still_lacking(self, now):
        person = newcomer(now)
        NoteFactory(author=person)
        assert standing.next_step(person).contributions == 2
        assert "3 public contributions" in standing.in_words(person)


class TestAnybodyElse:
    @pytest.mark.parametrize("kept", ["known", "trusted", "suspended"])
    def test_keeps_their_standing(self, now, kept):
        person = ParticipantFactory(standing=kept)
        NoteFactory.create_batch(3, author=person)
        assert standing.review(participant=person, now=now).standing == kept
        assert standing.in_words(person)


class TestALead:
    def test_changes_the_standing_of_others_only(self):
        boss = lead()
        person, own = ParticipantFactory(), ParticipantFactory(account=boss)
        standing.set_by_lead(participant=person, standing="suspended", decided_by=boss)
        person.refresh_from_db()
        assert not person.may_write
        for target, by, word in (
            (own, boss, "trusted"),
            (person, ModeratorFactory(), "known"),
            (person, boss, "king"),
        ):
            with pytest.raises(standing.MayNotChangeStanding):
                standing.set_by_lead(participant=target, standing=word, decided_by=by)


class TestSomebodyKnown:
    def test_is_trusted_by_their_record(self, now):
        person = ParticipantFactory(created_at=now - timedelta(days=40))
        NoteFactory.create_batch(19, author=person)
        assert standing.review(participant=person, now=now).standing == Standing.KNOWN
        NoteFactory(author=person)
        assert standing.review(participant=person, now=now).standing == Standing.TRUSTED

    def test_is_not_while_something_of_theirs_is_hidden(self, now):
        person = ParticipantFactory(created_at=now - timedelta(days=40))
        bad, *_rest = NoteFactory.create_batch(21, author=person)
        review.decide(
            content=bad, act="hide", decided_by=ModeratorFactory(), now=now,
            ground="DECISION_GROUND_INCOMPATIBLE_CONTENT", rule_id="insult",
            facts="It calls the mayor a name.",
        )  # fmt: skip
        assert standing.review(participant=person, now=now).standing == Standing.KNOWN

    def test_meets_the_thresholds_of_the_policy(self, now):
        PolicyFactory(is_default=True, trusted_after=1, trusted_days=0)
        person = ParticipantFactory()
        NoteFactory(author=person)
        assert standing.review(participant=person, now=now).standing == Standing.TRUSTED
