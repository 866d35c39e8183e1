"""Rights are what Django says they are, and asked for in one query."""

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission

from home.backends import AccountBackend
from tests.factories.moderation import AccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    """Return somebody with one right of their own and two by a group."""
    account = AccountFactory()
    own, *shared = Permission.objects.order_by("codename")[:3]
    account.user_permissions.add(own)
    group = Group.objects.create(name="Clerks")
    group.permissions.add(*shared)
    account.groups.add(group)
    return account


def anew(account):
    return AccountBackend().get_user(account.pk)


class TestRights:
    @pytest.mark.parametrize("state", ["plain", "is_superuser", "inactive"])
    def test_are_those_that_django_finds(self, clerk, state):
        clerk.is_superuser = state == "is_superuser"
        clerk.is_active = state != "inactive"
        clerk.save()
        asked, known = (type(clerk).objects.get(pk=clerk.pk) for _ in range(2))
        found = AccountBackend().get_all_permissions(asked)
        assert found == ModelBackend().get_all_permissions(known)

    def test_are_looked_up_once(self, clerk, django_assert_num_queries):
        asked, rights = anew(clerk), ModelBackend().get_all_permissions(clerk)
        with django_assert_num_queries(1):
            assert not asked.has_perm("moderation.fly")
            assert all(map(asked.has_perm, rights))

    def test_change_with_the_next_request(self, clerk):
        (right,) = ModelBackend().get_user_permissions(clerk)
        assert anew(clerk).has_perm(right)
        clerk.user_permissions.clear()
        assert not anew(clerk).has_perm(right)


class TestAnAccount:
    def test_that_may_not_sign_in_is_nobody(self, clerk):
        assert anew(clerk) == clerk
        type(clerk).objects.update(is_active=False)
        assert anew(clerk) is None
