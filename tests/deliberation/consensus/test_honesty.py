import numpy as np
import pytest

from deliberation.consensus import (
    Settings,
    Verdict,
    agreement,
    compute,
    counts,
    to_json,
)
from deliberation.consensus.intervals import difference, wilson

from . import planted


class TestStructurelessVotes:
    @pytest.mark.slow
    @pytest.mark.parametrize("seed", range(8))
    @pytest.mark.parametrize("shape", [(20, 20), (60, 30), (300, 60), (600, 300)])
    def test_make_one_group(self, shape, seed):
        asked = 0.2 if shape[0] > 100 else 0.6
        votes = planted.noise(*shape, seed=seed, asked=asked)
        result = compute(votes, settings=Settings(resamples=2))
        assert result.verdict == Verdict.ONE_GROUP
        assert len(result.groups.sizes) == 1
        assert result.chance.excess[0] < result.settings.above_chance

    def test_make_groups_only_if_these_are_forced(self):
        votes = planted.noise(60, 30, seed=1)
        forced = compute(votes, settings=Settings(groups=3))
        assert forced.verdict == Verdict.GROUPS
        assert len(forced.groups.sizes) == 3
        assert forced.stability.persisted < 20


class TestPlantedGroups:
    @pytest.mark.parametrize("seed", range(5))
    @pytest.mark.parametrize("sizes", [(8, 7), (20, 12), (150, 50), (400, 300, 200)])
    def test_are_found_and_persist(self, sizes, seed):
        votes, _ = planted.camps(sizes, seed=seed)
        result = compute(votes)
        assert result.verdict == Verdict.GROUPS
        if len(sizes) == 2:
            assert result.groups.sizes == sizes
            assert result.stability.persisted >= 80

    def test_that_lie_apart_are_clear_cut(self):
        votes, _ = planted.camps((100, 80), noise=0.05, asked=0.9)
        assert compute(votes).groups.separated

    def test_of_one_wide_cloud_are_not_clear_cut(self):
        rng = np.random.default_rng(4)
        leaning = rng.standard_normal((300, 1))
        pull = leaning * rng.choice([-1, 1], 50)
        stances = np.where(rng.random((300, 50)) < 1 / (1 + np.exp(-pull)), 1, -1)
        votes = planted.full(300, 50, lambda who, what: stances[who, what])
        result = compute(votes)
        assert result.verdict == Verdict.GROUPS
        assert not result.groups.separated


class TestIntervals:
    def test_are_those_of_wilson(self):
        # Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        ends = wilson([81, 15, 0, 1], [263, 148, 20, 29])
        expected = [
            [0.2553, 0.3662],
            [0.0624, 0.1605],
            [0.0000, 0.1611],
            [0.0061, 0.1718],
        ]
        assert ends == pytest.approx(np.array(expected), abs=5e-5)

    def test_say_nothing_about_nobody(self):
        assert wilson(0, 0).tolist() == [0.0, 1.0]

    def test_of_differences_are_those_of_newcombe(self):
        # Newcombe (1998, part II), table II, method 10: 56/70 and 48/80, 9/10 and 3/10.
        low = difference([56, 9], [70, 10], [48, 3], [80, 10])
        assert low == pytest.approx([0.0524, 0.1705], abs=5e-5)

    def test_are_too_wide_to_say_anything_about_few(self):
        votes, _ = planted.camps((50, 8))
        shown = to_json(compute(votes))["statements"]
        few = [one for s in shown for one in s["groups"].values() if one["votes"] < 6]
        many = [one for s in shown for one in s["groups"].values() if one["votes"] > 20]
        assert few and not any(one["enough"] for one in few)
        assert many and all(one["enough"] for one in many)


class TestAgreement:
    # Group by statement: agreed, disagreed, passed.
    groups = np.array([[[9, 0, 0], [0, 4, 0]], [[1, 1, 1], [0, 0, 0]]])

    def test_is_a_product_over_the_groups(self):
        ours = agreement.product(self.groups)
        assert ours == pytest.approx([10 / 11 * 2 / 5, 1 / 6 * 1 / 2])
        against = agreement.product(self.groups, counts.DISAGREED)
        assert against == pytest.approx([1 / 11 * 2 / 5, 5 / 6 * 1 / 2])

    def test_is_comparable_when_it_is_a_mean(self):
        ours = agreement.normalised(self.groups)
        assert ours == pytest.approx([(10 / 11 + 2 / 4) / 2, (1 / 6 + 1 / 2) / 2])
        twice = np.concatenate([self.groups, self.groups])
        assert agreement.normalised(twice) == pytest.approx(ours)
