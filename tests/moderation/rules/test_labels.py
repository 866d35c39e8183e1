from collections.abc import Mapping

import pytest

from moderation.rules import registry
from moderation.rules.labels import label_of
from moderation.rules.options import option_types
from moderation.rules.pages import registry as pages

# Shown in no form: lists of words, and what each rule for pages has.
LISTS = {"severity", "phrases", "limits"}


@pytest.mark.parametrize(
    "rule",
    [each.get(name) for each in (registry, pages) for name in each.names()],
    ids=lambda rule: rule.id,
)
def test_every_option_has_a_label(rule):
    options = {
        option
        for option in option_types(rule)
        if option == "words" or not isinstance(getattr(rule(), option), Mapping)
    }
    nameless = {o for o in options if label_of(rule.id, o) == o.replace("_", " ")}
    assert nameless <= LISTS
