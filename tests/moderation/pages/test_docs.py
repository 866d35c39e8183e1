"""docs/rules.md says of the rules for pages what the code says."""

from pathlib import Path

import pytest

from moderation.rules.pages import registry
from tests.moderation.pages import documentation

DOCS = Path(__file__).resolve().parents[3] / "docs" / "rules.md"


class TestTheDocumentation:
    @pytest.mark.parametrize("name", registry.names())
    def test_has_a_row_for_each_rule(self, name):
        assert documentation.row(name) in DOCS.read_text("utf-8")

    @pytest.mark.parametrize("made", ["table", "acts", "numbers"])
    def test_has_each_table_as_the_code_has_it(self, made):
        assert getattr(documentation, made)() in DOCS.read_text("utf-8")
