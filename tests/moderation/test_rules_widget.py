"""A policy's rules are set row by row."""

import json
import re

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.test.utils.form_data import querydict_from_html

from moderation.forms.rules import DryRunForm, RulesWidget
from moderation.models import Policy
from moderation.models.policy import default_rules
from moderation.rules.labels import label_of
from tests.factories.moderation import AccountFactory, PolicyFactory

INPUT = re.compile(r'<input[^>]*name="([^"]+)"[^>]*>')


def sent(value, **changes):
    """Return what a browser would send for the rows of these rules, with changes."""
    rows = RulesWidget().get_context("rules", json.dumps(value), {})["widget"]["rows"]
    data = {"rules-rows": "1"}
    for row in rows:
        if row["runs"]:
            data[f"{row['name']}-runs"] = "on"
        data[f"{row['name']}-place"] = str(row["place"])
        for field in row["options"]:
            data[field["name"]] = field["value"].replace("\n", "\r\n")
    data |= {f"rules-{name}": value for name, value in changes.items()}
    return {name: value for name, value in data.items() if value is not None}


def option_of(field):
    return field["name"].rpartition("-")[2]


def cleaned(value, **changes):
    form = DryRunForm(sent(value, **changes))
    assert form.is_valid(), form.errors
    return form.cleaned_data["rules"]


class TestTheOptions:
    def test_have_a_name_in_words(self):
        rows = RulesWidget().get_context("rules", "[]", {})["widget"]["rows"]
        nameless = {
            field["name"]
            for row in rows
            for field in row["options"]
            if field["label"] == option_of(field).replace("_", " ")
        }
        assert nameless == set()

    @pytest.mark.parametrize("language", ["de", "fr", "es", "ar"])
    def test_are_called_so_in_the_language_of_the_admin(self, language):
        words = label_of("pace", "slow_mode_seconds")
        with translation.override(language):
            assert label_of("pace", "slow_mode_seconds") != words


class TestTheRows:
    @pytest.mark.parametrize(
        "rules",
        [
            default_rules(),
            [["pace", {}], ["length", {"maximum": 7000}]],
            [["links", {"own_hosts": ["town.example"], "effect": "hold"}]],
            [
                [
                    "blocked_words",
                    {"words": {"de": ["wort", "zwei wörter"], "en": ["x"]}},
                ]
            ],
        ],
    )
    def test_come_back_as_they_were(self, rules):
        assert cleaned(rules) == rules

    def test_put_rules_in_another_order_and_leave_some_out(self):
        rules = [["length", {}], ["links", {}], ["pace", {}]]
        changed = cleaned(rules, **{"length-place": "9", "links-runs": None})
        assert changed == [["pace", {}], ["length", {}]]

    def test_set_options_of_every_kind(self):
        changed = cleaned(
            [["links", {}], ["blocked_words", {}]],
            **{
                "links-maximum": "3",
                "links-effect": "hold",
                "links-own_hosts": "town.example, www.example.org",
                "blocked_words-words": "de: eins, zwei\r\nfr: trois",
            },
        )
        assert changed == [
            [
                "links",
                {
                    "maximum": 3,
                    "own_hosts": ["town.example", "www.example.org"],
                    "effect": "hold",
                },
            ],
            ["blocked_words", {"words": {"de": ["eins", "zwei"], "fr": ["trois"]}}],
        ]

    @pytest.mark.parametrize(
        ("name", "typed", "told"),
        [
            ("links-maximum", "many", "whole number"),
            ("links-maximum", "-1", "whole number"),
        ],
    )
    def test_say_what_is_wrong_and_keep_it(self, name, typed, told):
        form = DryRunForm(sent([["links", {}]], **{name: typed}))
        assert told in str(form.errors)
        assert typed in str(form["rules"])

    def test_take_no_effect_that_is_none(self):
        form = DryRunForm(sent([["links", {}]], **{"links-effect": "explode"}))
        assert "must be one of" in str(form.errors)


@pytest.mark.django_db
class TestThePageOfAPolicy:
    def test_shows_and_stores_the_rows(self, client):
        client.force_login(AccountFactory(is_superuser=True, is_staff=True))
        policy = PolicyFactory(rules=[["length", {}], ["links", {}]])
        path = reverse("wagtailsnippets_moderation_policy:edit", args=[policy.pk])
        page = client.get(path).content.decode()
        assert "Options of “Links”" in page
        names = INPUT.findall(page)
        assert "rules-links-maximum" in names
        typed = querydict_from_html(page, form_id="w-editor-form").dict()
        client.post(path, typed | sent(policy.rules, **{"links-maximum": "4"}))
        assert Policy.objects.get(pk=policy.pk).rules == [
            ["length", {}],
            ["links", {"maximum": 4}],
        ]
