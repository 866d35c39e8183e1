from deliberation.consensus import (
    METHOD,
    VERSION,
    Settings,
    compute,
    participants_to_json,
    to_json,
)
from deliberation.consensus.reasons import why

from . import planted


class TestTheSnapshot:
    votes, camp = planted.camps()
    result = compute(votes, moderated_out=[1], meta=[2])
    snapshot = to_json(result)

    def test_names_method_version_and_settings(self):
        method = self.snapshot["method"]
        assert (method["name"], method["version"]) == (METHOD, VERSION)
        assert Settings(**method["settings"]) == self.result.settings

    def test_leaves_out_statements_that_are_hidden(self):
        shown = {one["id"] for one in self.snapshot["statements"]}
        assert shown == set(range(40)) - {1}
        everything = to_json(self.result, hidden=True)["statements"]
        assert everything[1]["moderated_out"]

    def test_counts_every_vote(self):
        numbers = self.snapshot["participation"]
        assert numbers["participants"] == numbers["grouped"] == 100
        assert numbers["statements"] == 38
        assert numbers["votes"] == len(self.votes)
        for one in self.snapshot["statements"]:
            sides = [one[side]["count"] for side in ("agree", "disagree", "pass")]
            assert sum(sides) == one["votes"]
            assert one["votes"] == sum(g["votes"] for g in one["groups"].values())

    def test_puts_every_share_within_its_interval(self):
        for one in self.snapshot["statements"]:
            for counted in (one, *one["groups"].values()):
                for side in ("agree", "disagree", "pass"):
                    low, high = counted[side]["interval"]
                    assert low <= counted[side]["share"] <= high

    def test_has_the_groups_with_letters_and_what_speaks_for_them(self):
        letters = [group["letter"] for group in self.snapshot["groups"]]
        assert letters == ["A", "B"]
        assert [group["size"] for group in self.snapshot["groups"]] == [60, 40]
        for group in self.snapshot["groups"]:
            assert 1 <= len(group["representative"]) <= 5
            assert 80 <= group["persisted"] <= 100

    def test_draws_everybody_who_is_in_a_group(self):
        bubbles = self.snapshot["map"]["bubbles"]
        assert sum(one["people"] for one in bubbles) == 100
        assert {one["group"] for one in bubbles} == {"A", "B"}

    def test_has_people_apart(self):
        people = participants_to_json(self.result)
        assert [one["id"] for one in people] == list(range(100))
        assert {one["group"] for one in people} == {"A", "B"}


class TestWhyInThisGroup:
    votes, camp = planted.camps()
    snapshot = to_json(compute(votes, moderated_out=[1], meta=[2]))

    def votes_of(self, person):
        ids, stances = self.votes.of_participant(person)
        return dict(zip(ids.tolist(), stances.tolist(), strict=True))

    def test_names_votes_that_the_group_shares_and_the_others_do_not(self):
        mine = self.votes_of(0)
        reasons = why(self.snapshot, "A", mine)
        best = reasons[0]
        assert mine[best.statement] == best.stance
        assert best.same_inside / best.votes_inside > 0.7
        assert best.same_outside / best.votes_outside < 0.3

    def test_weighs_every_vote_that_counts_once(self):
        mine = self.votes_of(0)
        reasons = why(self.snapshot, "A", mine)
        assert {one.statement for one in reasons} == set(mine) - {1, 2}
        weights = [one.weight for one in reasons]
        assert weights == sorted(weights, reverse=True)

    def test_speaks_for_their_own_group_for_nearly_everybody(self):
        right = [
            sum(one.weight for one in why(self.snapshot, "AB"[c], self.votes_of(p))) > 0
            for p, c in enumerate(self.camp.tolist())
        ]
        assert sum(right) >= 98

    def test_does_not_count_their_own_vote(self):
        snapshot = {
            "groups": [{"letter": "A"}, {"letter": "B"}],
            "statements": [
                {
                    "id": 7,
                    "meta": False,
                    "moderated_out": False,
                    "groups": {
                        "A": {"votes": 1, "agree": {"count": 1}},
                        "B": {"votes": 0, "agree": {"count": 0}},
                    },
                }
            ],
        }
        (reason,) = why(snapshot, "A", {7: 1})
        assert (reason.same_inside, reason.votes_inside, reason.weight) == (0, 0, 0.0)

    def test_has_no_reasons_where_there_are_no_groups(self):
        alone = to_json(compute(planted.noise(60, 30, seed=1)))
        assert why(alone, "A", {1: 1}) == []
        assert why(self.snapshot, "Z", {1: 1}) == []
