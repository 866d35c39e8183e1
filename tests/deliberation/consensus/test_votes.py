import numpy as np
import pytest

from deliberation.consensus import BadVotes, Votes

from . import planted


def shuffled(columns, seed=0):
    order = np.random.default_rng(seed).permutation(len(columns[0]))
    return [np.asarray(column)[order] for column in columns]


class TestVotes:
    def test_are_the_same_in_any_order(self):
        columns = planted.rows(20, 7, lambda who, what: (who * what) % 3 - 1)
        ours, again = Votes.of(*columns), Votes.of(*shuffled(columns))
        assert (ours.starts == again.starts).all()
        assert (ours.columns == again.columns).all()
        assert (ours.stances == again.stances).all()

    def test_keep_ids_that_are_far_apart(self):
        votes = Votes.of([10**15, -3, 10**15], [7, 7, 10**12], [1, 0, -1])
        assert votes.participants.tolist() == [-3, 10**15]
        assert votes.statements.tolist() == [7, 10**12]
        ids, stances = votes.of_participant(10**15)
        assert (ids.tolist(), stances.tolist()) == ([7, 10**12], [1, -1])

    def test_tell_a_pass_from_no_vote(self):
        votes = Votes.of([1, 1], [1, 2], [0, 0])
        assert len(votes) == 2
        assert votes.of_participant(99)[0].tolist() == []

    def test_may_be_none_at_all(self):
        assert Votes.of([], [], []).shape == (0, 0)

    @pytest.mark.parametrize(
        ("columns", "words"),
        [
            (([1], [1], [2]), "a stance is"),
            (([1], [1], [-2]), "a stance is"),
            (([1, 1], [1], [1]), "differ in length"),
            (([1, 1], [2, 2], [1, -1]), "two votes on one statement"),
            (([1, 2, 1], [2, 2, 2], [1, 0, 1]), "two votes on one statement"),
            (([1.5], [1], [1]), "whole numbers"),
            (([1], [1], [float("nan")]), "whole numbers"),
            (([1], [float("inf")], [1]), "whole numbers"),
            ((["a"], [1], [1]), "whole numbers"),
            (([[1]], [[1]], [[1]]), "flat"),
            (([True], [1], [1]), "whole numbers"),
            (([None], [1], [1]), "whole numbers"),
            ((np.array([2**63], np.uint64), [1], [1]), "below"),
        ],
    )
    def test_that_are_none_are_refused_in_words(self, columns, words):
        with pytest.raises(BadVotes, match=words):
            Votes.of(*columns)

    def test_of_a_log_are_the_last_ones(self):
        votes = Votes.from_events(
            participants=[1, 1, 2, 1],
            statements=[5, 5, 5, 6],
            stances=[1, -1, 0, 1],
            cast_at=[20, 10, 10, 10],
        )
        assert votes.of_participant(1)[1].tolist() == [1, 1]

    def test_of_a_log_at_one_moment_are_those_that_stand_last(self):
        votes = Votes.from_events([1, 1, 1], [5, 5, 5], [1, 0, -1], [10, 10, 10])
        assert votes.of_participant(1)[1].tolist() == [-1]

    def test_may_be_had_of_some_people_only(self):
        votes = planted.full(5, 4, lambda who, what: (who > 1) * 1)
        some = votes.only(np.array([0, 3]))
        assert some.participants.tolist() == [0, 3]
        assert some.per_participant.tolist() == [4, 4]
        assert some.stances.tolist() == [0] * 4 + [1] * 4
