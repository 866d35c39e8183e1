"""Options of rules as a policy holds them: checked once, when the policy is read."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from enum import StrEnum
from functools import cache
from typing import (
    Any,
    ClassVar,
    Protocol,
    TypeVar,
    get_args,
    get_origin,
    get_type_hints,
)

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _


class Configurable(Protocol):
    """What has an id and options: a rule for texts or for pages."""

    id: ClassVar[str]


R = TypeVar("R", bound=Configurable)


class BadOption(ImproperlyConfigured):
    """A policy sets an option that a rule does not have, or sets it wrongly."""


def configure(rule: type[R], options: Mapping[str, Any]) -> R:
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
def option_types(rule: type[Configurable]) -> dict[str, Any]:
    """Return the type of each option of a rule, in their order."""
    hints = get_type_hints(rule)
    return {option.name: hints[option.name] for option in fields(rule)}  # type: ignore[arg-type]


def _read(name: str, value: Any, kind: Any) -> Any:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _read_word(name, value, kind)
    if kind is int:
        return _read_count(name, value)
    if get_origin(kind) is tuple:
        return _read_words(name, value)
    if get_origin(kind) is Mapping:
        read = _read_count if get_args(kind)[1] is int else _read_words
        return _read_by_language(name, value, read)
    raise TypeError(f"{name} has a type that no policy can hold: {kind}.")


def _read_word(name: str, value: Any, words: type[StrEnum]) -> StrEnum:
    if value not in list(words):
        known = ", ".join(words)
        raise _bad(name, value, _("must be one of %(known)s") % {"known": known})
    return words(value)


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


def _read_by_language(
    name: str, value: Any, read: Callable[[str, Any], Any]
) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise _bad(name, value, _("must map each language to its own value"))
    return {
        str(language): read(f"{name}.{language}", each)
        for language, each in value.items()
    }


def _bad(name: str, value: Any, demand: str) -> BadOption:
    return BadOption(
        _("The option %(name)s %(demand)s, not %(value)r.")
        % {"name": name, "demand": demand, "value": value}
    )
