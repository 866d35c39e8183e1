"""Who signs in, and what they may do: as Django has it, by SQL that is built once."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef, Q, QuerySet

from moderation.queries.prepared import Given, PreparedObjects, PreparedQuery

Account = get_user_model()


def _with_notes(accounts: QuerySet[Any]) -> QuerySet[Any]:
    """Note whether there is a right to be found at all: residents have none."""
    group = Account.groups.through.objects.filter(user=OuterRef("pk"))
    right = Account.user_permissions.through.objects.filter(user=OuterRef("pk"))
    return accounts.annotate(may_have_rights=Exists(group) | Exists(right))


_BY_KEY = PreparedObjects[Any](
    lambda: _with_notes(Account.objects.filter(pk=Given("pk")))
)


class AccountBackend(ModelBackend):
    """Every request of somebody who is signed in asks for all of this.

    Accounts with all rights, and questions about one object, are left to Django.
    """

    def get_user(self, user_id: Any) -> Any:
        """Return the account of this id if it may sign in."""
        for account in _BY_KEY.all(pk=user_id):
            return account if self.user_can_authenticate(account) else None
        return None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return the rights that an account has itself and by its groups."""
        if obj is not None or user_obj.is_superuser or not user_obj.is_active:
            return super().get_all_permissions(user_obj, obj)
        # Where Django keeps them, too, for as long as the account is at hand.
        if not hasattr(user_obj, "_perm_cache"):
            looks = getattr(user_obj, "may_have_rights", True)
            rows = _RIGHTS.rows(pk=user_obj.pk) if looks else []
            user_obj._perm_cache = {f"{app}.{name}" for app, name in rows}
        kept: set[str] = user_obj._perm_cache
        return kept


def _rights(whose: Q) -> QuerySet[Permission, Any]:
    found = Permission.objects.filter(whose).order_by()
    return found.values_list("content_type__app_label", "codename")


# Without an order of its own: Django 6.1 would give it the one of permissions.
_RIGHTS = PreparedQuery(
    lambda: (
        _rights(Q(user=Given("pk")))
        .union(_rights(Q(group__user=Given("pk"))))
        .order_by()
    )
)
