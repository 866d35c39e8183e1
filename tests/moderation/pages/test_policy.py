from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured

from moderation.rules.options import BadOption
from moderation.rules.pages import Severity, audit, registry
from moderation.rules.pages.base import PageRule
from moderation.rules.pages.policy import BelowFloor, PagePolicy
from moderation.rules.pages.presets import GERMANY, HEARING, INFORMAL, PLAN, PRESETS
from moderation.rules.registry import UnknownRule
from tests.moderation.pages.views import consultation, findings


class TestTheRegistry:
    def test_refuses_what_is_no_rule_and_what_says_too_little(self):
        with pytest.raises(ImproperlyConfigured):
            registry.register(str)
        nameless = type("Nameless", (PageRule,), {"check": lambda self, view: ()})
        with pytest.raises(ImproperlyConfigured, match="has no id"):
            registry.register(nameless)

    def test_refuses_a_second_rule_of_the_same_name(self):
        with pytest.raises(ImproperlyConfigured, match="two rules"):
            registry.register(registry.get("A11Y-01"))

    def test_names_all_rules_to_whoever_asks_for_another(self):
        with pytest.raises(UnknownRule, match="A11Y-01"):
            registry.get("A11Y-99")

    def test_lets_no_rule_find_what_it_does_not_say(self):
        rule = registry.get("A11Y-11")()
        with pytest.raises(LookupError):
            rule.finding("surprise", "a", "b")


class TestAPolicy:
    def test_sets_severity_and_options(self):
        policy = PagePolicy(
            name="town",
            title="Town",
            options={"A11Y-19": {"severity": "hint", "limits": {"en": 10}}},
        )
        report = audit(consultation(), policy.rules_for())
        assert {each.severity for each in report.by("A11Y-19")} == {Severity.HINT}

    @pytest.mark.parametrize(
        "options",
        [
            {"A11Y-19": {"severity": "shout"}},
            {"A11Y-19": {"limits": {"en": "ten"}}},
            {"A11Y-19": {"limits": 10}},
            {"CON-01": {"days": -1}},
            {"CON-01": {"weeks": 6}},
            {"CON-01": 42},
            {"CON-02": {"periods": ["whenever"]}},
            {"CON-02": {"regions": ["XX"]}},
            {"A11Y-14": {"hosts": ["https://["]}},
        ],
    )
    def test_refuses_what_no_rule_could_mean(self, options):
        with pytest.raises(BadOption):
            PagePolicy(name="town", title="Town", options=options).validate()

    @pytest.mark.parametrize("field", ["off", "waivable"])
    def test_refuses_rules_that_do_not_exist(self, field):
        policy = replace(GERMANY, **{field: frozenset({"A11Y-99"})})
        with pytest.raises(UnknownRule):
            policy.validate()

    def test_may_leave_a_rule_out(self):
        policy = replace(GERMANY, off=frozenset({"A11Y-22"}))
        assert "A11Y-22" not in {rule.id for rule in policy.rules_for(INFORMAL)}


class TestAFloor:
    @pytest.mark.parametrize(
        "options",
        [
            {"CON-01": {"statutory_days": 29}},
            {"CON-01": {"severity": "warn"}},
        ],
    )
    def test_cannot_be_undercut(self, options):
        plan = replace(GERMANY.type_of(PLAN), options=options)
        policy = replace(GERMANY, types=(plan,))
        with pytest.raises(BelowFloor, match="BauGB"):
            policy.rules_for(PLAN)

    def test_cannot_be_switched_off(self):
        policy = replace(GERMANY, off=frozenset({"CON-01"}))
        assert policy.rules_for(INFORMAL)
        with pytest.raises(BelowFloor):
            policy.rules_for(PLAN)

    def test_can_be_exceeded(self):
        plan = GERMANY.type_of(PLAN)
        more = replace(plan, options={"CON-01": {"days": 60, "statutory_days": 40}})
        assert replace(GERMANY, types=(more,)).rules_for(PLAN)


class TestAWaiver:
    def test_is_possible_for_what_the_policy_lists_and_for_warnings(self):
        (blocked,) = findings("A11Y-11", consultation(title=""))
        (warned,) = findings("CON-11", consultation(outreach=""))
        (late,) = findings("A11Y-20", consultation(summary=""))
        assert not GERMANY.may_waive(blocked)
        assert GERMANY.may_waive(warned)
        assert GERMANY.may_waive(late)

    def test_is_never_possible_below_the_law(self):
        rules = GERMANY.rules_for(PLAN)
        start = consultation().opens_at
        page = consultation(closes_at=start.replace(month=5, day=20))
        (short,) = audit(page, rules).by("CON-01")
        assert short.check == "statutory"
        assert not GERMANY.may_waive(short)


class TestAPreset:
    @pytest.mark.parametrize("policy", PRESETS.values(), ids=PRESETS)
    def test_can_be_used_as_it_is(self, policy):
        policy.validate()
        assert policy.type_of(INFORMAL)
        assert policy.type_of(HEARING)

    @pytest.mark.parametrize("policy", PRESETS.values(), ids=PRESETS)
    def test_says_of_each_number_where_it_is_from(self, policy):
        for source in policy.sources:
            kind = policy.type_of(source.process_type)
            rules = {rule.id: rule for rule in policy.rules_for(source.process_type)}
            value = getattr(rules[source.rule], source.option)
            shown = list(value) if isinstance(value, tuple) else value
            assert shown == source.value, (policy.name, source)
            assert source.text
            assert bool(source.process_type) == bool(kind)

    @pytest.mark.parametrize("policy", PRESETS.values(), ids=PRESETS)
    def test_leaves_no_number_of_a_type_without_source(self, policy):
        sourced = {(each.process_type, each.rule) for each in policy.sources}
        for kind in policy.types:
            for rule in set(kind.options) - {"CON-02"}:
                assert (kind.name, rule) in sourced
            for floor in kind.floors:
                assert floor.source
