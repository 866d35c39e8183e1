from dataclasses import dataclass

import pytest
from django.utils import translation

from moderation.rules import Effect, Outcome, Rule, from_policy, judge, registry
from tests.moderation.rules.submissions import submission

ALL = from_policy([(name, {}) for name in registry.names()])


@dataclass(frozen=True, kw_only=True)
class Says(Rule):
    id = "says"
    title = "Says"
    reference = "test"

    effect: Effect

    def check(self, submission):
        yield self.finding(self.effect, f"{self.effect} it")


class TestJudge:
    def test_publishes_what_no_rule_speaks_of(self):
        verdict = judge(submission(), ALL)
        assert verdict.outcome == Outcome.PUBLISH
        assert verdict.findings == ()

    def test_tells_everything_that_must_change_at_once(self):
        verdict = judge(
            submission("x" * 6001 + " javascript:alert(1) http://a.de http://b.de"),
            from_policy([("length", {}), ("links", {"maximum": 1})]),
        )
        assert verdict.outcome == Outcome.REFUSE
        assert [each.rule for each in verdict.deciding] == ["length", "links", "links"]

    @pytest.mark.parametrize(
        ("effects", "outcome"),
        [
            ([], Outcome.PUBLISH),
            ([Effect.HINT], Outcome.PUBLISH),
            ([Effect.FLAG, Effect.HINT], Outcome.PUBLISH),
            ([Effect.HINT, Effect.HOLD, Effect.FLAG], Outcome.HOLD),
            ([Effect.HOLD, Effect.REFUSE], Outcome.REFUSE),
        ],
    )
    def test_lets_the_strongest_finding_decide(self, effects, outcome):
        verdict = judge(submission(), [Says(effect=effect) for effect in effects])
        assert verdict.outcome == outcome
        assert {each.effect.outcome for each in verdict.deciding} <= {outcome}

    def test_keeps_hints_between_the_software_and_the_author(self):
        verdict = judge(submission(), [Says(effect=effect) for effect in Effect])
        assert [each.effect for each in verdict.hints] == [Effect.HINT]
        assert [each.effect for each in verdict.recorded] == [Effect.HOLD, Effect.FLAG]

    def test_records_the_rule_its_version_and_what_matched(self):
        verdict = judge(submission("You moron, write to me@example.org."), ALL)
        for finding in verdict.findings:
            assert finding.rule in registry.names()
            assert finding.version
            assert finding.matched
            assert finding.severity == "hint"
        assert len(verdict.findings) == 2

    def test_says_the_same_of_the_same(self):
        text = "IDIOT!!!! 0170 1234567 www.a.de b.com javascript:x hurensohn"
        first = judge(submission(text, language="de"), ALL)
        assert judge(submission(text, language="de"), ALL) == first

    def test_speaks_the_language_of_the_reader(self):
        with translation.override("de"):
            assert isinstance(judge(submission(""), ALL).findings[0].message, str)


class TestAnyText:
    @pytest.mark.parametrize(
        "bomb",
        [
            "a" * 100_000,
            "a." * 50_000,
            "a@" * 50_000,
            "a.b@" * 25_000,
            "www." * 25_000,
            "http://" * 14_000,
            "http://x(" * 11_000,
            "1 " * 50_000,
            "0228-" * 20_000,
            "+49 " * 25_000,
            "DE89 " * 20_000,
            "4111 " * 20_000,
            "!" * 100_000,
            "A " * 50_000,
            "$h1t " * 20_000,
            "](" * 50_000,
            "data:a/" * 14_000,
            "hijo de " * 12_000,
            "ö" * 100_000,
            "\u0301" * 100_000,
            "😀" * 100_000,
        ],
        ids=lambda bomb: ascii(bomb[:8]),
    )
    @pytest.mark.slow
    def test_is_judged_in_reasonable_time(self, bomb, within_seconds):
        language = "es" if bomb.startswith("hijo") else "de"
        with within_seconds(3):
            verdict = judge(submission(bomb, language=language), ALL)
        assert verdict.outcome == Outcome.REFUSE
