"""Who works at the moderators' desk."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q


def moderators() -> list[Any]:
    """Return the active accounts that may review contributions, each once."""
    permission = Permission.objects.filter(
        content_type__app_label="moderation", codename="review_content"
    )
    able = Q(is_superuser=True) | Q(user_permissions__in=permission)
    able |= Q(groups__permissions__in=permission)
    accounts = get_user_model().objects.filter(able, is_active=True)
    return list(accounts.distinct().order_by("pk"))
