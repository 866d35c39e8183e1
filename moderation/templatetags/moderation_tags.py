"""What templates of the apps above need of moderation."""

from typing import Any

from django import template
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from moderation import contents, identity
from moderation.models import ModeratedContent
from moderation.queries import news

register = template.Library()


@register.simple_tag
def report_url(content: ModeratedContent) -> str:
    """Return the path of the page on which an item is reported."""
    kind = contents.of(content).kind
    return reverse("moderation:flag", args=[kind, content.pk])


@register.filter
def isolated(name: Any) -> SafeString:
    """Return a name for a sentence that may run in the other direction."""
    return format_html("<bdi>{}</bdi>", name)


@register.inclusion_tag("moderation/news_badge.html", takes_context=True)
def news_badge(context: dict[str, Any]) -> dict[str, Any]:
    """Show a link to what happened, with how much of it is new, to who takes part."""
    request = context.get("request")
    participant = identity.caller_of(request).participant if request else None
    return {
        "participant": participant,
        "count": news.count_new(participant) if participant else 0,
        "most": news.MOST_COUNTED,
    }


@register.simple_tag(takes_context=True)
def sign_in_url(context: dict[str, Any]) -> str:
    """Return where a site lets people sign in, and come back to this page."""
    here = context["request"].get_full_path()
    return redirect_to_login(here, resolve_url(settings.LOGIN_URL)).url
