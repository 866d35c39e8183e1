"""Whether 1 or -1 means agreement: told by an export, found out or refused."""

import pytest
from django.core.management import CommandError

from deliberation.models import Vote
from tests.deliberation.polls.polis_folder import Folder, refusal, run
from tests.factories.deliberation import PageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def trams():
    return PageFactory(slug="trams")


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


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
