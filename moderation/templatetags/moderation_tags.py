"""What templates of the apps above need of moderation."""

from django import template
from django.urls import reverse

from moderation import contents
from moderation.models import ModeratedContent

register = template.Library()


@register.simple_tag
def report_url(content: ModeratedContent) -> str:
    """Return the path of the page on which an item is reported."""
    kind = contents.of(content).kind
    return reverse("moderation:flag", args=[kind, content.pk])
