import csv
import json
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from deliberation.models import EarlierVote, Poll, Statement, Vote
from deliberation.queries import exports
from deliberation.queries.exports.guard import guarded, unguarded
from deliberation.services import results
from tests.factories.deliberation import (
    PageFactory,
    PollFactory,
    StatementFactory,
    VoteFactory,
)
from tests.factories.moderation import ParticipantFactory

DATA = Path(
    os.environ.get("FOLKMOOT_DATA", Path(__file__).parents[4] / "shared" / "data")
)
SETS = sorted(p.name for p in (DATA / "polis").glob("*/")) if DATA.is_dir() else []
QUICK = {"london.youth.policing"}


def table(poll, name, *, everything=False):
    lines = "".join(exports.write(name, poll=poll, everything=everything))
    return list(csv.DictReader(lines.splitlines(keepends=True)))


@pytest.mark.skipif(not SETS, reason="FOLKMOOT_DATA holds no Polis exports")
@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name in QUICK else pytest.mark.slow)
        for name in SETS
    ],
)
class TestARoundTrip:
    def test_gives_back_every_statement_and_vote(self, tmp_path, name):
        PageFactory(slug="here")
        call_command("import_polis", str(DATA / "polis" / name), page="here")
        poll = Poll.objects.get()
        original = DATA / "polis" / name / "votes.csv"
        if original.exists():
            with original.open(encoding="utf-8", newline="") as file:
                theirs = _cast(csv.DictReader(file))
            assert _cast(table(poll, "votes.csv", everything=True)) == theirs

        before = _all(poll)
        call_command("export_polis", str(poll.pk), str(tmp_path))
        PageFactory(slug="there")
        call_command("import_polis", str(tmp_path), page="there")
        assert _all(Poll.objects.exclude(pk=poll.pk).get()) == before


def _cast(rows):
    columns = ("timestamp", "comment-id", "voter-id", "vote")
    return sorted(tuple(row[c] for c in columns) for row in rows)


@pytest.mark.django_db
class TestAnOpenExport:
    def test_has_nothing_of_hidden_statements(self):
        vote = VoteFactory()
        hidden = StatementFactory(poll=vote.poll, hidden=True)
        VoteFactory(statement=hidden)
        assert [r["comment-id"] for r in table(vote.poll, "comments.csv")] == ["0"]
        assert {r["comment-id"] for r in table(vote.poll, "votes.csv")} == {"0"}
        assert str(hidden.number) not in table(vote.poll, "participants-votes.csv")[0]

    def test_does_not_tell_who_wrote_what(self):
        statement = StatementFactory()
        other = StatementFactory(poll=statement.poll)
        VoteFactory(statement=other, participant=statement.author)
        assert {r["author-id"] for r in table(statement.poll, "comments.csv")} == {""}
        matrix = table(statement.poll, "participants-votes.csv")
        assert [r["n-comments"] for r in matrix] == [""]

    def test_numbers_voters_so_that_their_ids_do_not_show(self):
        statement = StatementFactory()
        voters = [
            v.participant_id for v in VoteFactory.create_batch(30, statement=statement)
        ]
        told = [int(r["voter-id"]) for r in table(statement.poll, "votes.csv")]
        assert sorted(told) == list(range(30))
        in_order_of_ids = [
            exports.files.numbering.numbers(statement.poll, voters)[pk] for pk in voters
        ]
        assert in_order_of_ids != sorted(in_order_of_ids)

    def test_tells_the_hour_of_a_vote_only(self):
        vote = VoteFactory()
        (row,) = table(vote.poll, "votes.csv")
        assert int(row["timestamp"]) % 3_600_000 == 0

    def test_declares_its_signs(self):
        poll = PollFactory()
        told = json.loads(
            "".join(exports.write("format.json", poll=poll, everything=False))
        )
        assert (told["agree"], told["disagree"], told["pass"]) == (1, -1, 0)
        convention = "agree=+1;disagree=-1;pass=0"
        assert told["vote-convention"] == convention
        summary = exports.write("summary.csv", poll=poll, everything=False)
        assert "".join(summary).endswith(f"vote-convention,{convention}\n")

    def test_of_a_poll_without_votes_is_empty_but_whole(self):
        poll = PollFactory()
        for name in exports.FILES:
            assert "".join(exports.write(name, poll=poll, everything=False))

    def test_leaves_the_letters_of_small_groups_out(self, now):
        poll = PollFactory()
        statements = StatementFactory.create_batch(8, poll=poll)
        for size, stance in ((14, 1), (3, -1)):
            for voter in ParticipantFactory.create_batch(size):
                for statement in statements:
                    VoteFactory(statement=statement, participant=voter, stance=stance)
        results.refresh(poll=poll, now=now)
        told = [r["group-id"] for r in table(poll, "participants-votes.csv")]
        assert len(told) == 17
        for letter in set(told) - {""}:
            assert told.count(letter) >= 5


class TestTheFormulaGuard:
    @pytest.mark.parametrize(
        "text",
        ["=1+1", "+49 170", "-5 °C", "@me", "\tx", "|calc", "'=1", "''=2", "＝1"],
    )
    def test_marks_what_a_spreadsheet_would_run_and_can_be_undone(self, text):
        assert guarded(text) == f"'{text}"
        assert unguarded(guarded(text)) == text

    @pytest.mark.parametrize("text", ["Trams", "'Tis so", "", "1-2"])
    def test_leaves_all_other_text_alone(self, text):
        assert guarded(text) == text
        assert unguarded(text) == text

    @pytest.mark.django_db
    def test_stands_before_every_text_cell(self):
        poll = PollFactory(title="=1+1")
        StatementFactory(poll=poll, text="@SUM(1+9)*cmd|' /C calc'!A0")
        (row,) = table(poll, "comments.csv")
        assert row["comment-body"].startswith("'@SUM")
        summary = "".join(exports.write("summary.csv", poll=poll, everything=False))
        assert summary.startswith("topic,'=1+1")


@pytest.mark.django_db
def test_an_export_of_no_poll_says_so(tmp_path):
    with pytest.raises(CommandError, match="no poll"):
        call_command("export_polis", "99", str(tmp_path))


def _all(poll):
    statements = Statement.objects.filter(poll=poll)
    fields = ("number", "text", "status", "is_meta", "is_seed", "is_accepted")
    votes = ("participant__origin", "statement__number", "stance", "cast_at")
    return {
        "poll": (poll.title, poll.introduction, poll.section),
        "statements": set(
            statements.values_list(*fields, "created_at", "author__origin")
        ),
        "votes": set(
            Vote.objects.filter(poll=poll).values_list(*votes, "is_important")
        ),
        "earlier": sorted(EarlierVote.objects.filter(poll=poll).values_list(*votes)),
    }
