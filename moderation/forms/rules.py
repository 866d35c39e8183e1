"""Rules as a lead moderator sets them: a list in their order, each with its options."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, get_args, get_origin

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from moderation.models import Policy
from moderation.rules import Effect, from_policy, registry
from moderation.rules.labels import label_of
from moderation.rules.options import option_types

EFFECTS = {
    Effect.REFUSE: _("is refused"),
    Effect.HOLD: _("waits for a moderator"),
    Effect.FLAG: _("is published, and put on the moderators' list"),
    Effect.HINT: _("is published, with a hint to its author"),
}


def clean_rules(rules: Any) -> Any:
    """Return rules that could run, or raise ValidationError saying what is wrong."""
    if not isinstance(rules, list):
        raise forms.ValidationError(Policy._meta.get_field("rules").help_text)
    try:
        from_policy(rules)
    except ImproperlyConfigured as error:
        raise forms.ValidationError(str(error)) from None
    return rules


class RulesWidget(forms.Widget):
    """A row for each rule: whether it runs, in which place, with which options.

    Reads and writes the same JSON as the field; what it does not know, such as
    nonsense sent by hand, it shows as it came. An option that is as usual is left out.
    """

    template_name = "moderation/admin/rules_widget.html"

    def get_context(
        self, name: str, value: Any, attrs: dict[str, Any] | None
    ) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = _chosen(value)
        context["widget"]["rows"] = None if chosen is None else _rows(name, chosen)
        return context

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        """Use the templates of the site, in which ours are found everywhere."""
        context = self.get_context(name, value, attrs)
        return render_to_string(self.template_name, context)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the JSON that the rows stand for, or what was sent instead of them."""
        if f"{name}-rows" not in data:
            return data.get(name)
        rules = [
            (_place(data.get(f"{name}-{rule}-place", "")), rule)
            for rule in registry.names()
            if f"{name}-{rule}-runs" in data
        ]
        return json.dumps(
            [[rule, _options(data, name, rule)] for _at, rule in sorted(rules)]
        )

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-rows" not in data and name not in data


class DryRunForm(forms.Form):
    """Rules to be tried on what people have written."""

    rules = forms.JSONField(label=_("Rules"), widget=RulesWidget)

    def clean_rules(self) -> Any:
        """Say in words which rule or option does not exist."""
        return clean_rules(self.cleaned_data["rules"])


def _chosen(value: Any) -> dict[str, dict[str, Any]] | None:
    """Return the options of each rule that runs, in order; None for nonsense."""
    try:
        rules = json.loads(value) if isinstance(value, str) else value
        chosen = {name: dict(options) for name, options in rules}
    except (TypeError, ValueError):
        return None
    return chosen if set(chosen) <= set(registry.names()) else None


def _rows(name: str, chosen: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    others = [rule for rule in registry.names() if rule not in chosen]
    return [
        {
            "rule": registry.get(rule),
            "name": f"{name}-{rule}",
            "runs": rule in chosen,
            "place": place,
            "options": [
                _field(
                    f"{name}-{rule}-{option}",
                    label_of(rule, option),
                    kind,
                    default,
                    given,
                )
                for option, kind in option_types(registry.get(rule)).items()
                for default in [getattr(registry.get(rule)(), option)]
                for given in [chosen.get(rule, {}).get(option, default)]
            ],
        }
        for place, rule in enumerate([*chosen, *others], start=1)
    ]


def _field(
    name: str, label: str, kind: Any, default: Any, given: Any
) -> dict[str, Any]:
    """Return how an option is shown: as a number, a choice, words, or lines of words."""
    field: dict[str, Any] = {
        "name": name,
        "label": label,
        "value": _text(given),
    }
    field["usual"] = _text(default)
    if _is_effect(kind):
        field["choices"] = [(each.value, EFFECTS[each]) for each in Effect]
    field["is_number"] = kind is int
    field["is_long"] = get_origin(kind) in {tuple, Mapping}
    if get_origin(kind) is Mapping:
        field["help"] = _t("One language on each line, such as “de: word, word”.")
    elif get_origin(kind) is tuple:
        field["help"] = _t("With commas between them.")
    return field


def _options(data: Any, name: str, rule: str) -> dict[str, Any]:
    """Return the options that differ from what is usual."""
    usual = registry.get(rule)()
    found = {}
    for option, kind in option_types(registry.get(rule)).items():
        typed = data.get(f"{name}-{rule}-{option}")
        if typed is None:
            continue
        typed = typed.replace("\r\n", "\n").strip()
        if typed != _text(getattr(usual, option)):
            found[option] = _value(typed, kind)
    return found


def _text(value: Any) -> str:
    """Return an option as somebody would type it."""
    if isinstance(value, Mapping):
        return "\n".join(f"{key}: {_text(each)}" for key, each in value.items())
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    return str(value)


def _value(typed: str, kind: Any) -> Any:
    """Return what was typed as the policy keeps it; nonsense as it is, to be refused."""
    if kind is int:
        return int(typed) if typed.isdecimal() and len(typed) < 10 else typed
    if get_origin(kind) is tuple:
        return [each.strip() for each in typed.split(",") if each.strip()]
    if get_origin(kind) is Mapping:
        pairs = [line.partition(":") for line in typed.splitlines() if line.strip()]
        each = get_args(kind)[1]
        return {key.strip(): _value(told.strip(), each) for key, _colon, told in pairs}
    return typed


def _is_effect(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, StrEnum)


def _place(typed: str) -> int:
    is_number = typed.isascii() and typed.isdigit() and len(typed) < 6
    return int(typed) if is_number else 0
