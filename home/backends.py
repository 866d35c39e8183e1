"""Who signs in, and what they may do: as Django has it, by SQL that is built once."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import Q

from moderation.queries.prepared import Given, PreparedObjects, PreparedQuery

Account = get_user_model()

_BY_KEY = PreparedObjects[Any](lambda: Account.objects.filter(pk=Given("pk")))
_OWN = Q(user=Given("pk"))
_BY_GROUP = Q(group__user=Given("pk"))


class AccountBackend(ModelBackend):
    """Every request of somebody who is signed in asks for all of this.

    Accounts with all rights, and questions about one object, are left to Django.
    """

    def get_user(self, user_id: Any) -> Any:
        """Return the account of this id if it may sign in."""
        for account in _BY_KEY.all(pk=user_id):
            return account if self.user_can_authenticate(account) else None
        return None

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return the rights that an account was given itself."""
        if not _is_plain(user_obj, obj):
            return super().get_user_permissions(user_obj, obj)
        return _names(_RIGHTS, user_obj)

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return the rights that an account has by its groups."""
        if not _is_plain(user_obj, obj):
            return super().get_group_permissions(user_obj, obj)
        return _names(_RIGHTS_BY_GROUP, user_obj)


def _prepared(whose: Q) -> PreparedQuery:
    found = Permission.objects.filter(whose).order_by()
    return PreparedQuery(
        lambda: found.values_list("content_type__app_label", "codename")
    )


_RIGHTS, _RIGHTS_BY_GROUP = _prepared(_OWN), _prepared(_BY_GROUP)


def _is_plain(account: Any, obj: Any) -> bool:
    return bool(
        obj is None
        and account.is_active
        and not account.is_anonymous
        and not account.is_superuser
    )


def _names(query: PreparedQuery, account: Any) -> set[str]:
    return {f"{app}.{codename}" for app, codename in query.rows(pk=account.pk)}
