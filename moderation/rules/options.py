"""Options of rules as a policy holds them: checked once, when the policy is read."""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any, get_origin, get_type_hints

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from moderation.rules.base import Effect, Rule


class BadOption(ImproperlyConfigured):
    """A policy sets an option that a rule does not have, or sets it wrongly."""


def configure(rule: type[Rule], options: Mapping[str, Any]) -> Rule:
    """Return the rule with the given options, or raise `BadOption`."""
    if not isinstance(options, Mapping):
        raise BadOption(
            _("The options of the rule “%(rule)s” must be a mapping, not %(value)r.")
            % {"rule": rule.id, "value": options}
        )
    types = option_types(rule)
    for name in options:
        if name not in types:
            known = ", ".join(types) or _("none")
            raise BadOption(
                _(
                    "The rule “%(rule)s” has no option “%(name)s”. "
                    "Its options: %(known)s."
                )
                % {"rule": rule.id, "name": name, "known": known}
            )
    return rule(
        **{
            name: _read(f"{rule.id}.{name}", value, types[name])
            for name, value in options.items()
        }
    )


@cache
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
        return _read_lists(name, value)
    raise TypeError(f"{name} has a type that no policy can hold: {kind}.")


def _read_effect(name: str, value: Any) -> Effect:
    if value not in list(Effect):
        known = ", ".join(Effect)
        raise _bad(name, value, _("must be one of %(known)s") % {"known": known})
    return Effect(value)


def _read_count(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _bad(name, value, _("must be a whole number from 0 up"))
    return value


def _read_words(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(
        isinstance(word, str) and word.strip() for word in value
    ):
        raise _bad(name, value, _("must be a list of words"))
    return tuple(value)


def _read_lists(name: str, value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, Mapping):
        raise _bad(name, value, _("must map each language to a list of words"))
    return {
        str(language): _read_words(f"{name}.{language}", words)
        for language, words in value.items()
    }


def _bad(name: str, value: Any, demand: str) -> BadOption:
    return BadOption(
        _("The option %(name)s %(demand)s, not %(value)r.")
        % {"name": name, "demand": demand, "value": value}
    )
