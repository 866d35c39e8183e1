"""Which policy applies, and which rules it means."""

from typing import Any

from moderation.models import Policy
from moderation.queries.prepared import PreparedObjects
from moderation.rules import Rule, from_policy

_DEFAULT = PreparedObjects[Policy](lambda: Policy.objects.filter(is_default=True))


def of(window: Any) -> Policy:
    """Return the policy of something people write in: its own, or the site's.

    `window` has a `policy`, possibly None. Before a city has chosen anything, the
    defaults of the software apply.
    """
    return window.policy or site_policy()


def site_policy() -> Policy:
    """Return what applies wherever no other policy is chosen."""
    return next(iter(_DEFAULT.all()), None) or Policy()


def rules_of(policy: Policy) -> tuple[Rule, ...]:
    """Return the policy's rules in their order, ready to judge."""
    return from_policy(policy.rules)
