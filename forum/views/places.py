"""Where in the editor a finding is: addresses that Wagtail's editor jumps to."""

from typing import Any

from django.urls import reverse

from moderation.rules.pages import Location

LISTS = ("body", "documents", "agenda", "corrections")


def address(page: Any, where: Location) -> str:
    """Return the address of the field or block in the editor of the page."""
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    path = content_path(page, where.path)
    return f"{edit}#:w:contentpath={path}" if path else edit


def content_path(page: Any, path: str) -> str:
    """Return a place of the rules as Wagtail names it: blocks by their ids."""
    name, _dot, rest = path.partition(".")
    if name == "minutes":
        return "minutes_published_at"
    if name not in {field.name for field in page._meta.get_fields()}:
        return ""
    number = rest.partition(".")[0]
    blocks = getattr(page, name, ()) if name in LISTS else ()
    if number.isdecimal() and int(number) < len(blocks):
        return f"{name}.{blocks[int(number)].id}"
    return name
