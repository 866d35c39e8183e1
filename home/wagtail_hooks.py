"""Gives the editors' side the look of the site it belongs to."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def colours() -> SafeString:
    """Name the style sheet that recolours Wagtail."""
    return format_html('<link rel="stylesheet" href="{}">', static("home/cms.css"))
