from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from django.core.exceptions import ImproperlyConfigured

from moderation.rules import Finding, Rule, Submission, registry
from moderation.rules.length import Length


class TestTheRegistry:
    def test_knows_every_rule_by_its_name(self):
        assert registry.get("length") is Length
        assert all(registry.get(name).id == name for name in registry.names())

    @pytest.mark.parametrize("name", ["lenght", "", None, ["length"]])
    def test_says_which_rules_there_are_when_asked_for_another(self, name):
        with pytest.raises(registry.UnknownRule, match="blocked_words"):
            registry.get(name)

    def test_refuses_a_second_rule_of_the_same_name(self):
        with pytest.raises(ImproperlyConfigured, match="two rules called “length”"):
            registry.register(Length)

    @pytest.mark.parametrize("thing", ["length", object, Length()])
    def test_refuses_what_is_no_rule(self, thing):
        with pytest.raises(ImproperlyConfigured, match="not a kind of Rule"):
            registry.register(thing)

    def test_refuses_a_rule_without_a_name(self):
        @dataclass(frozen=True, kw_only=True)
        class Nameless(Rule):
            def check(self, submission: Submission) -> Iterable[Finding]:
                return ()

        with pytest.raises(ImproperlyConfigured, match="Nameless has no id"):
            registry.register(Nameless)
