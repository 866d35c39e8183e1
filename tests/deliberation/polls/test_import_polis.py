"""An export of Polis comes in whole, or is refused with the line that is wrong."""

import pytest
from django.core.management import CommandError

from deliberation.models import EarlierVote, Poll, PollResult, Statement, Vote
from moderation.choices import ContentStatus
from moderation.models import Participant
from tests.deliberation.polls.polis_folder import COMMENTS, VOTES, Folder, refusal, run
from tests.factories.deliberation import PageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def trams():
    return PageFactory(slug="trams")


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


class TestAnImport:
    def test_makes_a_poll_with_statements_and_votes(self, trams, folder):
        run(folder.write())
        poll = Poll.objects.get()
        assert (poll.title, poll.page_id) == ("Trams", trams.pk)
        assert list(
            poll.statements.order_by("number").values_list("number", "text", "status")
        ) == [
            (0, "Trams run at night.", ContentStatus.PUBLISHED),
            (1, "Buy my watches.", ContentStatus.HIDDEN),
            (4, "Two\nlines, said somebody.", ContentStatus.PUBLISHED),
        ]
        assert Vote.objects.count() == 6
        assert PollResult.objects.get().votes == 6

    def test_says_that_the_poll_takes_votes(self, trams, folder, capsys):
        run(folder.write())
        assert "It is open to votes." in capsys.readouterr().out
        Poll.objects.update(closes_at="2020-01-01T00:00Z")
        run(folder.path)
        assert "It is open to votes." not in capsys.readouterr().out

    def test_twice_adds_nothing(self, trams, folder):
        folder.votes.append((1006, 4, 9, 0))
        for _ in range(2):
            run(folder.write())
        counts = [m.objects.count() for m in (Poll, Statement, Vote, EarlierVote)]
        assert counts == [1, 3, 6, 1]
        assert Participant.objects.count() == 3

    def test_of_a_later_export_adds_what_is_new(self, trams, folder):
        run(folder.write())
        folder.votes += [(2000, 4, 9, 0), (2001, 0, 10, 1)]
        folder.comments[0] = (1000, 0, 7, 3, 1, 1, "Trams run at night.")
        run(folder.write())
        assert Vote.objects.count() == 7
        assert EarlierVote.objects.get().stance == -1
        changed = Vote.objects.get(
            participant__origin="polis:abc:9", statement__number=4
        )
        assert changed.stance == 0

    def test_takes_the_last_vote_by_time_then_by_place_in_the_file(self, trams, folder):
        folder.votes = [(9, 0, 7, 1), (5, 0, 7, -1), (3, 4, 8, 1), (3, 4, 8, -1)]
        folder.comments = [
            (1, 0, 7, 1, 1, 1, "Trams run at night."),
            (1, 4, 8, 1, 1, 1, "Buses run at night."),
        ]
        run(folder.write(), sign="csv")
        assert dict(Vote.objects.values_list("statement__number", "stance")) == {
            0: 1,
            4: -1,
        }
        assert EarlierVote.objects.count() == 2

    def test_reads_seconds_and_milliseconds(self, trams, folder):
        run(folder.write(seconds=1_500_000_000_000))
        assert Vote.objects.order_by("cast_at")[0].cast_at.year == 2017

    def test_takes_a_column_with_a_strange_name_for_none_of_polis(self, trams, folder):
        folder.write()
        folder.put("participants-votes.csv", "participant,²,٣,0\n7,1,1,1\n")
        run(folder.path)
        assert Statement.objects.count() == 3

    def test_of_a_conversation_without_votes_needs_no_sign(self, trams, folder):
        folder.votes, folder.comments = [], [(1000, 0, 7, 0, 0, 1, "Trams.")]
        run(folder.write())
        assert (Statement.objects.count(), Vote.objects.count()) == (1, 0)

    def test_that_lost_the_votes_it_counts_is_refused(self, trams, folder):
        folder.votes = []
        assert "incomplete" in refusal(folder.write())

    def test_drops_what_xid_says(self, trams, folder):
        folder.write()
        (folder.path / "votes.csv").unlink()
        folder.put(
            "participants-votes.csv",
            "participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,0,4\n"
            "7,ada@example.org,0,0,2,2,0,1,1\n",
        )
        run(folder.path)
        assert Vote.objects.count() == 2
        told = Participant.objects.values_list("origin", "pseudonym")
        assert "ada" not in str(list(told))

    def test_gives_statements_without_a_text_a_hidden_stand_in(self, trams, folder):
        folder.votes.append((1009, 99, 9, 1))
        run(folder.write())
        assert Statement.objects.get(number=99).status == ContentStatus.HIDDEN

    def test_reads_a_file_with_a_byte_order_mark(self, trams, folder):
        folder.write()
        path = folder.path / "votes.csv"
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
        run(folder.path)
        assert Vote.objects.count() == 6


class TestARefusal:
    @pytest.mark.parametrize(
        ("file", "text", "place"),
        [
            ("votes.csv", VOTES + "1500000000,x,0,1,2\n", "votes.csv, line 2"),
            ("votes.csv", VOTES + "1500000000,x,0,1,nan\n", "votes.csv, line 2"),
            ("votes.csv", VOTES + "1500000000,x,zero,1,1\n", "votes.csv, line 2"),
            ("votes.csv", VOTES + "12,x,0,1,1\n", "votes.csv, line 2"),
            ("votes.csv", VOTES + "1500000000,x,0,1\n", "votes.csv, line 2"),
            ("votes.csv", VOTES + f"1500000000,x,{9**30},1,1\n", "votes.csv, line 2"),
            ("votes.csv", VOTES + "1500000000,x,-1,1,1\n", "votes.csv, line 2"),
            ("votes.csv", "a,b\n1,2\n", "votes.csv, line 1"),
            ("votes.csv", "", "votes.csv, line 1"),
            ("votes.csv", VOTES + "x" * 1_000_001, "votes.csv, line 2"),
            (
                "comments.csv",
                COMMENTS + '1500000000,x,0,1,0,0,1,"open\n',
                "comments.csv",
            ),
            ("comments.csv", COMMENTS + "1500000000,x,0,1,0,0,5,a\n", "line 2"),
            ("comments.csv", COMMENTS + "1500000000,x,0,1,0,0,1,a\n" * 2, "line 3"),
            ("comments.csv", COMMENTS.replace("moderated", "mod"), "line 1"),
            ("participants-votes.csv", f"participant,{2**31}\n7,1\n", "line 1"),
            ("participants-votes.csv", f"participant,{'9' * 5000}\n7,1\n", "line 1"),
            ("participants-votes.csv", "participant,1,01\n7,1,1\n", "line 1"),
            ("format.json", '{"agree": 2}', "format.json"),
            ("format.json", '{"vote-convention": "pass=0"}', "format.json"),
            ("format.json", '{"vote": {"agree": 1}, "agree": -1}', "format.json"),
            ("format.json", '{"vote": 1}', "format.json"),
            ("summary.csv", "vote-convention,agree=2;disagree=1", "summary.csv"),
            ("format.json", "[" * 5000, "format.json"),
        ],
    )
    def test_names_file_and_line(self, trams, folder, file, text, place):
        folder.write()
        folder.put(file, text)
        assert place in refusal(folder.path)

    def test_names_the_line_that_is_not_utf8(self, trams, folder):
        folder.write()
        text = COMMENTS + "1500000000,x,0,1,0,0,1,Straße\n"
        folder.put("comments.csv", text, encoding="latin-1")
        assert "comments.csv, line 2: This is not UTF-8" in refusal(folder.path)

    def test_of_an_empty_or_missing_folder_says_so(self, trams, tmp_path):
        assert "comments.csv" in refusal(tmp_path)
        assert "not a folder" in refusal(tmp_path / "none")

    def test_of_an_unknown_page_says_so(self, folder):
        with pytest.raises(CommandError, match="no page"):
            run(folder.write())

    def test_of_an_ambiguous_page_lists_the_paths(self, folder, trams):
        PageFactory(slug="trams", parent=PageFactory(slug="elsewhere"))
        with pytest.raises(CommandError, match="elsewhere/trams"):
            run(folder.write())
