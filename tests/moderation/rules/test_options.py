import pytest

from moderation.rules import Effect, from_policy, registry
from moderation.rules.options import BadOption, configure, option_types
from moderation.rules.registry import UnknownRule


def configured(name: str, **options):
    return configure(registry.get(name), options)


class TestOptions:
    def test_replace_the_defaults(self):
        assert configured("length", maximum=500).maximum == 500
        assert configured("length").maximum == 6000

    def test_are_read_as_json_has_them(self):
        rule = configured(
            "links", own_hosts=["bonn.de"], effect="hold", newcomer_maximum=0
        )
        assert rule.own_hosts == ("bonn.de",)
        assert rule.effect is Effect.HOLD
        words = configured("blocked_words", words={"de": ["Depp"], "*": []}).words
        assert words == {"de": ("Depp",), "*": ()}

    def test_with_a_wrong_name_are_refused_with_the_right_ones(self):
        with pytest.raises(BadOption, match="no option “max”.*minimum, maximum"):
            configured("length", max=500)

    @pytest.mark.parametrize(
        ("name", "option", "value"),
        [
            ("length", "maximum", "500"),
            ("length", "maximum", True),
            ("length", "maximum", 1.5),
            ("length", "maximum", -1),
            ("length", "maximum", None),
            ("links", "effect", "delete"),
            ("links", "effect", ["hold"]),
            ("links", "own_hosts", "bonn.de"),
            ("links", "own_hosts", [""]),
            ("links", "own_hosts", [7]),
            ("links", "own_hosts", ["http://"]),
            ("blocked_words", "words", ["Depp"]),
            ("blocked_words", "words", {"de": "Depp"}),
            ("personal_data", "regions", ["Deutschland"]),
            ("repetition", "similarity", 0),
            ("repetition", "similarity", 101),
        ],
    )
    def test_with_a_wrong_value_are_refused(self, name, option, value):
        with pytest.raises(BadOption):
            configured(name, **{option: value})

    def test_must_fit_together(self):
        with pytest.raises(BadOption, match="least length"):
            configured("length", minimum=100, maximum=50)

    def test_of_all_rules_are_of_types_that_a_policy_can_hold(self):
        for name in registry.names():
            rule = registry.get(name)
            defaults = rule()
            for option in option_types(rule):
                value = getattr(defaults, option)
                assert getattr(configured(name, **{option: value}), option) == value


class TestAPolicy:
    def test_becomes_rules_in_its_order(self):
        rules = from_policy([["links", {}], ("length", {"maximum": 500})])
        assert [rule.id for rule in rules] == ["links", "length"]

    def test_may_be_empty(self):
        assert from_policy([]) == ()

    @pytest.mark.parametrize(
        "policy",
        [
            ["length"],
            [["length"]],
            [["length", {}, {}]],
            [["length", []]],
            [["length", None]],
            [None],
            [{"length": {}}],
            [["length", {}], ["length", {"maximum": 500}]],
        ],
    )
    def test_of_another_form_is_refused(self, policy):
        with pytest.raises(BadOption):
            from_policy(policy)

    def test_with_an_unknown_rule_is_refused(self):
        with pytest.raises(UnknownRule, match="no rule “sentiment”"):
            from_policy([["sentiment", {}]])
