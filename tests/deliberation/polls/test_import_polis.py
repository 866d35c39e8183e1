import os
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from deliberation.models import EarlierVote, Poll, PollResult, Statement, Vote
from deliberation.services.polis import reading
from deliberation.services.polis.export import Sign
from moderation.choices import ContentStatus
from moderation.models import Participant
from tests.factories.deliberation import PageFactory

pytestmark = pytest.mark.django_db

DATA = Path(
    os.environ.get("FOLKMOOT_DATA", Path(__file__).parents[4] / "shared" / "data")
)
SETS = sorted(p.name for p in (DATA / "polis").glob("*/")) if DATA.is_dir() else []
QUICK = {"london.youth.policing"}

COMMENTS = (
    "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
)
VOTES = "timestamp,datetime,comment-id,voter-id,vote\n"


@pytest.fixture
def trams():
    return PageFactory(slug="trams")


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


class Folder:
    """An export that can be spoiled one file at a time."""

    def __init__(self, path):
        self.path = path
        self.comments = [
            (1000, 0, 7, 2, 1, 1, "Trams run at night."),
            (1000, 1, 7, 1, 0, -1, "Buy my watches."),
            (1000, 4, 8, 0, 2, 0, '"Two\nlines, said somebody."'),
        ]
        self.votes = [
            (1000, 0, 7, 1),
            (1001, 0, 8, 1),
            (1002, 0, 9, -1),
            (1003, 1, 9, 1),
            (1004, 4, 8, -1),
            (1005, 4, 9, -1),
        ]

    def write(self, seconds=1_500_000_000):
        lines = [
            f"{seconds + at},ignored,{number},{author},{agrees},{disagrees},{mod},{body}"
            for at, number, author, agrees, disagrees, mod, body in self.comments
        ]
        self.put("comments.csv", COMMENTS + "\n".join(lines) + "\n")
        lines = [
            f"{seconds + at},ignored,{number},{voter},{vote}"
            for at, number, voter, vote in self.votes
        ]
        self.put("votes.csv", VOTES + "\n".join(lines) + "\n")
        self.put("summary.csv", 'topic,Trams\nurl,https://pol.is/abc\nviews,"1\n2"\n')
        return self.path

    def put(self, name, text, encoding="utf-8"):
        (self.path / name).write_bytes(text.encode(encoding))


def run(path, **options):
    call_command("import_polis", str(path), page="trams", **options)


def refusal(path, **options):
    with pytest.raises(CommandError) as error:
        run(path, **options)
    assert not Poll.objects.exists()
    assert not Participant.objects.exists()
    return str(error.value)


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


class TestTheSign:
    def test_is_refused_if_the_counts_contradict_it(self, trams, folder):
        assert "contradicts" in refusal(folder.write(), sign="api")

    def test_must_be_declared_where_nothing_tells_it(self, trams, folder):
        folder.comments = [(1, 0, 7, 9, 9, 1, "Trams run at night.")]
        assert "--sign" in refusal(folder.write())

    def test_may_be_declared_by_the_export(self, trams, folder):
        folder.comments = [(1, 0, 7, 9, 9, 1, "Trams run at night.")]
        folder.write()
        folder.put("format.json", '{"agree": -1}')
        run(folder.path)
        assert Vote.objects.get(participant__origin="polis:abc:7").stance == -1

    @pytest.mark.parametrize(
        "told",
        [
            '{"format": "polis-export/1", "vote": {"agree": %d, "pass": 0}}',
            '{"format": "polis-export/1", "vote-convention": "pass=0;agree=%+d"}',
        ],
    )
    def test_may_be_declared_as_polis_does(self, trams, folder, told):
        folder.comments = [(*row[:3], 0, 0, *row[5:]) for row in folder.comments]
        folder.write()
        folder.put("format.json", told % -1)
        run(folder.path)
        assert Vote.objects.get(participant__origin="polis:abc:7").stance == -1

    def test_may_be_declared_in_the_summary(self, trams, folder):
        folder.comments = [(*row[:3], 0, 0, *row[5:]) for row in folder.comments]
        folder.write()
        convention = "agree=+1;disagree=-1;pass=0;format=polis-export/1"
        folder.put("summary.csv", f"topic,Trams\nvote-convention,{convention}\n")
        run(folder.path)
        assert Vote.objects.filter(stance=1).count() == 3
        folder.put("format.json", '{"vote": {"agree": -1}}')
        with pytest.raises(CommandError, match="contradict each other"):
            run(folder.path)

    def test_is_refused_if_the_votes_are_mixed_up(self, trams, folder):
        folder.comments = [
            (1, n, 7, 3, 1, 1, f"Tram {n} runs at night.") for n in range(6)
        ]
        folder.votes = [
            (1, n, voter, (1 if voter < 3 else -1) * (-1 if voter == n % 4 else 1))
            for n in range(6)
            for voter in range(4)
        ]
        assert "mixed up" in refusal(folder.write(), sign="csv")

    def test_of_votes_with_the_other_sign_is_turned(self, trams, folder):
        folder.votes = [(at, what, who, -v) for at, what, who, v in folder.votes]
        run(folder.write(), sign="api")
        assert Vote.objects.get(participant__origin="polis:abc:7").stance == 1


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


@pytest.mark.skipif(not SETS, reason="FOLKMOOT_DATA holds no Polis exports")
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name in QUICK else pytest.mark.slow)
        for name in SETS
    ],
)
class TestRealExports:
    # One test, because loading two hundred thousand votes takes seconds.
    def test_come_in_once_and_whole_with_results_in_a_second(
        self, trams, client, name, within_seconds
    ):
        run(DATA / "polis" / name)
        path = DATA / "polis" / name / "participants-votes.csv"
        last, _tallies = reading._matrix(path)
        assert _stored() == _as_set(last, Sign.CSV)

        path = reverse("deliberation:poll_results", args=[Poll.objects.get().pk])
        client.get(path)
        with within_seconds(0.5):
            page = client.get(path)
        assert page.status_code == 200
        assert '<h2 id="unites">' in page.content.decode()

        before = _counts()
        run(DATA / "polis" / name)
        assert _counts() == before


@pytest.mark.slow
@pytest.mark.skipif(not SETS, reason="FOLKMOOT_DATA holds no Polis exports")
class TestRawDumps:
    @pytest.mark.parametrize(
        ("name", "votes", "meta"),
        [
            ("25ptpt-3gp-no-strict-with-meta", 1386, 4),
            ("50ptpt-3gp-strict-no-meta", 941, 0),
        ],
    )
    def test_are_loaded_with_their_meta_statements(self, trams, name, votes, meta):
        run(DATA / "polis-fixtures" / name)
        assert Vote.objects.count() == votes
        assert Statement.objects.filter(is_meta=True).count() == meta

    def test_of_a_new_export_are_loaded_in_spite_of_their_long_names(self, trams):
        run(DATA / "polis-fixtures" / "biodiversity")
        assert (Vote.objects.count(), EarlierVote.objects.count()) == (29719, 83)


def _counts():
    return [m.objects.count() for m in (Statement, Vote, EarlierVote, Participant)]


def _stored():
    rows = Vote.objects.values_list(
        "participant__origin", "statement__number", "stance"
    )
    return {(int(who.rsplit(":", 1)[1]), what, how) for who, what, how in rows}


def _as_set(events, sign):
    values = np.asarray(events.values) * sign.agree
    return set(
        zip(
            events.voters.tolist(),
            events.statements.tolist(),
            values.tolist(),
            strict=True,
        )
    )
