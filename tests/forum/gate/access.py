"""Who publishes: somebody with an account, or a program with a token."""

from django.contrib.auth.models import Group
from wagtail.models import APIToken

from tests.factories.moderation import AccountFactory

V3 = "/api/v3-preview/pages/"


def account(*groups):
    """Return an account that may do all, or only what these groups may."""
    person = AccountFactory(is_superuser=not groups)
    person.groups.set(Group.objects.filter(name__in=groups))
    return person


def token():
    _stored, text = APIToken.create_token(user=account(), name="A city's program")
    return {"Authorization": f"Bearer {text}"}


class RefusedByApi(Exception):
    """The API said no."""
