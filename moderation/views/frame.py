"""The frame that Wagtail puts around every page of the moderators' desk."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def frame(title: str, *, icon: str, below: str = "") -> dict[str, Any]:
    """Return what Wagtail's templates want to know of a page of this title.

    `below` names the list that the page belongs to, if it is not the queue.
    """
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("moderation_admin:queue"), "label": _("Moderation")},
    ]
    if below == "appeals":
        address = reverse("moderation_admin:appeals")
        trail.append({"url": address, "label": _("Appeals")})
    return {
        "header_title": title,
        "page_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [*trail, {"url": "", "label": title}],
    }
