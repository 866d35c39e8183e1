"""What those keep who answer for publishing: policies, and reported barriers."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from forum.forms.policy import PolicyForm
from forum.models import BarrierReport, PublishingPolicy
from forum.services import barriers


class RulesPanel(Panel):
    """The table of rules in the form of a policy."""

    class BoundPanel(Panel.BoundPanel):
        """Shows the rows that the form has made."""

        template_name = "forum/admin/rules_panel.html"


class PublishingPolicyViewSet(SnippetViewSet):
    """Which publishing rules run where; Wagtail keeps the history."""

    model = PublishingPolicy
    icon = "list-ol"
    list_display = ["__str__", "preset"]
    edit_handler = ObjectList(
        [
            FieldPanel("site"),
            FieldPanel("preset"),
            RulesPanel(heading=_("Rules")),
            MultiFieldPanel(
                [
                    FieldPanel("statement_contact"),
                    FieldPanel("statement_enforcement"),
                    FieldPanel("statement_gaps"),
                    FieldPanel("statement_reviewed_on"),
                ],
                heading=_("Accessibility statement"),
            ),
        ],
        base_form_class=PolicyForm,
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
            FieldPanel("answered_at", read_only=True),
        ]
    )


class PublishingGroup(SnippetViewSetGroup):
    """What those keep who answer for publishing."""

    menu_label = _("Publishing")
    menu_icon = "circle-check"
    menu_order = 265
    items = (PublishingPolicyViewSet, BarrierReportViewSet)


register_snippet(PublishingGroup)


@hooks.register("after_edit_snippet")
def send_answer(request: HttpRequest, instance: Any) -> None:
    """Send an answer to whoever reported a barrier."""
    if isinstance(instance, BarrierReport):
        barriers.answer(case=instance, now=timezone.now())


@hooks.register("register_moderation_cases")
def reported_barriers(request: HttpRequest) -> Iterator[tuple[str, int, str]]:
    """Tell moderators in their queue what shuts people out."""
    if request.user.has_perm("forum.change_barrierreport"):
        waiting = BarrierReport.objects.filter(answered_at__isnull=True).count()
        url = reverse("wagtailsnippets_forum_barrierreport:list")
        yield _t("Reported barriers"), waiting, url


@hooks.register("register_permissions")
def permission_to_sign() -> Any:
    """Let administrators give the right to sign waivers to a group."""
    return Permission.objects.filter(
        content_type__app_label="forum", codename="sign_waiver"
    )
