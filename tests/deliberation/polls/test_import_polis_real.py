"""Real exports of Polis, where they are at hand."""

import os
from pathlib import Path

import numpy as np
import pytest
from django.urls import reverse

from deliberation.models import EarlierVote, Poll, Statement, Vote
from deliberation.services.polis import reading
from deliberation.services.polis.export import Sign
from moderation.models import Participant
from tests.deliberation.polls.polis_folder import run
from tests.factories.deliberation import PageFactory

pytestmark = pytest.mark.django_db

DATA = Path(
    os.environ.get("FOLKMOOT_DATA", Path(__file__).parents[4] / "shared" / "data")
)
SETS = sorted(p.name for p in (DATA / "polis").glob("*/")) if DATA.is_dir() else []
QUICK = {"london.youth.policing"}


@pytest.fixture
def trams():
    return PageFactory(slug="trams")


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
