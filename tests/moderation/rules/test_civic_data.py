"""What the default policy does to 4,711 real German contributions (docs/rules.md)."""

from collections import Counter

import pytest

from moderation import sanitize
from moderation.choices import Standing
from moderation.models.policy import default_rules
from moderation.rules import Effect, Outcome, from_policy, judge
from tests.moderation import civic
from tests.moderation.rules.submissions import submission


@pytest.fixture(scope="module")
def contributions() -> list[str]:
    return [sanitize.clean_text(text) for text in civic.contributions()]


@pytest.fixture(scope="module")
def judged(contributions):
    """Return the verdicts of the default policy by the authors' standing."""
    return {
        standing: verdicts(contributions, default_rules(), standing=standing)
        for standing in (Standing.NEW, Standing.KNOWN)
    }


def verdicts(contributions, policy, **facts):
    rules = from_policy(policy)
    return [
        judge(submission(text, language="de", **facts), rules) for text in contributions
    ]


@pytest.mark.slow
class TestTheDefaultPolicy:
    @pytest.mark.parametrize(
        ("standing", "refused"), [(Standing.NEW, 5), (Standing.KNOWN, 1)]
    )
    def test_holds_nothing_and_refuses_next_to_nothing(self, judged, standing, refused):
        outcomes = Counter(verdict.outcome for verdict in judged[standing])
        assert outcomes == {Outcome.REFUSE: refused, Outcome.PUBLISH: 4711 - refused}

    def test_hints_at_less_than_one_in_a_hundred(self, judged):
        findings = [
            each for verdict in judged[Standing.KNOWN] for each in verdict.hints
        ]
        assert Counter(each.rule for each in findings) == {
            "heated_wording": 23,
            "personal_data": 1,
        }

    def test_flags_no_word(self, judged):
        assert not any(verdict.recorded for verdict in judged[Standing.NEW])


@pytest.mark.slow
class TestStatementsOfPolis:
    def test_are_all_published_and_few_are_hinted_at(self):
        rules = from_policy(default_rules())
        judged = [
            judge(submission(sanitize.clean_text(text), language="en"), rules)
            for text in civic.statements()
        ]
        assert Counter(each.outcome for each in judged) == {Outcome.PUBLISH: 2448}
        assert sum(bool(each.hints) for each in judged) == 8


@pytest.mark.slow
class TestALongList:
    def test_of_words_flags_one_contribution_not_seven_hundred(self, contributions):
        path = civic.data("wordlist-ldnoobw") / "de.txt"
        words = [line for line in path.read_text("utf-8").split("\n") if line.strip()]
        judged = verdicts(contributions, [["blocked_words", {"words": {"de": words}}]])
        flagged = [verdict for verdict in judged if verdict.of(Effect.FLAG)]
        inside = [
            text
            for text in contributions
            if any(word.casefold() in text.casefold() for word in words)
        ]
        assert len(flagged) == 1
        assert len(inside) > 700
