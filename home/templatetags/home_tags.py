"""What every page of the site shows."""

from typing import Any

from django import template
from django.template import Context

from home import menu

register = template.Library()


@register.simple_tag(takes_context=True)
def main_menu(context: Context) -> tuple[Any, ...]:
    """Return the entries of the main menu."""
    request = context.get("request")
    return menu.of(request) if request else ()
