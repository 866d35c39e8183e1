"""What an editor sees first in the admin: their pages, and what is owed."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.ui.components import Component

from forum.queries import in_hand


class InHandPanel(Component):
    """Consultations and hearings that are not done with."""

    name = "in_hand"
    order = 90
    template_name = "forum/admin/in_hand.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Name the pages, how far they are and what is owed on them."""
        request = parent_context["request"]
        return {
            "pages": in_hand.of(request.user, now=timezone.now()),
            "request": request,
        }


@hooks.register("construct_homepage_panels")
def in_hand_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Put the panel before Wagtail's own."""
    panels.append(InHandPanel())
