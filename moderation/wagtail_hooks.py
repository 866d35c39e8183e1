"""Moderation's place in the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from moderation.forms.rules import RulesWidget
from moderation.forms.snippets import (
    HouseRuleForm,
    LanguageForm,
    PolicyForm,
    StandingForm,
)
from moderation.models import (
    Assignment,
    HouseRule,
    Participant,
    Policy,
    SavedReply,
)
from moderation.queries import desk, queue
from moderation.urls import admin_urlpatterns


class QueueMenuItem(MenuItem):
    """Leads to the queue and says how much waits."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("moderation.review_content"))

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        if waiting := queue.count(desk=desk.of(request.user)):
            component.label = f"{component.label} ({waiting})"
        return component


class QueueSummaryItem(SummaryItem):
    """What waits, on the first page of the admin."""

    order = 50
    template_name = "moderation/admin/summary.html"

    def is_shown(self) -> bool:
        return bool(self.request.user.has_perm("moderation.review_content"))

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        own = desk.of(self.request.user)
        return {
            "waiting": queue.count(desk=own),
            "overdue": queue.count_overdue(now=timezone.now(), desk=own),
            "url": reverse("moderation_admin:queue"),
        }


class PolicyViewSet(SnippetViewSet):
    """Which rules run where."""

    model = Policy
    icon = "list-ol"
    list_display = ["name", "review", "is_default"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("is_default"),
            FieldPanel("review"),
            FieldPanel("guests_may_comment"),
            FieldPanel("guests_may_vote"),
            FieldPanel("asks_to_agree"),
            FieldPanel("attachments"),
            FieldPanel("edit_minutes"),
            FieldRowPanel([FieldPanel("known_after"), FieldPanel("known_days")]),
            FieldRowPanel([FieldPanel("trusted_after"), FieldPanel("trusted_days")]),
            FieldPanel("hides_on_reports"),
            FieldPanel("hiding_score"),
            FieldPanel("erasure"),
            FieldPanel("keep_hidden_days"),
            FieldPanel("house_rules"),
            FieldPanel("redress"),
            HelpPanel(template="moderation/admin/dry_run_link.html"),
            FieldPanel(
                "rules",
                widget=RulesWidget,
                help_text=_("Those that are ticked run, in the order of their places."),
            ),
        ],
        base_form_class=PolicyForm,
    )


class HouseRuleViewSet(SnippetViewSet):
    """What decisions quote."""

    model = HouseRule
    icon = "openquote"
    list_display = ["title", "code", "language", "version", "is_retired"]
    list_filter = ["language", "is_retired"]
    edit_handler = ObjectList(
        [
            FieldPanel("code"),
            FieldPanel("language"),
            FieldPanel("title"),
            FieldPanel("text"),
            FieldPanel("category"),
            FieldPanel("is_retired"),
        ],
        base_form_class=HouseRuleForm,
    )


class OnlyLookAndChange(ModelPermissionPolicy):
    """Participants come and go by themselves: nobody adds or deletes them here."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action in {"add", "delete"}:
            return False
        return bool(super().user_has_permission(user, action))

    def user_has_permission_for_instance(
        self, user: Any, action: str, instance: Any
    ) -> bool:
        return self.user_has_permission(user, action)


class ParticipantViewSet(SnippetViewSet):
    """Who takes part; only the standing is changed here."""

    model = Participant
    icon = "group"
    list_display = ["pseudonym", "standing", "created_at"]
    list_filter = ["standing"]
    search_fields = ["pseudonym"]
    ordering = ["-created_at"]
    inspect_view_enabled = True
    inspect_view_fields = ["pseudonym", "standing", "language", "created_at"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [FieldPanel("pseudonym", read_only=True), FieldPanel("standing")],
        base_form_class=StandingForm,
    )


class AssignmentViewSet(SnippetViewSet):
    """Who moderates which page. As long as there is none, everybody moderates all."""

    model = Assignment
    icon = "user"
    list_display = ["account", "page"]
    copy_view_enabled = False
    edit_handler = ObjectList([FieldPanel("account"), FieldPanel("page")])


class SavedReplyViewSet(SnippetViewSet):
    """Reasons that are needed often."""

    model = SavedReply
    icon = "comment"
    list_display = ["title", "rule_id", "language"]
    list_filter = ["rule_id", "language"]
    edit_handler = ObjectList(
        [
            FieldPanel("rule_id"),
            FieldPanel("language"),
            FieldPanel("title"),
            FieldPanel("text"),
        ],
        base_form_class=LanguageForm,
    )


class ModerationGroup(SnippetViewSetGroup):
    """The lists that lead moderators keep."""

    menu_label = _("Taking part")
    menu_icon = "group"
    menu_order = 260
    items = (
        PolicyViewSet,
        HouseRuleViewSet,
        SavedReplyViewSet,
        ParticipantViewSet,
        AssignmentViewSet,
    )


register_permission_policy(Participant, OnlyLookAndChange(Participant))
register_snippet(ModerationGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    """Put the queue below the admin's address."""
    return [path("", include((admin_urlpatterns, "moderation_admin")))]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """Put the queue into the admin's menu."""
    return QueueMenuItem(
        _("Moderation"),
        reverse("moderation_admin:queue"),
        name="moderation",
        icon_name="warning",
        order=250,
    )


@hooks.register("insert_global_admin_css")
def styles() -> str:
    """Lay out the rules of a policy where snippets are edited."""
    sheet = static("moderation/admin.css")
    return format_html('<link rel="stylesheet" href="{}">', sheet)


@hooks.register("construct_homepage_summary_items")
def summary(request: HttpRequest, items: list[Any]) -> None:
    """Show what waits on the first page of the admin."""
    items.append(QueueSummaryItem(request))


@hooks.register("register_snippet_listing_buttons")
def dry_run_button(snippet: Any, user: Any, next_url: str | None = None) -> Any:
    """Lead from a policy to what it would have done."""
    if isinstance(snippet, Policy) and user.has_perm("moderation.change_policy"):
        yield Button(
            _("Dry run"),
            reverse("moderation_admin:dry_run", args=[snippet.pk]),
            icon_name="view",
            priority=40,
        )
