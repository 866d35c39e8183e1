"""Setting the publishing rules without writing code: empty means “as the preset”."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from moderation.rules.labels import label_of
from moderation.rules.options import option_types
from moderation.rules.pages import PageRule, Severity, registry
from moderation.rules.pages.policy import Source
from moderation.rules.pages.presets import PRESETS

OFF = "off"
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Row:
    """One rule in the table: its fields, and where its numbers are from."""

    rule: type[PageRule]
    effect: forms.BoundField
    waivable: forms.BoundField
    options: list[forms.BoundField]
    sources: list[Source]

    @property
    def has_changes(self) -> bool:
        """Say whether anything differs from the preset, or is wrong."""
        fields = (self.effect, self.waivable, *self.options)
        return any(each.value() or each.errors for each in fields)


class PolicyForm(WagtailAdminModelForm):
    """One row for each rule, and the numbers of each kind of process.

    Lists of words are too long for a form: they stay as they were set by program.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.base = PRESETS.get(self.instance.preset) or PRESETS["eu"]
        self.usual = {each.id: each for each in self.base.rules_for()}
        for name in registry.names():
            self._add_rule(registry.get(name))
        for key, (kind, option) in self._kinds().items():
            stored = self.instance.type_options.get(kind, {}).get(option[0], {})
            self.fields[key] = _number(label_of(*option[:2]), option[2])
            self.initial[key] = stored.get(option[1])

    def rows(self) -> Iterator[Row]:
        """Return the table of rules."""
        for name in registry.names():
            rule = registry.get(name)
            keys = [_key(name, option) for option in _simple_options(rule)]
            yield Row(
                rule=rule,
                effect=self[_key(name, "effect")],
                waivable=self[_key(name, "waivable")],
                options=[self[key] for key in keys],
                sources=[each for each in self.base.sources if each.rule == name],
            )

    def kinds(self) -> Iterator[tuple[str, list[tuple[str, forms.BoundField]]]]:
        """Return the kinds of process, each with its numbers."""
        for each in self.base.types:
            found = [
                (option[0], self[key])
                for key, (kind, option) in self._kinds().items()
                if kind == each.name
            ]
            yield str(each.title), found

    def clean(self) -> dict[str, Any]:
        """Gather the rows into what the policy keeps."""
        cleaned: dict[str, Any] = super().clean()
        policy = self.instance
        policy.off = sorted(
            name
            for name in registry.names()
            if cleaned.get(_key(name, "effect")) == OFF
        )
        policy.options = dict(self._chosen_options(cleaned))
        policy.waivable = self._chosen_waivable(cleaned)
        kinds = PRESETS.get(cleaned.get("preset", ""), self.base).types
        policy.type_options = self._chosen_kinds(cleaned, {each.name for each in kinds})
        return cleaned

    def _add_rule(self, rule: type[PageRule]) -> None:
        name, policy = rule.id, self.instance
        running = self.usual.get(name) or rule()
        stored = policy.options.get(name, {})
        effect, waivable = _key(name, "effect"), _key(name, "waivable")
        self.fields[effect] = _choice(
            _("Effect"),
            str(EFFECTS[running.severity]()),
            [(each.value, EFFECTS[each]()) for each in Severity]
            + [(OFF, _("does not run"))],
        )
        is_off = name in policy.off
        self.initial[effect] = OFF if is_off else stored.get("severity", "")
        usual = _("yes") if name in self.base.waivable else _("no")
        self.fields[waivable] = _choice(
            _("May be waived"), usual, [(YES, _("yes")), (NO, _("no"))]
        )
        if policy.waivable is not None:
            differs = (name in policy.waivable) != (name in self.base.waivable)
            answer = YES if name in policy.waivable else NO
            self.initial[waivable] = answer if differs else ""
        for option, kind in _simple_options(rule).items():
            key, value = _key(name, option), getattr(running, option)
            if kind is int:
                self.fields[key] = _number(label_of(name, option), value)
                self.initial[key] = stored.get(option)
            elif kind is Severity:
                self.fields[key] = _choice(
                    label_of(name, option),
                    str(EFFECTS[value]()),
                    [(each.value, EFFECTS[each]()) for each in Severity],
                )
                self.initial[key] = stored.get(option, "")
            else:
                self.fields[key] = _listed(label_of(name, option), value)
                self.initial[key] = ", ".join(stored.get(option, ()))

    def _chosen_options(
        self, cleaned: dict[str, Any]
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        for name in registry.names():
            simple = _simple_options(registry.get(name))
            kept = self.instance.options.get(name, {})
            chosen = {
                option: value
                for option, value in kept.items()
                if option not in simple and option != "severity"
            }
            effect = cleaned.get(_key(name, "effect"))
            if effect and effect != OFF:
                chosen["severity"] = effect
            for option in simple:
                value = cleaned.get(_key(name, option))
                if value not in (None, "", []):
                    chosen[option] = value
            if chosen:
                yield name, chosen

    def _chosen_waivable(self, cleaned: dict[str, Any]) -> list[str] | None:
        answers = {n: cleaned.get(_key(n, "waivable")) for n in registry.names()}
        if not any(answers.values()):
            return None
        usual = self.base.waivable
        return [n for n, said in answers.items() if (said or _yes(n in usual)) == YES]

    def _chosen_kinds(
        self, cleaned: dict[str, Any], known: set[str]
    ) -> dict[str, dict[str, dict[str, Any]]]:
        chosen: dict[str, dict[str, dict[str, Any]]] = {}
        for key, (kind, option) in self._kinds().items():
            value = cleaned.get(key)
            if value is not None and kind in known:
                chosen.setdefault(kind, {}).setdefault(option[0], {})[option[1]] = value
        return chosen

    def _kinds(self) -> dict[str, tuple[str, tuple[str, str, int]]]:
        """Return the numbers that kinds of process set, by the name of their field."""
        return {
            f"kind-{each.name}-{rule}-{option}": (each.name, (rule, option, value))
            for each in self.base.types
            for rule, options in each.options.items()
            for option, value in options.items()
            if isinstance(value, int)
        }


EFFECTS = {
    Severity.BLOCK: lambda: _("must be met"),
    Severity.WARN: lambda: _("must be met, or signed for"),
    Severity.HINT: lambda: _("hint only"),
    Severity.AUTO: lambda: _("the software sees to it"),
}


class ListField(forms.CharField):
    """Several words with commas between them."""

    def clean(self, value: Any) -> list[str]:
        """Return the words as a list."""
        text = super().clean(value)
        return [each.strip() for each in text.split(",") if each.strip()]


def _key(rule: str, part: str) -> str:
    return f"{rule}-{part}"


def _yes(value: bool) -> str:  # noqa: FBT001
    return YES if value else NO


def _simple_options(rule: type[PageRule]) -> dict[str, Any]:
    """Return the options that fit into a field: numbers, severities, short lists."""
    defaults = rule()
    return {
        option: type(value)
        for option in option_types(rule)
        if option != "severity"
        and not isinstance(value := getattr(defaults, option), Mapping)
        and not (isinstance(value, tuple) and len(value) > MOST)
    }


# A longer list is a list of words, which no field of a form could show.
MOST = 14


def _number(label: str, usual: int) -> forms.Field:
    said = _("as the preset: %s") % usual
    widget = forms.NumberInput(attrs={"placeholder": said})
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=10_000, widget=widget
    )


def _listed(label: str, usual: tuple[str, ...]) -> forms.Field:
    said = _("as the preset: %s") % (", ".join(usual) or _("none"))
    widget = forms.TextInput(attrs={"placeholder": said})
    return ListField(label=label, required=False, max_length=2000, widget=widget)


def _choice(label: str, usual: str, choices: list[tuple[str, str]]) -> forms.Field:
    first = ("", _("as the preset: %s") % usual)
    return forms.ChoiceField(label=label, required=False, choices=[first, *choices])
