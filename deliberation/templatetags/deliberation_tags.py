"""Threads and polls for the template of any page."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django import template
from django.apps import apps
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_htmx.jinja import htmx_script
from wagtail.models import Page

from deliberation import addresses, fragments, identity, visited
from deliberation.choices import CommentStance, Sort, Stage
from deliberation.forms.comments import CommentForm
from deliberation.models import Comment, Discussion, Poll, Question
from deliberation.queries import (
    arrivals,
    citations,
    following,
    polls,
    threads,
    visibility,
    visits,
)
from deliberation.queries.advice import Advice
from deliberation.queries.found import Wanted
from deliberation.queries.nodes import Node
from deliberation.queries.visits import Visit
from deliberation.services import attachments
from deliberation.services import visits as counting
from deliberation.stencils import Mark
from moderation.api import pages
from moderation.identity import caller_of
from moderation.queries import policies
from moderation.rules.length import Length
from moderation.services import translations

register = template.Library()


@register.simple_tag
def smoother() -> SafeString | str:
    """Load htmx where a site has its files; links and forms work without."""
    return htmx_script() if apps.is_installed("django_htmx") else ""


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
    count, new = arrivals.counts(visit)
    counting.count(visit, sort=sort, after=after)
    visited.note(context["request"], visit.discussion.pk, now=visit.now)
    return {
        "request": context["request"],
        "visit": visit,
        "page": page,
        "has_threads": bool(page.nodes or count),
        "is_later": after is not None,
        "cursor": pages.encode(*page.next) if page.next else "",
        "sort": sort,
        "sorts": Sort,
        "count": count,
        "new": new,
        "form": visit.may_take_part and CommentForm(discussion=visit.discussion),
    }


@register.simple_tag(takes_context=True)
def comments(
    context: dict[str, Any],
    nodes: Iterable[Node],
    *,
    continues: bool = False,
    asked: int | None = None,
    told_at: int | None = None,
) -> SafeString:
    """Show comments with the replies below them, as the items of a list.

    `continues` says that the rest of a thread is on a page of its own, `asked` which
    comment is to be marked, `told_at` at which one stands what the page has to tell.
    """
    told = fragments.not_yet_told(context.get("messages")) if told_at else ""
    around = fragments.Surroundings(
        here=context["request"].get_full_path(),
        token=str(context.get("csrf_token", "")),
        sort=str(context.get("sort", "")),
        continues=continues,
        asked=asked,
        told_at=told_at,
        told=told,
    )
    shown = (f"<li>{fragments.thread(node, around)}</li>" for node in nodes)
    return mark_safe("".join(shown))  # noqa: S308


@register.simple_tag
def comment_url(pk: int) -> str:
    """Return the address of a comment in its thread."""
    return addresses.of_comment(pk)


@register.simple_tag
def look_for(visit: Visit, wanted: Wanted | None = None) -> SafeString:
    """Show the form to look for comments in a discussion."""
    return fragments.kept(
        "deliberation/look_for.html",
        key=visit.discussion.pk,
        wanted=wanted,
        languages=tuple(settings.LANGUAGES),
        stances=tuple(CommentStance),
        themes=visit.discussion.themes,
    )


@register.inclusion_tag("deliberation/composer.html", takes_context=True)
def composer(
    context: dict[str, Any],
    visit: Visit,
    form: CommentForm | None,
    parent: Comment | None = None,
    level: int = 3,
    advice: Advice | None = None,
    pictures: object = None,
    unsent: object = None,
) -> dict[str, Any]:
    """Show the form for a comment, its rules before the field."""
    request = context["request"]
    place = f"reply-{parent.pk}" if parent else f"comment-{visit.discussion.pk}"
    return {
        "request": request,
        "place": f"composer-{place}",
        "visit": visit,
        "form": form,
        "parent": parent,
        "level": level,
        "pictures": pictures,
        "unsent": unsent,
        "admits_pictures": attachments.admits(visit.policy),
        "admits_documents": attachments.admits_documents(visit.policy),
        "advised": advice.shown if advice else (form and form["advised"].value()),
        # Asked for only where somebody may write.
        "house_rules": partial(visits.house_rules, visit.policy, get_language() or ""),
        "limits": partial(visits.limits, visit.policy, visit.reader.participant),
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


@register.inclusion_tag("deliberation/follow.html", takes_context=True)
def follow_discussion(context: dict[str, Any], visit: Visit) -> dict[str, Any]:
    """Show the button by which one is told of new comments.

    Where none can come any more it ends a following only.
    """
    pk = visit.discussion.pk
    found = _follow(
        context,
        address=reverse("deliberation:follow", args=[pk]),
        what=_("new comments in this discussion"),
        discussion_id=pk,
    )
    is_over = visit.stage is Stage.CLOSED and not found["is_following"]
    return found | {"is_over": is_over}


@register.inclusion_tag("deliberation/follow.html", takes_context=True)
def follow_page(
    context: dict[str, Any], page: Page, stage: Stage | None = None
) -> dict[str, Any]:
    """Show the button by which one is told of a page's stages.

    Of one that is answered there is no more to be told.
    """
    found = _follow(
        context,
        address=reverse("deliberation:follow_page", args=[page.pk or 0]),
        what=_("when it opens, when it closes soon, and what came of it"),
        page_id=page.pk,
    )
    is_over = stage is Stage.ANSWERED and not found["is_following"]
    return found | {"is_over": is_over}


def _follow(
    context: dict[str, Any], *, address: str, what: str, **place: int
) -> dict[str, Any]:
    request = context["request"]
    caller = caller_of(request)
    back = request.get_full_path()
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "address": address,
        "back": back,
        "what": what,
        "is_known": caller.is_known,
        "is_following": following.is_following(caller.participant, **place),
        "sign_in": redirect_to_login(back, resolve_url(settings.LOGIN_URL)).url,
    }


@register.simple_tag
def longest(visit: Visit) -> int | None:
    """Return how many characters a comment may have, None without a limit."""
    rules = policies.rules_of(visit.policy)
    return next((rule.maximum for rule in rules if isinstance(rule, Length)), None)


@register.simple_tag
def citations_of(page: Page) -> list[citations.Line]:
    """Return what the answer on a page rests on, as far as it can be read."""
    return citations.of_page(page)


@register.filter
def initial(node: Node) -> str:
    """Return the letter in the place of a portrait."""
    if isinstance(node.author, Mark):
        return Mark("initial")
    return (node.author or "?")[:1]


@register.filter
def avatar(node: Node) -> str:
    """Return which of the avatars' tints an author has."""
    if isinstance(node.author, Mark):
        return Mark("avatar")
    return str(fragments.tint(node.source.author_id))


@register.filter
def moment(at: datetime) -> str:
    """Return a moment as people read it."""
    return Mark("moment") if isinstance(at, Mark) else fragments.moment(at)


@register.filter
def machine(at: datetime) -> str:
    """Return a moment as programs read it."""
    return at if isinstance(at, Mark) else at.isoformat()


@register.filter
def is_translated_into(source: str, target: str) -> bool:
    """Say whether a text in one language can be read in another by a machine."""
    return translations.is_offered(source, target)


@register.filter
def rendered(wording: Any) -> SafeString:
    """Return a wording's rendering, which was cleaned when it was written."""
    return mark_safe(wording.html)  # noqa: S308
