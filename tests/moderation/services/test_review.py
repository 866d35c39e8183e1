import threading

import pytest
from django.db import IntegrityError, connection, transaction

from moderation.choices import Act, Automation, ContentStatus, FlagReason, Ground
from moderation.models import Decision, Flag, Notice, RegisterEntry
from moderation.rules import Effect, Finding
from moderation.services import flags, holds, review
from moderation.signals import decision_made
from tests.factories.moderation import AccountFactory, ParticipantFactory
from tests.factories.notes import ModeratorFactory, NoteFactory

pytestmark = pytest.mark.django_db

REASONS = {
    "ground": Ground.RULES,
    "rule_id": "insult",
    "facts": "It calls the mayor a name.",
}


def decide(note, act, now, by=None, **fields):
    return review.decide(
        content=note,
        act=act,
        decided_by=by or ModeratorFactory(),
        now=now,
        **(REASONS if act == Act.HIDE else {}) | fields,
    )


def flag(note, now, **fields):
    return flags.raise_by_person(
        content=note,
        now=now,
        **{"reporter": ParticipantFactory(), "reason": FlagReason.INSULT, **fields},
    )


def hold(note, now):
    return holds.by_rule(
        content=note,
        finding=Finding(
            rule="links",
            version="2",
            effect=Effect.HOLD,
            message="Three links are more than a newcomer may post.",
            matched="https://example.org",
        ),
        now=now,
    )


class TestHiding:
    def test_takes_the_text_from_everybody_and_keeps_it(self, now):
        note = NoteFactory(text="You fool")
        decide(note, Act.HIDE, now)
        assert note.status == ContentStatus.HIDDEN
        note.refresh_from_db()
        assert (note.status, note.text) == (ContentStatus.HIDDEN, "You fool")

    def test_quotes_the_rule_that_is_in_force(self, now):
        decision = decide(NoteFactory(), Act.HIDE, now)
        assert decision.rule_text.startswith("Insults and harassment")
        assert decision.rule_version == "0"
        assert decision.category == "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH"

    def test_quotes_it_in_the_authors_language(self, now):
        note = NoteFactory(author__language="de")
        from moderation.models import HouseRule

        HouseRule.objects.create(
            code="insult", language="en", title="x", text="No insults", changed_at=now
        )
        HouseRule.objects.create(
            code="insult", language="de", title="x", text="Keine Beleidigungen",
            version=3, changed_at=now,
        )  # fmt: skip
        decision = decide(note, Act.HIDE, now)
        assert decision.rule_text == "Keine Beleidigungen"
        assert decision.rule_version == "3"

    def test_answers_every_flag_that_waits(self, now):
        note = NoteFactory()
        first, second = flag(note, now), flag(note, now)
        decision = decide(note, Act.HIDE, now)
        assert set(decision.answers.all()) == {first, second}
        assert not Flag.objects.waiting().exists()

    def test_announces_itself_once_it_is_certain(
        self, now, django_capture_on_commit_callbacks
    ):
        heard = []

        def listen(*, decision, content, **kwargs):
            heard.append((decision, content))

        decision_made.connect(listen)
        note = NoteFactory()
        try:
            with django_capture_on_commit_callbacks(execute=True):
                decision = decide(note, Act.HIDE, now)
                assert heard == []
        finally:
            decision_made.disconnect(listen)
        assert heard == [(decision, note)]

    @pytest.mark.parametrize(
        ("missing", "told"),
        [
            ({"ground": ""}, "illegal or against the house rules"),
            ({"ground": "SOMETHING"}, "illegal or against the house rules"),
            ({"rule_id": ""}, "Choose the rule"),
            ({"rule_id": "no_such_rule"}, "Choose the rule"),
            ({"facts": " \u200b"}, "own words"),
            ({"facts": "x" * 5001}, "longer than 5,000"),
            ({"ground": Ground.ILLEGAL}, "Name the law"),
        ],
    )
    def test_needs_complete_reasons(self, now, missing, told):
        note = NoteFactory()
        with pytest.raises(review.IncompleteReasons) as refusal:
            decide(note, Act.HIDE, now, **missing)
        assert told in refusal.value.message
        note.refresh_from_db()
        assert note.status == ContentStatus.PUBLISHED
        assert not Decision.objects.exists()

    def test_of_what_is_illegal_names_the_law(self, now):
        decision = decide(
            NoteFactory(), Act.HIDE, now,
            ground=Ground.ILLEGAL, rule_id="", legal_ground="Criminal Code, section 185",
        )  # fmt: skip
        assert decision.legal_ground == "Criminal Code, section 185"
        assert decision.rule_text == "Criminal Code, section 185"

    def test_without_reasons_is_refused_by_the_database_too(self, now):
        decision = decide(NoteFactory(), Act.HIDE, now)
        for name in ("ground", "rule_text", "facts"):
            with pytest.raises(IntegrityError), transaction.atomic():
                Decision.objects.filter(pk=decision.pk).update(**{name: ""})


class TestWhoDecides:
    def test_is_a_moderator(self, now):
        with pytest.raises(review.MayNotDecide):
            decide(NoteFactory(), Act.KEEP, now, by=AccountFactory())

    def test_is_never_the_author(self, now):
        moderator = ModeratorFactory()
        note = NoteFactory(author__account=moderator)
        with pytest.raises(review.MayNotDecide):
            decide(note, Act.KEEP, now, by=moderator)

    def test_learns_of_a_faster_colleague(self, now):
        note = NoteFactory()
        first = decide(note, Act.KEEP, now, seen=0)
        with pytest.raises(review.AlreadyDecided) as refusal:
            decide(note, Act.HIDE, now, seen=0)
        assert refusal.value.decision == first
        note.refresh_from_db()
        assert note.status == ContentStatus.PUBLISHED
        assert decide(note, Act.HIDE, now, seen=first.pk)


class TestADecision:
    @pytest.mark.parametrize(
        ("status", "act", "after"),
        [
            ("published", "keep", "published"),
            ("published", "hide", "hidden"),
            ("held", "publish", "published"),
            ("held", "hide", "hidden"),
            ("withdrawn", "keep", "withdrawn"),
            ("withdrawn", "hide", "hidden"),
            ("hidden", "restore", "published"),
        ],
    )
    def test_changes_how_an_item_stands(self, now, status, act, after):
        note = NoteFactory(status=status)
        decide(note, act, now)
        note.refresh_from_db()
        assert note.status == after

    @pytest.mark.parametrize(
        ("status", "act"),
        [
            ("published", "publish"),
            ("published", "restore"),
            ("published", "hold"),
            ("published", "nonsense"),
            ("held", "keep"),
            ("held", "restore"),
            ("hidden", "hide"),
            ("hidden", "keep"),
            ("hidden", "publish"),
            ("withdrawn", "publish"),
            ("withdrawn", "restore"),
        ],
    )
    def test_must_fit_how_an_item_stands(self, now, status, act):
        note = NoteFactory(status=status)
        with pytest.raises(review.NotApplicable):
            decide(note, act, now)
        assert not Decision.objects.exists()

    def test_to_restore_leaves_withdrawn_what_its_author_took_back(self, now):
        note = NoteFactory(withdrawn=True)
        decide(note, Act.HIDE, now)
        decide(note, Act.RESTORE, now)
        assert note.status == ContentStatus.WITHDRAWN

    def test_is_on_the_register_from_the_same_moment(self, now):
        note = NoteFactory(text="Secret words", author__pseudonym="Ida")
        flag(note, now)
        decision = decide(note, Act.HIDE, now)
        line = RegisterEntry.objects.get(decision=decision)
        assert line.entry["act"] == "hide"
        assert line.entry["place"] == "/board/"
        assert line.entry["waited_seconds"] == 0
        assert "Secret" not in str(line.entry)
        assert "Ida" not in str(line.entry)
        assert decision.receipt not in str(line.entry)

    def test_does_not_name_a_private_place_on_the_register(self, now):
        decide(NoteFactory(secret=True), Act.HIDE, now)
        assert RegisterEntry.objects.get().entry["place"] == ""

    def test_tells_the_author_and_the_reporters(self, now):
        note, reader = NoteFactory(), ParticipantFactory()
        flag(note, now, reporter=reader)
        decision = decide(note, Act.HIDE, now)
        to_author = Notice.objects.get(participant=note.author)
        assert to_author.title == "Your contribution was hidden"
        assert decision.receipt in to_author.path
        to_reader = Notice.objects.get(participant=reader)
        assert to_reader.title == "What you reported was hidden"
        assert decision.receipt not in to_reader.path

    def test_says_whether_a_rule_led_to_it(self, now):
        held = NoteFactory()
        hold(held, now)
        assert decide(held, Act.PUBLISH, now).automation == Automation.PARTIALLY
        assert decide(NoteFactory(), Act.KEEP, now).automation == Automation.NOT


class TestHoldingByRule:
    def test_keeps_the_text_from_readers_and_explains_itself(self, now):
        note = NoteFactory()
        decision = hold(note, now)
        note.refresh_from_db()
        assert note.status == ContentStatus.HELD
        assert decision.automation == Automation.FULLY
        assert decision.decided_by is None
        assert (decision.rule_id, decision.rule_version) == ("links", "2")
        assert decision.rule_text
        assert decision.facts == "Three links are more than a newcomer may post."
        assert decision.matched == "https://example.org"

    def test_leaves_the_flags_to_the_moderator(self, now):
        note = NoteFactory()
        raised = flag(note, now)
        hold(note, now)
        assert list(Flag.objects.waiting()) == [raised]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestTwoModeratorsAtOnce:
    def test_make_one_decision(self, now):
        note = NoteFactory()
        outcomes = []
        moderators = [ModeratorFactory() for _ in range(4)]
        ready = threading.Barrier(len(moderators))

        def act(moderator):
            try:
                ready.wait()
                decide(note, Act.HIDE, now, by=moderator, seen=0)
                outcomes.append("decided")
            except review.AlreadyDecided:
                outcomes.append("told")
            finally:
                connection.close()

        threads = [threading.Thread(target=act, args=[each]) for each in moderators]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["decided", "told", "told", "told"]
        assert Decision.objects.count() == 1
        assert RegisterEntry.objects.count() == 1
