"""The checklist in the menu, in the editor and on the first page of the admin."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.widgets import Button
from wagtail.permissions import page_permission_policy

from forum.models import Withholding
from forum.queries import publishing
from forum.urls import admin_urlpatterns


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    """Put the checklists below the admin's address."""
    return [path("", include((admin_urlpatterns, "forum_admin")))]


class PublishingMenuItem(MenuItem):
    """Leads to how every page stands."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may change pages."""
        return bool(page_permission_policy.user_has_permission(request.user, "change"))


@hooks.register("register_admin_menu_item")
def publishing_menu_item() -> MenuItem:
    """Put the overview into the menu."""
    return PublishingMenuItem(
        _("Publishing rules"),
        reverse("forum_admin:publishing"),
        name="publishing-rules",
        icon_name="circle-check",
        order=112,
    )


@hooks.register("register_page_header_buttons")
def ready_button(page: Any, user: Any, **_context: Any) -> Any:
    """Offer the checklist at the top of the editor."""
    if page.pk and publishing.is_judged(page.specific_deferred):
        yield Button(
            _t("Ready to publish?"),
            reverse("forum_admin:ready", args=[page.pk]),
            icon_name="circle-check",
            priority=5,
        )


@hooks.register("insert_editor_js")
def live_checklist() -> str:
    """Show what is in the way while somebody writes."""
    return format_html(
        '<link rel="stylesheet" href="{}"><script src="{}" data-url="{}" data-new="{}"></script>',
        static("forum/gate_admin.css"),
        static("forum/gate_live.js"),
        reverse("forum_admin:live", args=[0]),
        reverse("forum_admin:live_new", args=["app", "model", 0]),
    )


class StoppedSummaryItem(SummaryItem):
    """What was scheduled by this editor and stayed unpublished."""

    order = 40
    template_name = "forum/admin/stopped.html"

    def is_shown(self) -> bool:
        """Show it while something waits."""
        return self._mine().exists()

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Name the pages."""
        return {"stopped": self._mine().select_related("page")}

    def _mine(self) -> Any:
        return Withholding.objects.filter(told=self.request.user)


@hooks.register("construct_homepage_summary_items")
def stopped_summary(request: HttpRequest, items: list[Any]) -> None:
    """Tell an editor on the first page of the admin."""
    items.append(StoppedSummaryItem(request))
