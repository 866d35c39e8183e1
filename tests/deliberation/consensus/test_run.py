import json
import pickle
from dataclasses import replace

import numpy as np
import pytest

from deliberation.consensus import (
    Memory,
    Settings,
    Verdict,
    Votes,
    compute,
    participants_to_json,
    to_json,
)

from . import planted
from .test_votes import shuffled

STRANGE = {
    "no votes": Votes.of([], [], []),
    "one vote": Votes.of([5], [7], [1]),
    "one voter": planted.full(1, 12, lambda who, what: what % 3 - 1),
    "one statement": planted.full(40, 1, lambda who, what: who % 3 - 1),
    "three voters": planted.full(3, 20, lambda who, what: (who * what) % 3 - 1),
    "all pass": planted.full(40, 20, lambda who, what: 0),
    "all agree": planted.full(40, 20, lambda who, what: 1),
    "identical voters": planted.full(40, 20, lambda who, what: what % 3 - 1),
    "identical voters, many statements": planted.full(
        300, 300, lambda who, what: what % 3 - 1
    ),
    "more statements than voters": planted.full(
        14, 400, lambda who, what: ((who % 2) * what * 7 + what) % 3 - 1
    ),
    "one dissenter": planted.full(300, 300, lambda who, what: 1 - 2 * (who == 4)),
}


def plain(result) -> str:
    """Return the whole result as JSON, which fails for NaN and for NumPy's types."""
    whole = [
        to_json(result, hidden=True),
        participants_to_json(result),
        result.memory.to_json(),
    ]
    return json.dumps(whole, allow_nan=False)


class TestARun:
    def test_finds_planted_camps(self):
        votes, camp = planted.camps()
        result = compute(votes)
        assert result.verdict == Verdict.GROUPS
        assert result.groups.sizes == (60, 40)
        assert len(set(zip(camp, result.people.groups, strict=True))) == 2

    def test_finds_three_planted_camps(self):
        votes, camp = planted.camps((50, 40, 30), 60, seed=2)
        result = compute(votes)
        assert result.groups.sizes == (50, 40, 30)
        assert len(set(zip(camp, result.people.groups, strict=True))) == 3

    def test_gives_the_same_bytes_for_votes_in_any_order(self):
        votes, _ = planted.camps()
        who = np.repeat(votes.participants, votes.per_participant)
        columns = who, votes.statements[votes.columns], votes.stances
        again = Votes.of(*shuffled(columns))
        assert pickle.dumps(compute(votes)) == pickle.dumps(compute(again))
        assert plain(compute(votes)) == plain(compute(again))

    @pytest.mark.slow
    def test_gives_the_same_bytes_with_many_statements(self):
        votes, _ = planted.camps((200, 150), 300, asked=0.2)
        assert plain(compute(votes)) == plain(compute(votes))

    @pytest.mark.parametrize("name", STRANGE)
    @pytest.mark.filterwarnings("error")
    def test_is_honest_about_strange_votes(self, name):
        result = compute(STRANGE[name])
        plain(result)
        several = name == "more statements than voters"
        assert (result.verdict == Verdict.GROUPS) == several

    @pytest.mark.parametrize("name", STRANGE)
    @pytest.mark.parametrize("forced", [1, 2, 5])
    @pytest.mark.filterwarnings("error")
    def test_survives_any_number_of_groups_asked_for(self, name, forced):
        plain(compute(STRANGE[name], settings=Settings(groups=forced)))

    @pytest.mark.parametrize("name", STRANGE)
    @pytest.mark.filterwarnings("error")
    def test_survives_that_everything_is_moderated_out(self, name):
        votes = STRANGE[name]
        result = compute(votes, moderated_out=votes.statements.tolist())
        plain(result)
        assert result.verdict == Verdict.TOO_FEW

    def test_leaves_moderated_and_meta_statements_out_of_the_maths(self):
        votes, _ = planted.camps()
        result = compute(votes, moderated_out=[1, 999], meta=[2])
        assert result.statements.out.nonzero()[0].tolist() == [1, 2]
        assert not result.statements.extremity[[1, 2]].any()
        named = {*result.agreed, *result.disagreed, *result.divisive} | {
            one.statement for own in result.groups.representative for one in own
        }
        assert not named & {1, 2}

    def test_lists_what_all_camps_agree_on_and_what_divides_them(self):
        votes, _ = planted.camps()
        result = compute(votes)
        assert set(result.agreed) <= set(range(0, 40, 5))
        assert len(result.agreed) == 5
        assert not set(result.divisive) & set(range(0, 40, 5))
        assert len(result.divisive) == 5

    def test_lists_what_splits_people_who_are_no_groups(self):
        result = compute(planted.noise(200, 20, seed=1))
        assert result.verdict == Verdict.ONE_GROUP
        shares = result.statements.counts[result.divisive, :2].min(axis=1)
        assert len(result.divisive)
        assert (shares > 200 * 0.6 / 4).all()

    def test_has_a_silhouette_for_each_number_of_groups(self):
        found = compute(planted.camps()[0]).groups.silhouettes
        assert list(found) == [2, 3, 4, 5]
        assert max(found, key=found.get) == 2

    @pytest.mark.parametrize("name", ["permutations", "resamples", "restarts"])
    def test_refuses_settings_that_it_could_not_work_with(self, name):
        with pytest.raises(ValueError, match=name):
            Settings(**{name: 0})

    @pytest.mark.filterwarnings("error")
    def test_works_with_the_least_of_everything(self):
        least = Settings(permutations=2, resamples=1, restarts=1, base_clusters=2)
        plain(compute(planted.camps()[0], settings=least))


class TestTheNextRun:
    def test_keeps_letters_and_map_when_votes_are_added(self):
        votes, _ = planted.camps((60, 50))
        more, _ = planted.camps((60, 90))
        before = compute(votes)
        after = compute(more, previous=before.memory)
        assert before.groups.sizes == (60, 50)
        # The group that is now the smaller one is still A.
        assert after.groups.letters == (0, 1)
        assert after.groups.sizes == (60, 90)
        turned = (before.components.axes * after.components.axes).sum(axis=0)
        assert turned[0] > 0.9

    def test_gives_a_new_group_a_letter_of_its_own(self):
        memory = compute(planted.camps((60, 50))[0]).memory
        votes, _ = planted.camps((60, 50, 40), 60)
        result = compute(votes, previous=memory, settings=Settings(groups=3))
        assert sorted(result.groups.letters) == [0, 1, 2]

    @pytest.mark.slow
    def test_changes_the_number_of_groups_only_when_it_lasts(self):
        memory = compute(planted.camps((60, 50))[0]).memory
        votes, _ = planted.camps((60, 50, 40), 60)
        found = []
        for _ in range(4):
            result = compute(votes, previous=memory)
            memory = result.memory
            found.append(len(result.groups.letters))
        assert found == [2, 2, 2, 3]

    def test_gives_up_a_number_of_groups_that_is_no_longer_possible(self):
        memory = compute(planted.camps((60, 50, 40), 60)[0]).memory
        assert memory.number == 3
        few, _ = planted.camps((8, 7))
        result = compute(few, previous=replace(memory, number=5))
        assert result.verdict == Verdict.GROUPS
        assert result.groups.sizes == (8, 7)

    def test_keeps_in_the_maths_who_was_in_it(self):
        votes = planted.full(40, 6, lambda who, what: (who + what) % 3 - 1)
        who = np.append(np.repeat(np.arange(40), 6), np.repeat(np.arange(1, 40), 4))
        what = np.append(np.tile(np.arange(6), 40), np.tile(np.arange(6, 10), 39))
        more = Votes.of(who, what, (who + what) % 3 - 1)
        assert compute(more).people.groups[0] == -1
        memory = compute(votes).memory
        assert compute(more, previous=memory).people.groups[0] >= 0

    def test_forgets_who_is_gone(self):
        votes, _ = planted.camps()
        memory = compute(votes).memory
        fewer = votes.only(np.arange(20, 100))
        result = compute(fewer, previous=memory)
        assert result.memory.participants.tolist() == list(range(20, 100))

    def test_remembers_through_json(self):
        votes, _ = planted.camps()
        memory = compute(votes).memory
        again = Memory.from_json(json.loads(json.dumps(memory.to_json())))
        ours, theirs = (compute(votes, previous=m) for m in (memory, again))
        assert plain(ours) == plain(theirs)


def _with_a_few_new(votes):
    """Return the votes with the first ones of some people turned round."""
    stances = votes.stances.copy()
    stances[votes.starts[:-1:40]] *= -1
    return replace(votes, stances=stances)


class TestABriefRun:
    @pytest.fixture
    def votes(self):
        return planted.camps((300, 200), 40, seed=3)[0]

    def test_finds_what_a_full_one_finds(self, votes):
        known = compute(votes).memory
        later = _with_a_few_new(votes)
        brief, full = (compute(later, previous=known, brief=b) for b in (True, False))
        assert brief.brief
        assert not full.brief
        assert brief.verdict is Verdict.GROUPS
        assert (brief.statements.counts == full.statements.counts).all()
        assert np.allclose(brief.people.positions, full.people.positions)
        assert (brief.people.groups == full.people.groups).mean() >= 0.995

    def test_says_when_its_checks_were_made(self, votes):
        known = compute(votes).memory
        fewer = votes.only(np.arange(499))
        told = to_json(compute(fewer, previous=known, brief=True))["method"]
        assert told["brief"]
        assert told["checked_at_votes"] == len(votes)

    def test_goes_on_from_stored_memory(self, votes):
        memory = compute(votes).memory
        stored = Memory.from_json(json.loads(json.dumps(memory.to_json())))
        runs = (compute(votes, previous=m, brief=True) for m in (memory, stored))
        first, second = (plain(run) for run in runs)
        assert first == second

    def test_is_a_full_one_without_anything_to_go_on_from(self, votes):
        assert not compute(votes, brief=True).brief

    def test_is_a_full_one_once_a_statement_was_hidden(self, votes):
        known = compute(votes).memory
        out = votes.statements[:1]
        assert not compute(votes, previous=known, moderated_out=out, brief=True).brief
