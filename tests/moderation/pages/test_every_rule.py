"""Each rule finds what it says it looks for, and lets a good page pass."""

import re

import pytest

from moderation.rules.pages import Kind, Severity, audit, registry
from tests.moderation.pages.examples import FAILING, OPTIONS, PASSING_OPTIONS
from tests.moderation.pages.examples.consultations import ANSWERED
from tests.moderation.pages.views import consultation, findings, hearing

CHECKS = [
    f"{name}.{check}"
    for name in registry.names()
    for check in registry.get(name).checks
]
FORTY_NINE = (24, 15, 10)
ALWAYS_SAID = {"CON-14.due", "A11Y-08.label", "HEA-02.due", "HEA-08.minutes"} | {
    "HEA-09.order",
    "HEA-10.calendar",
}


def rules(options):
    return [registry.get(name)(**options.get(name, {})) for name in registry.names()]


class TestTheCatalogue:
    def test_is_complete(self):
        numbers = [
            f"{part}-{number:02}"
            for part, count in zip(("A11Y", "CON", "HEA"), FORTY_NINE, strict=True)
            for number in range(1, count + 1)
        ]
        assert list(registry.names()) == numbers

    def test_has_an_example_for_each_check(self):
        assert sorted(FAILING) == sorted(CHECKS)


class TestEachCheck:
    @pytest.mark.parametrize("check", CHECKS)
    def test_finds_its_example(self, check):
        rule, _dot, name = check.partition(".")
        view = FAILING[check]
        assert view.kind in registry.get(rule).applies_to
        found = findings(rule, view, **OPTIONS.get(rule, {}))
        assert name in {each.check for each in found}

    @pytest.mark.parametrize("check", CHECKS)
    def test_says_what_is_wrong_why_it_matters_and_how_to_mend_it(self, check):
        rule, _dot, name = check.partition(".")
        for each in findings(rule, FAILING[check], **OPTIONS.get(rule, {})):
            assert each.rule == rule
            for words in (each.message, each.why, each.mend):
                assert re.match(r"[A-Z0-9“]", words), words
                assert words[-1] in ".:!)" or each.severity is Severity.AUTO, words
                assert "%" not in words


class TestAGoodPage:
    @pytest.mark.parametrize("view", [consultation(), hearing(), ANSWERED])
    def test_passes_every_rule(self, view):
        report = audit(view, rules(PASSING_OPTIONS))
        said = {f"{each.rule}.{each.check}" for each in report.findings}
        assert said <= ALWAYS_SAID
        assert report.passed == report.checked

    def test_is_checked_by_the_rules_of_its_kind_only(self):
        asked = audit(consultation(), rules(PASSING_OPTIONS)).checked
        other = audit(consultation(kind=Kind.OTHER), rules(PASSING_OPTIONS)).checked
        assert "HEA-01" not in asked
        assert {"CON-04", "CON-12", "A11Y-20"} <= set(asked)
        assert [each for each in other if each[:4] != "A11Y"] == ["CON-12", "CON-13"]
