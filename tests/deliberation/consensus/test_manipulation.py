import json

import numpy as np
import pytest

from deliberation.consensus import Votes, compute
from deliberation.consensus.manipulation import Kind, suspicious, without

from . import planted


def joined(votes: Votes, stances: np.ndarray) -> Votes:
    """Return the votes with further people, who vote on all statements (0: pass)."""
    who = np.repeat(votes.participants, votes.per_participant)
    extra = Votes.of(*planted.rows(*stances.shape, lambda p, s: stances[p, s]))
    more = np.repeat(extra.participants, extra.per_participant) + 1000
    return Votes.of(
        np.append(who, more),
        np.append(votes.statements[votes.columns], extra.columns),
        np.append(votes.stances, extra.stances),
    )


def found(votes: Votes, kind: Kind, **options) -> list:
    blocks = suspicious(votes, compute(votes), **options)
    return [block for block in blocks if block.kind == kind]


@pytest.fixture
def honest() -> Votes:
    return planted.camps((120, 80), 50, noise=0.3, asked=0.5)[0]


@pytest.fixture
def bots() -> np.ndarray:
    """Return 15 vote vectors that differ from one another in one vote of twenty."""
    rng = np.random.default_rng(8)
    script = rng.choice([-1, 1], 50)
    return np.where(rng.random((15, 50)) < 0.05, -script, script)


class TestHonestPeople:
    def test_are_not_suspected(self, honest):
        arrivals = np.sort(np.random.default_rng(0).random(200)) * 14 * 86400
        assert suspicious(honest, compute(honest), arrivals=arrivals) == []

    def test_are_not_suspected_for_coming_together(self, honest):
        rng = np.random.default_rng(0)
        arrivals = rng.random(200) * 14 * 86400
        arrivals[rng.choice(200, 30, replace=False)] = 500_000 + np.arange(30) * 10
        assert suspicious(honest, compute(honest), arrivals=arrivals) == []


class TestCopiedVotes:
    def test_are_found_although_no_two_are_the_same(self, honest, bots):
        (block,) = found(joined(honest, bots), Kind.COPIES)
        assert set(block.participants) <= set(range(1000, 1015))
        assert len(block.participants) >= 13
        assert block.evidence["alike"] > 0.88

    def test_are_found_when_they_are_the_same(self, honest, bots):
        same = np.repeat(bots[:1], 10, axis=0)
        (block,) = found(joined(honest, same), Kind.COPIES)
        assert block.participants == tuple(range(1000, 1010))

    def test_leave_the_results_when_asked_to(self, honest, bots):
        votes = joined(honest, bots)
        blocks = found(votes, Kind.COPIES)
        left = without(votes, blocks)
        named = {one for block in blocks for one in block.participants}
        assert not named & set(left.participants.tolist())
        assert set(honest.participants.tolist()) <= set(left.participants.tolist())

    def test_are_evidence_in_plain_json(self, honest, bots):
        (block,) = found(joined(honest, bots), Kind.COPIES)
        plain = json.loads(json.dumps(block.to_json(), allow_nan=False))
        assert plain["kind"] == "copies"


class TestStraightLines:
    @pytest.mark.parametrize(
        ("stance", "kind"),
        [(1, Kind.ALL_AGREE), (-1, Kind.ALL_DISAGREE), (0, Kind.ALL_PASS)],
    )
    def test_are_found(self, honest, stance, kind):
        votes = joined(honest, np.full((2, 50), stance))
        (block,) = found(votes, kind)
        assert block.participants == (1000, 1001)
        assert block.evidence["votes"] == 50

    def test_are_no_wonder_where_all_agree(self):
        votes = planted.full(50, 20, lambda who, what: 1)
        assert suspicious(votes, compute(votes)) == []


class TestBursts:
    def test_are_found_when_newcomers_vote_alike(self, honest):
        rng = np.random.default_rng(3)
        script = rng.choice([-1, 1], 50)
        crowd = np.where(rng.random((25, 50)) < 0.08, -script, script)
        votes = joined(honest, crowd)
        arrivals = np.append(
            rng.random(200) * 14 * 86400, 700_000 + rng.random(25) * 400
        )
        (block,) = found(votes, Kind.BURST, arrivals=arrivals)
        inside = set(range(1000, 1025))
        assert len(inside & set(block.participants)) == 25
        assert len(set(block.participants) - inside) <= 1
        assert block.evidence["seconds"] <= 600
        assert block.evidence["alike"] > block.evidence["usual"]

    def test_need_times(self, honest):
        assert found(honest, Kind.BURST) == []


class TestNoVotes:
    def test_are_not_suspicious(self):
        nothing = Votes.of([], [], [])
        assert suspicious(nothing, compute(nothing), arrivals=np.zeros(0)) == []

    def test_of_one_person_are_not_suspicious(self):
        one = planted.full(1, 30, lambda who, what: what % 2)
        assert suspicious(one, compute(one), arrivals=np.zeros(1)) == []
