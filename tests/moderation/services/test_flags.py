from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from moderation.choices import FlagReason
from moderation.models import Flag, HouseRule
from moderation.queries import house_rules
from moderation.rules import Effect, Finding
from moderation.services import flags
from tests.factories.moderation import AccountFactory, ParticipantFactory
from tests.factories.notes import NoteFactory

pytestmark = pytest.mark.django_db


def finding(**fields):
    return Finding(
        **{
            "rule": "blocked_words",
            "version": "1",
            "effect": Effect.FLAG,
            "message": "A moderator may look at this word.",
            "start": 4,
            "end": 9,
            "matched": "bench",
            **fields,
        }
    )


def report(note, now, **fields):
    return flags.raise_by_person(
        content=note, now=now, **{"reason": FlagReason.INSULT, **fields}
    )


def report_as_stranger(note, now, **fields):
    who = {"name": "Ada", "email": "ada@example.org"}
    return report(note, now, **{**who, **fields})


class TestAReport:
    def test_waits_with_a_receipt(self, now):
        note, reader = NoteFactory(), ParticipantFactory()
        flag = report(note, now, reporter=reader, text="He calls me names.\x00")
        assert flag.content == note
        assert flag.reporter == reader
        assert flag.text == "He calls me names."
        assert len(flag.receipt) >= 20
        assert list(Flag.objects.waiting().of(note)) == [flag]

    def test_is_counted_once_per_person_and_item(self, now):
        note, reader = NoteFactory(), ParticipantFactory()
        first = report(note, now, reporter=reader)
        with pytest.raises(flags.AlreadyFlagged) as refusal:
            report(note, now, reporter=reader, reason=FlagReason.SPAM, text="Again")
        assert refusal.value.flag == first
        assert refusal.value.text == "Again"
        assert Flag.objects.count() == 1

    def test_is_counted_once_per_address_however_it_is_written(self, now):
        note = NoteFactory()
        first = report_as_stranger(note, now)
        again = report_as_stranger(note, now, name="Bob", email="ADA@Example.org ")
        assert again == first
        assert Flag.objects.get().reporter_name == "Ada"

    def test_can_be_made_by_several_people(self, now):
        note = NoteFactory()
        for reader in ParticipantFactory.create_batch(3):
            report(note, now, reporter=reader)
        assert Flag.objects.of(note).count() == 3

    @pytest.mark.parametrize("trait", ["held", "hidden", "withdrawn"])
    def test_needs_an_item_that_readers_see(self, now, trait):
        note = NoteFactory(**{trait: True})
        with pytest.raises(flags.CannotFlag):
            report(note, now, reporter=ParticipantFactory())

    def test_of_oneself_is_refused(self, now):
        note = NoteFactory()
        with pytest.raises(flags.MayNotFlag):
            report(note, now, reporter=note.author)

    def test_by_somebody_suspended_is_refused(self, now):
        with pytest.raises(flags.MayNotFlag):
            report(NoteFactory(), now, reporter=ParticipantFactory(suspended=True))

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"reason": "nonsense"}, "Choose a reason"),
            ({"reason": "rule"}, "Choose a reason"),
            ({"reason": "illegal", "good_faith": True}, "why it is illegal"),
            ({"reason": "illegal", "text": "Libel"}, "accurate and complete"),
            ({"reason": "other"}, "what is wrong"),
            ({"text": "x" * 2001}, "2,001 characters"),
            ({"name": ""}, "your name"),
            ({"name": "x" * 121}, "your name"),
            ({"email": ""}, "e-mail address"),
            ({"email": "ada"}, "e-mail address"),
            ({"email": "a\r\nBcc: b@example.org"}, "e-mail address"),
        ],
    )
    def test_says_what_is_missing(self, now, fields, told):
        with pytest.raises(flags.IncompleteReport) as refusal:
            report_as_stranger(NoteFactory(), now, **fields)
        assert told in refusal.value.message
        assert not Flag.objects.exists()

    def test_is_limited_to_what_one_person_can_read_in_a_day(self, now, monkeypatch):
        monkeypatch.setattr(flags, "MOST_A_DAY", 2)
        reader = ParticipantFactory()
        for note in NoteFactory.create_batch(2):
            report(note, now, reporter=reader)
        with pytest.raises(flags.TooManyReports):
            report(NoteFactory(), now, reporter=reader)
        tomorrow = now + timedelta(days=1, minutes=1)
        assert report(NoteFactory(), tomorrow, reporter=reader)


class TestARulesFlag:
    def test_keeps_what_the_rule_noticed_and_where(self, now):
        note = NoteFactory()
        flag = flags.raise_by_rule(content=note, finding=finding(), now=now)
        assert flag.reason == FlagReason.RULE
        assert (flag.rule_id, flag.rule_version) == ("blocked_words", "1")
        assert (flag.start, flag.end, flag.matched) == (4, 9, "bench")
        assert "moderator" in flag.text

    def test_stays_one_when_an_edited_text_is_judged_again(self, now):
        note = NoteFactory()
        first = flags.raise_by_rule(content=note, finding=finding(), now=now)
        again = flags.raise_by_rule(content=note, finding=finding(end=10), now=now)
        assert again == first
        assert Flag.objects.get().end == 10

    def test_is_raised_for_every_place(self, now):
        note = NoteFactory()
        flags.raise_by_rule(content=note, finding=finding(), now=now)
        flags.raise_by_rule(content=note, finding=finding(start=20, end=25), now=now)
        assert Flag.objects.of(note).count() == 2


class TestTheReasons:
    @pytest.fixture
    def written(self, now):
        """Write a city's rules: one of ours in its words, one that is only its own."""
        for code, title in (("insult", "Stay polite"), ("noise", "No shouting")):
            HouseRule.objects.create(
                code=code, language="en", title=title, text="Please.", changed_at=now
            )

    def test_are_the_softwares_until_a_city_has_written_rules(self):
        assert house_rules.reasons("en") == FlagReason.for_readers()

    def test_are_a_citys_rules_between_the_law_and_anything_else(self, written):
        assert [(code, str(title)) for code, title in house_rules.reasons("en")] == [
            ("illegal", "It is illegal"),
            ("insult", "Stay polite"),
            ("noise", "No shouting"),
            ("other", "Something else"),
        ]

    def test_are_told_in_the_words_they_had_then(self, written, now):
        flag = report(NoteFactory(), now, reporter=ParticipantFactory(), reason="noise")
        HouseRule.objects.filter(code="noise").update(title="Quiet, please")
        assert Flag.objects.get(pk=flag.pk).reason_in_words == "No shouting"

    def test_of_the_software_are_told_in_any_language(self, now):
        flag = report(NoteFactory(), now, reporter=ParticipantFactory())
        with translation.override("de"):
            assert flag.reason_in_words == "Es beleidigt oder belästigt jemanden"

    @pytest.mark.parametrize("reason", ["spam", "rule", "", "x" * 41])
    def test_are_no_others_than_those(self, written, now, reason):
        with pytest.raises(flags.IncompleteReport, match="Choose a reason"):
            report(NoteFactory(), now, reporter=ParticipantFactory(), reason=reason)

    def test_leave_out_rules_that_are_no_longer_used(self, written):
        HouseRule.objects.update(is_retired=True)
        assert [code for code, _ in house_rules.reasons("en")] == ["illegal", "other"]

    def test_stand_in_the_form_and_are_taken_by_the_api(self, written, client):
        note = NoteFactory()
        client.force_login(AccountFactory())
        page = client.get(reverse("moderation:flag", args=["note", note.pk])).text
        assert "No shouting" in page
        assert "It is advertising or spam" not in page
        sent = {"content": {"kind": "note", "id": note.pk}, "reason": "noise"}
        answer = client.post("/api/v1/flags", sent, content_type="application/json")
        assert answer.status_code == 201, answer.json()
        assert Flag.objects.get().reason == "noise"
