"""docs/rules.md says of the rules what the code says."""

import inspect
from collections.abc import Mapping
from pathlib import Path

import pytest

from moderation.rules import Effect, registry
from moderation.rules.options import option_types

DOCS = Path(__file__).resolve().parents[3] / "docs" / "rules.md"
HEAD = "| rule | what it does | options and their defaults | reference | version |"


def row(name: str) -> str:
    rule = registry.get(name)
    summary = " ".join(inspect.cleandoc(rule.__doc__).split("\n\n")[0].split())
    options = "<br>".join(
        f"`{option}`: {_shown(getattr(rule(), option))}"
        for option in option_types(rule)
    )
    cells = (f"`{name}`", summary, options, rule.reference, rule.version)
    return f"| {' | '.join(cells)} |"


def table() -> str:
    rows = [row(name) for name in registry.names()]
    return "\n".join([HEAD, "| --- | --- | --- | --- | --- |", *rows])


def _shown(value) -> str:
    if isinstance(value, Effect):
        return f"`{value.value}`"
    if isinstance(value, Mapping):
        return "short lists for " + ", ".join(value)
    return ", ".join(value) or "none" if isinstance(value, tuple) else str(value)


class TestTheDocumentation:
    @pytest.mark.parametrize("name", registry.names())
    def test_has_a_row_for_each_rule(self, name):
        assert row(name) in DOCS.read_text("utf-8")

    def test_has_no_row_for_a_rule_that_is_gone(self):
        written = DOCS.read_text("utf-8").partition(HEAD)[2].partition("\n\n")[0]
        named = [line.split("`")[1] for line in written.splitlines() if "`" in line]
        assert named == list(registry.names())
