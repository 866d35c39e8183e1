"""Threads and polls for the template of any page."""

from typing import Any

from django import template
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page

from deliberation import identity
from deliberation.choices import Sort
from deliberation.forms.comments import CommentForm
from deliberation.models import Comment, Discussion, Poll, Question
from deliberation.queries import polls, threads, visibility, visits
from deliberation.queries.found import Wanted
from deliberation.queries.visits import Visit
from deliberation.services import visits as counting
from moderation.api import pages
from moderation.identity import caller_of
from moderation.queries import policies
from moderation.rules.length import Length

register = template.Library()

AVATARS = 6


@register.inclusion_tag("deliberation/threads_for.html", takes_context=True)
def threads_for(context: dict[str, Any], page: Page) -> dict[str, Any]:
    """Show all discussions of a page, as far as the request may see them."""
    request = context["request"]
    found = visibility.on_page(Discussion, page, request)
    now = timezone.now()
    return {
        "request": request,
        "visits": [identity.visit(request, each, now=now) for each in found],
    }


@register.inclusion_tag("deliberation/threads.html", takes_context=True)
def discussion_threads(
    context: dict[str, Any],
    visit: Visit,
    sort: Sort = Sort.BALANCED,
    after: Any = None,
) -> dict[str, Any]:
    """Show one page of a discussion's threads, with the composer below."""
    page = threads.page(visit, sort=sort, after=after)
    counting.count(visit, sort=sort, after=after)
    return {
        "request": context["request"],
        "visit": visit,
        "page": page,
        "cursor": pages.encode(*page.next) if page.next else "",
        "sort": sort,
        "sorts": Sort,
        "count": threads.public_count(visit.discussion),
        "form": CommentForm(discussion=visit.discussion),
    }


@register.inclusion_tag("deliberation/look_for.html")
def look_for(visit: Visit, wanted: Wanted | None = None) -> dict[str, Any]:
    """Show the form to look for comments in a discussion."""
    return {"visit": visit, "wanted": wanted, "languages": settings.LANGUAGES}


@register.inclusion_tag("deliberation/composer.html", takes_context=True)
def composer(
    context: dict[str, Any],
    visit: Visit,
    form: CommentForm,
    parent: Comment | None = None,
    level: int = 3,
    advised: object = None,
) -> dict[str, Any]:
    """Show the form for a comment, its rules before the field."""
    request = context["request"]
    return {
        "request": request,
        "visit": visit,
        "form": form,
        "parent": parent,
        "level": level,
        "advised": bool(advised) or form["advised"].value(),
        "house_rules": visits.house_rules(visit.policy, get_language() or ""),
        "sign_in": redirect_to_login(
            request.get_full_path(), resolve_url(settings.LOGIN_URL)
        ).url,
    }


@register.inclusion_tag("deliberation/poll_teasers.html", takes_context=True)
def polls_for(context: dict[str, Any], page: Page) -> dict[str, Any]:
    """Show all polls of a page in short, as far as the request may see them."""
    request = context["request"]
    found = visibility.on_page(Poll, page, request)
    participant = caller_of(request).participant
    now = timezone.now()
    asked = visibility.on_page(Question, page, request)
    return {
        "teasers": polls.teasers(found, participant=participant, now=now),
        "questions": [(each, each.stage_at(now)) for each in asked],
    }


@register.simple_tag
def longest(visit: Visit) -> int | None:
    """Return how many characters a comment may have, None without a limit."""
    rules = policies.rules_of(visit.policy)
    return next((rule.maximum for rule in rules if isinstance(rule, Length)), None)


@register.filter
def avatar(participant: Any) -> int:
    """Return which of the avatars' tints a participant has."""
    return participant.pk % AVATARS if participant else 0


@register.filter
def rendered(wording: Any) -> SafeString:
    """Return a wording's rendering, which was cleaned when it was written."""
    return mark_safe(wording.html)  # noqa: S308
