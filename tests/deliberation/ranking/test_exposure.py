from itertools import islice

import pytest

from bench import threads_order
from deliberation.ranking import exposure


def owed(written: list[int], visits: list[int]) -> int:
    """Return how many of the comments of these days are owed readers."""
    return sum(written[exposure.owed_from(written, visits) :])


class TestWhatIsOwed:
    @pytest.mark.parametrize("written", [[], [0, 0], [3], [3, 0, 0]])
    def test_is_nothing_where_all_were_seen_alike(self, written):
        assert owed(written, [9] * len(written)) == 0

    def test_is_what_was_there_for_fewer_visits_than_the_average(self):
        assert owed([1] * 5, [1] * 5) == 2

    def test_is_what_came_when_the_first_had_been_read_for_long(self):
        assert owed([30, 0, 0, 30], [100, 100, 100, 0]) == 30

    def test_is_paid_back_once_the_late_ones_were_seen_as_often(self):
        written, visits = [30, 0, 0, 30], [100, 100, 100, 0]
        days = 0
        while owed(written, visits):
            written, visits, days = [*written, 0], [*visits, 100], days + 1
            assert days < 10
        assert days > 1

    def test_does_not_grow_in_a_time_in_which_nobody_came(self):
        busy, quiet = [100] * 3, [0] * 300
        assert owed([30, *[0] * 300, 30, 0], [*quiet, 0, *busy[:2]]) == 0
        assert owed([30, *[0] * 302, 30, 0], [*busy, *quiet, *busy[:2]]) == 30

    def test_grows_by_the_day_where_visits_are_not_counted(self):
        assert owed([30, 0, 0, 30], [0, 0, 0, 0]) == 30

    def test_is_found_quickly_after_years(self):
        assert exposure.owed_from([5] * 3_000, [50] * 3_000) > 2_000


class TestTheLanes:
    def test_are_mixed_in_a_fixed_pattern(self):
        owed, others = (
            (f"owed {n}" for n in range(99)),
            (f"other {n}" for n in range(99)),
        )
        page = list(islice(exposure.interleave(owed, others), 20))
        assert [n for n, each in enumerate(page) if each.startswith("other")] == [5, 15]
        assert page[5] == "other 0"
        assert page[6] == "owed 5"

    @pytest.mark.parametrize(("owed", "others"), [(0, 25), (25, 0), (3, 40), (40, 3)])
    def test_lead_through_everything_once(self, owed, others):
        mixed = exposure.interleave(range(owed), range(100, 100 + others))
        assert sorted(mixed) == [*range(owed), *range(100, 100 + others)]

    def test_keep_their_own_order(self):
        mixed = list(exposure.interleave(range(30), range(100, 130)))
        assert [each for each in mixed if each < 100] == list(range(30))
        assert [each for each in mixed if each >= 100] == list(range(100, 130))


class TestTwoHundredReadersOfSixtyComments:
    @pytest.mark.parametrize(
        "name", [name for name, (_, gate) in threads_order.SCENARIOS.items() if gate]
    )
    def test_see_the_first_quarter_hardly_more_often_than_the_last(self, name):
        scenario, _gate = threads_order.SCENARIOS[name]
        fair = threads_order.ratio(threads_order.balanced, scenario, runs=6)
        assert 1 / threads_order.GATE < fair < threads_order.GATE

    def test_see_the_first_far_more_often_if_chances_are_equal_on_each_visit(self):
        scenario, _gate = threads_order.SCENARIOS["written in 4 of 6 weeks"]
        equal = threads_order.ratio(threads_order.rotation, scenario, runs=6)
        assert equal > 2 * threads_order.GATE
