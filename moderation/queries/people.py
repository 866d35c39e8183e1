"""Who works at the moderators' desk."""

from typing import Any

import swapper
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q
from wagtail.models import Revision


def moderators() -> list[Any]:
    """Return the active accounts that may review contributions, each once."""
    return _able_to("review_content")


def leads() -> list[Any]:
    """Return the active accounts that may answer appeals, each once."""
    return _able_to("lead_review")


def edits(account: Any, page_id: int | None) -> bool:
    """Say whether somebody made a page or has worked on it."""
    if page_id is None:
        return False
    page_model = swapper.load_model("wagtailcore", "Page")
    return bool(
        page_model.objects.filter(pk=page_id, owner=account).exists()
        or Revision.page_revisions.filter(object_id=str(page_id), user=account).exists()
    )


def _able_to(codename: str) -> list[Any]:
    permission = Permission.objects.filter(
        content_type__app_label="moderation", codename=codename
    )
    able = Q(is_superuser=True) | Q(user_permissions__in=permission)
    able |= Q(groups__permissions__in=permission)
    accounts = get_user_model().objects.filter(able, is_active=True)
    return list(accounts.distinct().order_by("pk"))
