"""What `manage.py check` says of policies."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from moderation.models import Policy
from moderation.models.policy import default_rules
from moderation.rules import from_policy
from moderation.services import outside

# The countries of the EU and the EEA, as the DSA's database spells them.
TERRITORIES = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IS",
        "IT",
        "LI",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "NO",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)


def defaults_name_known_rules(**kwargs: Any) -> list[CheckMessage]:
    """Return an error if the rules of a new policy are not what there is."""
    problem = _problem(default_rules())
    return [Error(problem, id="moderation.E002")] if problem else []


def policies_name_known_rules(
    *, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Return an error for every stored policy with an unknown rule or option.

    Like all checks that read the database it runs when one is named: `manage.py
    check --database default`. A database without the table has no policies.
    """
    if not databases:
        return []
    try:
        stored = list(Policy.objects.using(databases[0]).order_by("pk"))
    except DatabaseError:
        return []
    return [
        Error(f"The policy “{policy}”: {problem}", obj=policy, id="moderation.E001")
        for policy in stored
        if (problem := _problem(policy.rules))
    ]


def outside_checks_are_named_well(**kwargs: Any) -> list[CheckMessage]:
    """Return an error if FOLKMOOT_CHECKS names something that cannot be asked."""
    try:
        outside.checks()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="moderation.E003")]
    return []


def territory_is_named_well(**kwargs: Any) -> list[CheckMessage]:
    """Return an error if FOLKMOOT_TERRITORY names what the database does not know."""
    named = getattr(settings, "FOLKMOOT_TERRITORY", ())
    if isinstance(named, str) or set(named) - TERRITORIES:
        problem = "FOLKMOOT_TERRITORY: a list of codes of EU or EEA countries: ['DE']."
        return [Error(problem, id="moderation.E004")]
    return []


def _problem(rules: Any) -> str:
    try:
        from_policy(rules)
    except ImproperlyConfigured as error:
        return str(error)
    return ""
