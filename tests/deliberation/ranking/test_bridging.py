import numpy as np
import pytest

from bench.camps import Camps
from deliberation.ranking import BadRatings, Memory, Ratings, bridging
from deliberation.ranking.bridging import Reason

BRIDGE, FAVOURITE, OWN_GROUND, HARDLY_READ, REJECTED = range(1, 6)
PUPPETS = range(5000, 5010)
# Of the camp that likes the favourite.
LIKED, DISLIKED = range(100, 108), range(200, 208)


def planted(seed: int = 0, sizes=(60, 40)) -> Camps:
    camps = Camps(seed=seed, sizes=sizes)
    camps.item(BRIDGE, answered=(0.35, 0.35), likes=(0.85, 0.85))
    camps.item(FAVOURITE, answered=(0.95, 0.4), likes=(0.98, 0.05))
    camps.item(OWN_GROUND, answered=(0.8, 0.0), likes=(0.98, 0.0))
    camps.item(HARDLY_READ, answered=(0.0, 0.0), likes=(1.0, 1.0))
    for person in (0, 1, 1000, 1001):
        camps.say(person, HARDLY_READ, liked=True)
    camps.item(REJECTED, answered=(0.5, 0.5), likes=(0.1, 0.1))
    return camps


def ranked(camps: Camps, **options):
    """Return the standings by item, and the items in their order."""
    standings = bridging.rank(camps.ratings(**options)).standings
    return {each.item: each for each in standings}, [each.item for each in standings]


def likes(camps: Camps, item: int) -> int:
    return sum(liked for _person, each, liked in camps.rows if each == item)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("sizes", [(60, 40), (100, 30), (40, 20)])
class TestAmongTwoCamps:
    def test_the_bridge_is_on_top_though_others_have_more_votes(self, seed, sizes):
        camps = planted(seed, sizes)
        standings, order = ranked(camps)
        assert order[0] == BRIDGE
        assert standings[BRIDGE].reason is Reason.BRIDGES
        assert likes(camps, FAVOURITE) > likes(camps, BRIDGE)

    def test_the_favourite_of_one_camp_stands_below_what_is_neutral(self, seed, sizes):
        standings, _order = ranked(planted(seed, sizes))
        assert standings[FAVOURITE].reason is Reason.DIVIDES
        assert standings[FAVOURITE].score < 0

    def test_what_only_one_camp_answered_is_neutral_at_best(self, seed, sizes):
        standings, _order = ranked(planted(seed, sizes))
        assert standings[OWN_GROUND].reason is Reason.ONE_SIDE
        assert standings[OWN_GROUND].score <= 0

    def test_what_few_have_answered_is_neutral(self, seed, sizes):
        standings, order = ranked(planted(seed, sizes))
        found = standings[HARDLY_READ]
        assert (found.score, found.answers) == (0, 4)
        assert found.reason is Reason.FEW
        assert order.index(BRIDGE) < order.index(HARDLY_READ) < order.index(REJECTED)

    def test_what_all_reject_is_said_to_be_so(self, seed, sizes):
        standings, _order = ranked(planted(seed, sizes))
        assert standings[REJECTED].reason is Reason.UNLIKED
        assert standings[REJECTED].score < -0.2


def only_vote(camps: Camps, puppet: int) -> None:
    """Answer the favourite and nothing else."""


def vote_like_the_camp(camps: Camps, puppet: int) -> None:
    for item in LIKED:
        camps.say(puppet, item, liked=True)
    for item in DISLIKED:
        camps.say(puppet, item, liked=False)


def vote_down_the_bridge(camps: Camps, puppet: int) -> None:
    vote_like_the_camp(camps, puppet)
    camps.say(puppet, BRIDGE, liked=False)


def pose_as_the_other_camp(camps: Camps, puppet: int) -> None:
    for item in LIKED:
        camps.say(puppet, item, liked=False)
    for item in DISLIKED:
        camps.say(puppet, item, liked=True)


BEHAVIOURS = [
    only_vote,
    vote_like_the_camp,
    vote_down_the_bridge,
    pose_as_the_other_camp,
]


@pytest.mark.parametrize("seed", range(5))
class TestTenSockPuppets:
    @pytest.fixture
    def joined(self, seed):
        """Return a function that lets them in, and ranks without and with them."""

        def join(behave, sizes=(60, 60)):
            camps = planted(seed, sizes)
            without = ranked(camps)
            for puppet in PUPPETS:
                camps.say(puppet, FAVOURITE, liked=True)
                behave(camps, puppet)
            return without, ranked(camps)

        return join

    @pytest.mark.parametrize("behave", BEHAVIOURS[:3])
    @pytest.mark.parametrize("sizes", [(60, 60), (60, 40), (25, 25)])
    def test_of_one_camp_do_not_lift_its_favourite(self, joined, behave, sizes):
        (before, _order), (after, order) = joined(behave, sizes)
        assert after[FAVOURITE].reason is Reason.DIVIDES
        assert after[FAVOURITE].score < before[FAVOURITE].score + 0.05
        assert order.index(BRIDGE) < order.index(FAVOURITE)

    @pytest.mark.parametrize("behave", BEHAVIOURS[:2])
    def test_of_one_camp_leave_the_bridge_on_top(self, joined, behave):
        _without, (_after, order) = joined(behave)
        assert order[0] == BRIDGE

    @pytest.mark.parametrize("behave", BEHAVIOURS)
    @pytest.mark.slow
    def test_do_not_outvote_the_many_they_pose_as(self, joined, behave):
        _without, (after, order) = joined(behave)
        assert after[FAVOURITE].score <= 0
        assert order.index(BRIDGE) < order.index(FAVOURITE)


class TestAnAccountMadeForOneItem:
    def test_moves_nothing(self):
        camps = planted()
        before, order = ranked(camps)
        for puppet in PUPPETS:
            camps.say(puppet, FAVOURITE, liked=True)
        after, same = ranked(camps)
        assert after[FAVOURITE].score == pytest.approx(
            before[FAVOURITE].score, abs=0.01
        )
        assert after[FAVOURITE].answers == before[FAVOURITE].answers
        assert same[:4] == order[:4]


class TestTheRanking:
    @pytest.mark.parametrize("shuffled", range(3))
    def test_does_not_depend_on_the_order_of_the_reactions(self, shuffled):
        camps = planted()
        expected = bridging.rank(camps.ratings())
        assert bridging.rank(camps.ratings(shuffled=shuffled)) == expected

    def test_goes_on_from_the_last_run_and_comes_to_the_same_order(self):
        camps = planted(3)
        first = bridging.rank(camps.ratings())
        stored = Memory.from_json(first.memory.to_json())
        camps.item(6, answered=(0.6, 0.6), likes=(0.9, 0.9))
        cold = bridging.rank(camps.ratings())
        warm = bridging.rank(camps.ratings(), previous=stored)
        assert [s.item for s in warm.standings] == [s.item for s in cold.standings]
        for one, other in zip(warm.standings, cold.standings, strict=True):
            assert one.score == pytest.approx(other.score, abs=1e-3)

    def test_finds_the_camps_that_come_after_a_time_of_harmony(self):
        harmony = Camps()
        harmony.rows = [(p, i, True) for p in range(40) for i in (BRIDGE, 300)]
        quiet = bridging.rank(harmony.ratings())
        camps = planted()
        cold = bridging.rank(camps.ratings())
        warm = bridging.rank(camps.ratings(), previous=quiet.memory)
        assert warm.standings == cold.standings

    def test_is_not_led_astray_by_a_memory_of_other_items(self):
        camps = planted()
        foreign = Memory((7001, 7002), (0.4, -0.4), (1.0, -1.0))
        assert (
            bridging.rank(camps.ratings(), previous=foreign).standings
            == bridging.rank(camps.ratings()).standings
        )

    def test_is_neutral_where_nobody_disagrees(self):
        everybody = Ratings.of(
            np.repeat(range(20), 5), np.tile(range(5), 20), np.ones(100)
        )
        for standing in bridging.rank(everybody).standings:
            assert standing.reason is Reason.NO_SIDES
            assert standing.score == 0

    def test_needs_no_reactions(self):
        assert bridging.rank(Ratings.of([], [], [])).standings == ()

    def test_of_one_persons_reactions_is_neutral(self):
        standings = bridging.rank(Ratings.of([1] * 9, range(9), [1] * 9)).standings
        assert {s.reason for s in standings} == {Reason.FEW}
        assert {s.score for s in standings} == {0}

    @pytest.mark.slow
    def test_of_a_hundred_thousand_reactions_takes_seconds(self, within_seconds):
        random = np.random.default_rng(0)
        people, items = 5_000, 1_000
        pairs = random.permutation(people * items)[:100_000]
        who, what = np.divmod(pairs, items)
        lean = random.uniform(-2, 2, items)[what] * np.where(who < 2_000, 1, -1)
        liked = random.random(len(pairs)) < 1 / (1 + np.exp(-lean))
        with within_seconds(2):
            ranking = bridging.rank(Ratings.of(who, what, liked))
        assert len(ranking.standings) == len(np.unique(what))


class TestRatings:
    @pytest.mark.parametrize(
        ("rows", "said"),
        [
            (([1, 2], [1], [1, 0]), "differ in length"),
            (([1, 1], [1, 1], [1, 0]), "twice"),
            (([1], [1], [0.5]), "true or false"),
            (([1], [1], [float("nan")]), "true or false"),
            (([1.5], [1], [1]), "whole numbers"),
            ((["a"], [1], [1]), "whole numbers"),
            (([[1]], [[1]], [[1]]), "whole numbers"),
        ],
    )
    def test_say_what_is_wrong_with_them(self, rows, said):
        with pytest.raises(BadRatings, match=said):
            Ratings.of(*rows)


class TestAcrossGroups:
    def test_what_every_group_likes_beats_the_favourite_of_the_largest(self):
        liked_by_all = {"A": (60, 90), "B": (20, 30)}
        favourite = {"A": (90, 90), "B": (2, 30)}
        assert bridging.across_groups(liked_by_all) > bridging.across_groups(favourite)

    def test_follows_the_formula(self):
        counts = {"A": (7, 8), "B": (1, 4)}
        assert bridging.across_groups(counts) == pytest.approx(
            ((8 / 10) * (2 / 6)) ** 0.5
        )

    @pytest.mark.parametrize("counts", [{}, {"A": (0, 0)}, {"A": (0, 0), "B": (0, 0)}])
    def test_is_neutral_without_answers(self, counts):
        assert bridging.across_groups(counts) == pytest.approx(0.5)
