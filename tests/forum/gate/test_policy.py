"""What a publishing policy may ask, and how it is set."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from forum.models import PublishingPolicy
from tests.forum.gate.pages import minds
from tests.forum.gate.signing import person

pytestmark = pytest.mark.django_db


class TestPolicy:
    def test_refuses_less_than_the_law_asks(self):
        floor = {"statutory_plan": {"CON-01": {"statutory_days": 10, "days": 10}}}
        with pytest.raises(ValidationError, match="the law asks for 30"):
            PublishingPolicy(preset="de", type_options=floor).full_clean()
        with pytest.raises(ValidationError, match="must block here"):
            PublishingPolicy(preset="de", off=["CON-01"]).full_clean()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"options": {"CON-01": {"days": "many"}}},
            {"options": {"CON-99": {}}},
            {"options": [1]},
            {"options": {"CON-01": 3}},
            {"off": "CON-01"},
            {"off": [1]},
            {"waivable": {"CON-01": 1}},
            {"waivable": ["x"]},
            {"type_options": {"carnival": {}}},
            {"type_options": {"major": []}},
            {"preset": "atlantis"},
        ],
    )
    def test_refuses_what_no_rule_knows_in_words(self, wrong):
        with pytest.raises(ValidationError):
            PublishingPolicy(**wrong).full_clean()

    @pytest.mark.parametrize("preset", ["eu", "uk", "de", "fr", "us", "ph", "ke"])
    @pytest.mark.slow
    def test_begins_with_any_preset(self, preset):
        PublishingPolicy(preset=preset).full_clean()

    def test_differs_between_kinds_of_process(self):
        policy = PublishingPolicy(type_options={"major": {"CON-01": {"days": 90}}})
        days = {
            name: {rule.id: rule for rule in policy.rules().rules_for(name)}
            for name in ("informal", "major")
        }
        assert days["informal"]["CON-01"].days == 42
        assert days["major"]["CON-01"].days == 90

    def test_is_set_row_by_row_and_keeps_what_a_program_set(self, client):
        client.force_login(person("Publishing leads"))
        words = {"words": {"en": ["here"]}}
        policy = minds(off=[], options={"A11Y-06": words}, waivable=None)
        path = reverse("wagtailsnippets_forum_publishingpolicy:edit", args=[policy.pk])
        html = client.get(path).text
        assert "Headings make an outline" in html
        assert "check this" in html
        form = {
            "preset": "eu",
            "A11Y-21-effect": "hint",
            "A11Y-22-effect": "off",
            "CON-01-waivable": "no",
            "CON-02-periods": "12-20/01-06, 07-01/08-15",
            "HEA-08-days": "10",
            "kind-major-CON-01-days": "90",
        }
        assert client.post(path, form).status_code == 302
        policy.refresh_from_db()
        assert policy.off == ["A11Y-22"]
        assert policy.options == {
            "A11Y-06": words,
            "A11Y-21": {"severity": "hint"},
            "CON-02": {"periods": ["12-20/01-06", "07-01/08-15"]},
            "HEA-08": {"days": 10},
        }
        assert policy.type_options == {"major": {"CON-01": {"days": 90}}}
        assert "CON-01" not in policy.rules().waivable
        assert "HEA-01" in policy.rules().waivable
        shown = client.get(path).text
        assert 'name="HEA-08-days" value="10"' in shown

    @pytest.mark.parametrize(
        "wrong",
        [
            {"CON-01-effect": "off"},
            {"kind-statutory_plan-CON-01-statutory_days": "10"},
            {"CON-02-periods": "in summer"},
            {"HEA-08-days": "-1"},
        ],
    )
    @pytest.mark.slow
    def test_refuses_a_row_in_words_and_changes_nothing(self, client, wrong):
        client.force_login(person("Publishing leads"))
        policy = minds(off=[], options={}, waivable=None, preset="de")
        path = reverse("wagtailsnippets_forum_publishingpolicy:edit", args=[policy.pk])
        answer = client.post(path, {"preset": "de", **wrong})
        assert answer.status_code == 200
        assert "error" in answer.text
        policy.refresh_from_db()
        assert (policy.off, policy.options, policy.type_options) == ([], {}, {})

    def test_keeps_its_history(self, client):
        client.force_login(person("Publishing leads"))
        policy = minds()
        path = reverse("wagtailsnippets_forum_publishingpolicy:edit", args=[policy.pk])
        assert client.post(path, {"preset": "uk"}).status_code == 302
        policy.refresh_from_db()
        assert policy.preset == "uk"
        history = reverse(
            "wagtailsnippets_forum_publishingpolicy:history", args=[policy.pk]
        )
        assert "Edited" in client.get(history).text
