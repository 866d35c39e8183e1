"""Which rules exist. Which of them run, and how, a policy says."""

from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from moderation.rules.base import Rule

R = TypeVar("R", bound=type[Rule])

_rules: dict[str, type[Rule]] = {}


class UnknownRule(ImproperlyConfigured):
    """A policy names a rule that does not exist."""


def register(rule: R) -> R:
    """Make a rule known by its id; use as a class decorator."""
    if not (isinstance(rule, type) and issubclass(rule, Rule)):
        raise ImproperlyConfigured(f"{rule!r} is not a kind of Rule.")
    for name in ("id", "title", "version", "reference"):
        if not hasattr(rule, name):
            raise ImproperlyConfigured(f"The rule {rule.__name__} has no {name}.")
    if rule.id in _rules:
        raise ImproperlyConfigured(f"There are two rules called “{rule.id}”.")
    _rules[rule.id] = rule
    return rule


def get(name: str) -> type[Rule]:
    """Return the rule of this name, or raise `UnknownRule` naming those there are."""
    try:
        return _rules[name]
    except (KeyError, TypeError):
        known = ", ".join(names())
        raise UnknownRule(
            _("There is no rule “%(name)s”. There are: %(known)s.")
            % {"name": name, "known": known}
        ) from None


def names() -> tuple[str, ...]:
    """Return the names of all rules, in the order of their registration."""
    return tuple(_rules)
