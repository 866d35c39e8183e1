"""Which policy applies, and which rules it means."""

from typing import Any, NamedTuple, Self

from moderation.models import Policy
from moderation.queries.prepared import PreparedObjects, PreparedQuery
from moderation.rules import Rule, from_policy


class Steps(NamedTuple):
    """After how many public contributions and days somebody is known, and trusted."""

    known_after: int
    known_days: int
    trusted_after: int
    trusted_days: int

    @classmethod
    def of(cls, policy: Policy) -> Self:
        """Return those of a policy."""
        return cls(*(getattr(policy, name) for name in cls._fields))


_DEFAULT = PreparedObjects[Policy](lambda: Policy.objects.filter(is_default=True))


_STEPS = PreparedQuery(
    lambda: Policy.objects.filter(is_default=True).values_list(*Steps._fields)
)


def of(window: Any) -> Policy:
    """Return the policy of something people write in: its own, or the site's.

    `window` has a `policy`, possibly None. Before a city has chosen anything, the
    defaults of the software apply.
    """
    return window.policy or site_policy()


def site_policy() -> Policy:
    """Return what applies wherever no other policy is chosen."""
    return next(iter(_DEFAULT.all()), None) or Policy()


def steps() -> Steps:
    """Return how the forum comes to know people: by the site's policy alone."""
    found = _STEPS.first()
    return Steps(*found) if found else Steps.of(Policy())


def rules_of(policy: Policy) -> tuple[Rule, ...]:
    """Return the policy's rules in their order, ready to judge."""
    return from_policy(policy.rules)
