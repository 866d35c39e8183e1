"""Which rules for pages exist. Which of them run, and how, a policy says."""

from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from moderation.rules.pages.base import PageRule
from moderation.rules.registry import UnknownRule

R = TypeVar("R", bound=type[PageRule])

_rules: dict[str, type[PageRule]] = {}


def register(rule: R) -> R:
    """Make a rule known by its id; use as a class decorator."""
    if not (isinstance(rule, type) and issubclass(rule, PageRule)):
        raise ImproperlyConfigured(f"{rule!r} is not a kind of PageRule.")
    for name in ("id", "title", "why", "reference", "checks"):
        if not getattr(rule, name, None):
            raise ImproperlyConfigured(f"The rule {rule.__name__} has no {name}.")
    if rule.id in _rules:
        raise ImproperlyConfigured(f"There are two rules called “{rule.id}”.")
    _rules[rule.id] = rule
    return rule


def get(name: str) -> type[PageRule]:
    """Return the rule of this name, or raise `UnknownRule` naming those there are."""
    try:
        return _rules[name]
    except (KeyError, TypeError):
        raise UnknownRule(
            _("There is no rule “%(name)s”. There are: %(known)s.")
            % {"name": name, "known": ", ".join(names())}
        ) from None


def names() -> tuple[str, ...]:
    """Return the names of all rules: A11Y, CON and HEA, each by its number."""
    return tuple(sorted(_rules))
