import pytest

from deliberation.consensus import compute, participants_to_json, to_json
from deliberation.consensus.newcomer import place

from . import planted


class TestANewcomer:
    votes, camp = planted.camps()
    result = compute(votes, moderated_out=[1, 3], meta=[2])
    snapshot = to_json(result)

    def place_of(self, votes):
        return place(self.snapshot, self.result.memory, votes)

    def votes_of(self, person):
        ids, stances = self.votes.of_participant(person)
        return dict(zip(ids.tolist(), stances.tolist(), strict=True))

    def test_stands_where_a_run_puts_who_votes_alike(self):
        for known in participants_to_json(self.result):
            x, y, letter = self.place_of(self.votes_of(known["id"]))
            assert (x, y) == pytest.approx(known["position"], abs=1e-9)
            assert letter == known["group"]

    def test_is_in_no_group_after_few_votes(self):
        few = dict(list(self.votes_of(0).items())[:6])
        assert self.place_of(few)[2] is None

    def test_stands_in_the_middle_without_votes_that_count(self):
        assert self.place_of({}) == (0.0, 0.0, None)
        assert self.place_of({1: 1, 999: -1}) == (0.0, 0.0, None)

    def test_is_placed_by_the_run_of_an_empty_poll_too(self):
        empty = compute(planted.full(0, 0, lambda who, what: 1))
        assert place(to_json(empty), empty.memory, {1: 1}) == (0.0, 0.0, None)
