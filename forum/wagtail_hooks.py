"""Lists of consultations and hearings in the editors' menu."""

from typing import Any

from django.contrib.auth.models import Permission
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.admin.widgets import Button
from wagtail.permissions import page_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from forum.models import (
    BarrierReport,
    ConsultationPage,
    HearingPage,
    PublishingPolicy,
    Withholding,
)
from forum.queries import publishing
from forum.urls import admin_urlpatterns


def _stage(page: Any) -> str:
    return capfirst(str(page.stage_at(timezone.now()).label))


class Moment(Column):
    """A date in full: Wagtail's own column calls whatever is to come "just now"."""

    def get_value(self, instance: Any) -> str:
        """Return the date on the town's clocks."""
        at = super().get_value(instance)
        return date_format(localtime(at), "SHORT_DATETIME_FORMAT") if at else ""


class AskedListing(PageListingViewSet):
    """Pages of one type, with how far each has come and its dates."""

    add_to_admin_menu = True
    columns = [
        *PageListingViewSet.columns[:2],
        Column("stage", label=_("Stage"), accessor=_stage),
        Moment("opens_at", label=_("Opens"), sort_key="opens_at"),
        Moment("closes_at", label=_("Closes"), sort_key="closes_at"),
        *PageListingViewSet.columns[3:],
    ]


class ConsultationListing(AskedListing):
    """Every consultation."""

    model = ConsultationPage
    icon = "help"
    menu_label = _("Consultations")
    menu_order = 110
    name = "consultations"


class HearingListing(AskedListing):
    """Every hearing."""

    model = HearingPage
    icon = "group"
    menu_label = _("Hearings")
    menu_order = 111
    name = "hearings"


@hooks.register("register_admin_viewset")
def register_consultations() -> AskedListing:
    """Put the list of consultations into the menu."""
    return ConsultationListing()


@hooks.register("register_admin_viewset")
def register_hearings() -> AskedListing:
    """Put the list of hearings into the menu."""
    return HearingListing()


class DraftFirst(CreateView):
    """Stores a new page as a draft before it is published, so that nothing is lost."""

    def publish_action(self) -> Any:
        """Publish the draft; the gate may keep it one."""
        self.form.instance.live = False
        return super().publish_action()


class ConsultationViews(PageViewSet):
    """How Wagtail makes a consultation."""

    model = ConsultationPage
    add_view_class = DraftFirst


class HearingViews(PageViewSet):
    """How Wagtail makes a hearing."""

    model = HearingPage
    add_view_class = DraftFirst


@hooks.register("register_admin_viewset")
def register_page_views() -> list[PageViewSet]:
    """Let new pages begin as drafts."""
    return [ConsultationViews(), HearingViews()]


class PublishingPolicyViewSet(SnippetViewSet):
    """Which publishing rules run where; Wagtail keeps the history."""

    model = PublishingPolicy
    icon = "list-ol"
    list_display = ["__str__", "preset"]
    edit_handler = ObjectList(
        [
            FieldPanel("site"),
            FieldPanel("preset"),
            FieldPanel("options"),
            FieldPanel("type_options"),
            FieldPanel("off"),
            FieldPanel("waivable"),
            FieldPanel("statement_contact"),
        ]
    )


class BarrierReportViewSet(SnippetViewSet):
    """What people say shuts them out."""

    model = BarrierReport
    icon = "warning"
    list_display = ["__str__", "where", "reported_at", "answered_at"]
    ordering = ["-reported_at"]
    edit_handler = ObjectList(
        [
            FieldPanel("what", read_only=True),
            FieldPanel("where", read_only=True),
            FieldPanel("email", read_only=True),
            FieldPanel("answer"),
            FieldPanel("answered_at"),
        ]
    )


class PublishingGroup(SnippetViewSetGroup):
    """What those keep who answer for publishing."""

    menu_label = _("Publishing")
    menu_icon = "circle-check"
    menu_order = 265
    items = (PublishingPolicyViewSet, BarrierReportViewSet)


register_snippet(PublishingGroup)


@hooks.register("register_permissions")
def permission_to_sign() -> Any:
    """Let administrators give the right to sign waivers to a group."""
    return Permission.objects.filter(
        content_type__app_label="forum", codename="sign_waiver"
    )


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
        '<link rel="stylesheet" href="{}">'
        '<script src="{}" data-url="{}" data-all="{}"></script>',
        static("forum/gate_admin.css"),
        static("forum/gate_live.js"),
        reverse("forum_admin:live", args=[0]),
        _t("The whole checklist"),
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
