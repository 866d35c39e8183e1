"""Where in the editor a finding is: addresses that Wagtail's editor jumps to."""

from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages import Location

LISTS = ("body", "documents", "agenda", "corrections", "recording", "rests_on")
# What is no field of its own has no name of its own.
OTHERS = {
    "sessions": gettext_lazy("Meetings"),
    "translations": gettext_lazy("Languages"),
}


def address(page: Any, where: Location) -> str:
    """Return the address of the field or block in the editor of the page.

    A page that was never saved is open in the editor: the place alone will do.
    """
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk]) if page.pk else ""
    path = content_path(page, where.path)
    return f"{edit}#:w:contentpath={path}" if path else edit


def label(page: Any, where: Location) -> str:
    """Return a place in the words of the editor: “Background, part 4: table”."""
    name, _dot, rest = where.path.partition(".")
    known = {field.name: field for field in page._meta.get_fields()}
    name = "minutes_published_at" if name == "minutes" else name
    if name not in known:
        return str(OTHERS.get(name, ""))
    title = capfirst(str(OTHERS.get(name) or known[name].verbose_name))
    number = rest.partition(".")[0]
    if not number.isdecimal():
        return title
    words = {"place": title, "number": int(number) + 1}
    blocks = getattr(page, name, ()) if name in LISTS else ()
    if int(number) < len(blocks):
        words["kind"] = blocks[int(number)].block.label
        return _("%(place)s, part %(number)d: %(kind)s") % words
    return _("%(place)s, part %(number)d") % words


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
