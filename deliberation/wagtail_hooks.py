"""Deliberation's place in the Wagtail admin."""

from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from deliberation.urls import admin_urlpatterns


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    """Put the polls' desk below the admin's address."""
    return [
        path(
            "", include((admin_urlpatterns, "deliberation_admin"), "deliberation_admin")
        )
    ]


@hooks.register("register_admin_menu_item")
def polls_menu_item() -> MenuItem:
    """Lead editors to the polls on their pages."""
    return MenuItem(
        _("Polls"),
        reverse("deliberation_admin:polls"),
        name="polls",
        icon_name="form",
        order=240,
    )
