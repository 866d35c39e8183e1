"""Who signs for publishing against a finding, and how."""

from django.contrib.auth.models import Group
from django.utils import timezone

from forum.queries import publishing
from forum.services import publishing as gate
from tests.factories.moderation import AccountFactory

REASON = "The only hall in the village is free on that day alone."


def person(*groups):
    """Return an account that may do only what these groups may."""
    account = AccountFactory()
    account.groups.set(Group.objects.filter(name__in=groups))
    return account


def the_finding(asked):
    (found,) = publishing.judge(asked, now=timezone.now()).in_the_way
    return found


def sign(asked, user=None, **changes):
    if "fingerprint" not in changes:
        changes["fingerprint"] = the_finding(asked).fingerprint
    return gate.sign(
        **{
            "page": asked,
            "reason": REASON,
            "signed_as": "Ines Albrecht, Transport Office",
            "user": user or person("Publishing leads"),
            "now": timezone.now(),
            **changes,
        }
    )
