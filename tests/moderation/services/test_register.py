import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from moderation.choices import Act, Besides
from moderation.models import Decision, RegisterEntry
from moderation.models.register import GENESIS, seal
from moderation.queries import register
from moderation.services import appeals, review
from tests.factories.notes import ModeratorFactory, NoteFactory, lead

pytestmark = pytest.mark.django_db


def decisions(number, now):
    moderator = ModeratorFactory()
    return [
        review.decide(content=note, act=Act.KEEP, decided_by=moderator, now=now)
        for note in NoteFactory.create_batch(number)
    ]


def chain_of(number, now):
    """Let the register have many lines, the quick way."""
    (decision,) = decisions(1, now)
    told = RegisterEntry.objects.get().entry
    previous, lines = register.head()[1], []
    for count in range(2, number + 1):
        entry = {**told, "event": "test"}
        hash_ = seal(number=count, previous_hash=previous, entry=entry)
        lines.append(
            RegisterEntry(
                number=count, decision=decision, entry=entry,
                previous_hash=previous, hash=hash_,
            )
        )  # fmt: skip
        previous = hash_
    RegisterEntry.objects.bulk_create(lines, batch_size=500)


def appealed(now):
    """Let a decision with a warning be overturned."""
    hidden = review.decide(
        content=NoteFactory(), act=Act.HIDE, decided_by=ModeratorFactory(), now=now,
        ground="DECISION_GROUND_INCOMPATIBLE_CONTENT", rule_id="insult", facts="x",
        besides=Besides.WARN,
    )  # fmt: skip
    appeal = appeals.raise_by_author(decision=hidden, text="No.", now=now)
    return appeals.answer(
        appeal=appeal, outcome="overturned", answer="Yes.", answered_by=lead(), now=now
    )


class TestTheChain:
    def test_begins_with_zeros_and_links_every_line(self, now):
        decisions(3, now)
        lines = list(RegisterEntry.objects.order_by("number"))
        assert [line.number for line in lines] == [1, 2, 3]
        assert lines[0].previous_hash == GENESIS == "0" * 64
        assert lines[1].previous_hash == lines[0].hash
        assert register.head() == (3, lines[2].hash)

    def test_can_be_computed_by_anybody_from_the_download(self, now):
        import hashlib
        import json

        decisions(2, now)
        previous = "0" * 64
        for line in register.lines():
            told = {key: line[key] for key in ("entry", "number", "previous_hash")}
            canonical = json.dumps(
                told, sort_keys=True, separators=(",", ":"), ensure_ascii=False
            )
            assert hashlib.sha256(canonical.encode()).hexdigest() == line["hash"]
            assert line["previous_hash"] == previous
            previous = line["hash"]

    def test_is_whole_when_nobody_touched_it(self, now):
        decisions(5, now)
        result = register.verify()
        assert result.is_whole
        assert result.lines == 5
        assert result.head == RegisterEntry.objects.get(number=5).hash

    def test_is_whole_while_empty(self):
        assert register.verify().is_whole


def change(number):
    line = RegisterEntry.objects.get(number=number)
    line.entry["act"] = "hide"
    line.save()


def remove(number):
    RegisterEntry.objects.filter(number=number).delete()


def swap(first, second):
    one, two = (RegisterEntry.objects.get(number=n) for n in (first, second))
    one.entry, two.entry = {**two.entry, "act": "x"}, one.entry
    one.save()
    two.save()


def rewrite_from(number):
    """Change a line and write the chain anew from there: all hashes fit again."""
    change(number)
    seal_from(number)


def seal_from(number):
    previous = RegisterEntry.objects.get(number=number).previous_hash
    for line in RegisterEntry.objects.filter(number__gte=number).order_by("number"):
        line.previous_hash = previous
        line.hash = previous = seal(
            number=line.number, previous_hash=previous, entry=line.entry
        )
        line.save()


def forge_everything(number):
    """Do the same and change the decision behind it as well."""
    Decision.objects.filter(register_entries__number=number).update(
        act="hide", ground="x", rule_text="x", facts="x"
    )
    line = RegisterEntry.objects.get(number=number)
    line.entry["ground"] = "x"
    line.save()
    rewrite_from(number)


class TestTampering:
    @pytest.mark.parametrize(
        ("tamper", "told"),
        [
            (lambda: change(2), "does not fit what it says"),
            (lambda: remove(2), "missing before this one"),
            (lambda: remove(1), "missing before this one"),
            (lambda: remove(4), "without a line in the register"),
            (lambda: swap(2, 3), "does not fit what it says"),
            (lambda: rewrite_from(2), "something else than the decision"),
        ],
    )
    def test_of_any_line_is_found(self, now, tamper, told):
        decisions(4, now)
        tamper()
        faults = register.verify().faults
        assert any(told in fault.what for fault in faults)

    @pytest.mark.parametrize(
        "column", [field.attname for field in RegisterEntry._meta.concrete_fields]
    )
    def test_of_any_column_is_found(self, now, column):
        decisions(3, now)
        kept = review.decide(
            content=NoteFactory(), act=Act.HIDE, decided_by=ModeratorFactory(), now=now,
            ground="DECISION_GROUND_INCOMPATIBLE_CONTENT", rule_id="insult", facts="x",
        )  # fmt: skip
        line = RegisterEntry.objects.get(number=2)
        other = {
            "number": 9,
            "decision_id": kept.pk,
            "entry": {**line.entry, "kind": "comment"},
            "previous_hash": "f" * 64,
            "hash": "f" * 64,
        }
        RegisterEntry.objects.filter(number=2).update(**{column: other[column]})
        assert not register.verify().is_whole

    def test_of_lines_and_decisions_alike_is_found_by_a_published_hash(self, now):
        decisions(4, now)
        published = register.head()[1]
        forge_everything(2)
        assert register.verify().is_whole
        assert not register.verify(published=[published]).is_whole

    @pytest.mark.parametrize(
        ("last", "told"),
        [
            (1, "answer"),
            (2, "answer, lifted"),
            (3, "answer, lifted"),
            (4, "answer, appeal, lifted"),
            (5, "answer, appeal, lifted, warn"),
        ],
    )
    def test_at_the_end_is_found_whatever_was_cut_off(self, now, last, told):
        appealed(now)
        end = register.head()[0]
        assert register.verify().is_whole
        RegisterEntry.objects.filter(number__gt=end - last).delete()
        faults = [fault.what for fault in register.verify().faults]
        assert any(f"these: {told}." in what for what in faults)

    @pytest.mark.parametrize(
        ("event", "words"),
        [
            ("answer", {"outcome": "upheld"}),
            ("appeal", {"side": "reporter"}),
            ("appeal", {"about": 1}),
            ("warn", {"event": "slow"}),
            ("lifted", {"kind": "suspend"}),
        ],
    )
    def test_of_what_became_of_a_decision_is_found(self, now, event, words):
        decisions(1, now)
        appealed(now)
        number = next(
            line["number"]
            for line in register.lines()
            if line["entry"]["event"] == event
        )
        line = RegisterEntry.objects.get(number=number)
        line.entry.update(words)
        line.save()
        seal_from(number)
        assert not register.verify().is_whole

    def test_of_a_decision_is_found(self, now):
        decisions(2, now)
        Decision.objects.filter(register_entries__number=1).update(rule_id="other")
        (fault,) = register.verify().faults
        assert fault.number == 1


class TestTheCommand:
    def test_says_that_all_is_well_and_names_the_last_hash(self, now):
        decisions(2, now)
        out = StringIO()
        call_command("verify_register", stdout=out)
        assert "2 lines" in out.getvalue()
        assert register.head()[1] in out.getvalue()

    def test_fails_and_names_the_line(self, now):
        decisions(3, now)
        change(2)
        errors = StringIO()
        with pytest.raises(CommandError):
            call_command("verify_register", stderr=errors)
        assert "Line 2" in errors.getvalue()

    def test_fails_when_a_published_hash_is_gone(self, now):
        decisions(1, now)
        with pytest.raises(CommandError):
            call_command("verify_register", published=["f" * 64], stderr=StringIO())


class TestAThousandLines:
    def test_are_read_in_few_queries(self, now, django_assert_max_num_queries):
        chain_of(1000, now)
        with django_assert_max_num_queries(4):
            assert register.verify().lines == 1000


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestWritersAtOnce:
    def test_never_fork_the_chain(self, now):
        notes = NoteFactory.create_batch(6)
        moderator = ModeratorFactory()
        ready = threading.Barrier(len(notes))
        failures = []

        def decide(note):
            try:
                ready.wait()
                review.decide(content=note, act=Act.KEEP, decided_by=moderator, now=now)
            except Exception as error:  # noqa: BLE001
                failures.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=decide, args=[note]) for note in notes]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert register.verify().is_whole
        assert register.head()[0] == 6
