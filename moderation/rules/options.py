"""Options of rules as a policy holds them: checked once, when the policy is read."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, get_args, get_origin, get_type_hints

from django.core.exceptions import ImproperlyConfigured

from moderation.rules.base import Effect, Rule


class BadOption(ImproperlyConfigured):
    """A policy sets an option that a rule does not have, or sets it wrongly."""


def configure(rule: type[Rule], options: Mapping[str, Any]) -> Rule:
    """Return the rule with the given options, or raise `BadOption`."""
    if not isinstance(options, Mapping):
        raise BadOption(f"The options of the rule “{rule.id}” must be a mapping.")
    types = option_types(rule)
    for name in options:
        if name not in types:
            known = ", ".join(types) or "none"
            raise BadOption(
                f"The rule “{rule.id}” has no option “{name}”. Its options: {known}."
            )
    return rule(
        **{
            name: _read(f"{rule.id}.{name}", value, types[name])
            for name, value in options.items()
        }
    )


def option_types(rule: type[Rule]) -> dict[str, Any]:
    """Return the type of each option of a rule, in their order."""
    hints = get_type_hints(rule)
    return {option.name: hints[option.name] for option in fields(rule)}


def _read(name: str, value: Any, kind: Any) -> Any:
    if kind is Effect:
        return _read_effect(name, value)
    if kind is int:
        return _read_count(name, value)
    if get_origin(kind) is tuple:
        return _read_words(name, value)
    if get_origin(kind) is Mapping:
        return _read_lists(name, value, get_args(kind)[1])
    if not isinstance(value, kind):
        raise BadOption(f"{name} must be of type {kind.__name__}, not {value!r}.")
    return value


def _read_effect(name: str, value: Any) -> Effect:
    try:
        return Effect(value)
    except ValueError:
        known = ", ".join(Effect)
        raise BadOption(f"{name} must be one of {known}, not {value!r}.") from None


def _read_count(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise BadOption(f"{name} must be a whole number from 0 up, not {value!r}.")
    return value


def _read_words(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(
        isinstance(word, str) and word.strip() for word in value
    ):
        raise BadOption(f"{name} must be a list of words, not {value!r}.")
    return tuple(value)


def _read_lists(name: str, value: Any, kind: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise BadOption(f"{name} must map each language to a list, not {value!r}.")
    return {
        str(key): _read(f"{name}[{key}]", item, kind) for key, item in value.items()
    }
