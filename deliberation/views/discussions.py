"""The page of a discussion, and its feed."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urljoin

from django.conf import settings
from django.contrib import messages
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from deliberation import addresses, identity, sentences, tasks, visited
from deliberation.choices import Channel, CommentStance, Sort
from deliberation.models import Comment, Discussion
from deliberation.queries import arrivals, figures, orders, visibility
from deliberation.queries import found as looking
from deliberation.queries.found import Wanted
from deliberation.queries.visits import Visit
from deliberation.services import labels
from moderation import language as language_of
from moderation.api import pages

FEED_LENGTH = 50
_SECONDS = re.compile(r"[0-9]{1,10}(\.[0-9]{1,6})?")
# What is said of a filter that a link has no right value for.
_LEFT_OUT = {
    "language": gettext_lazy(
        "There is no such language here. Comments in any are shown."
    ),
    "stance": gettext_lazy("There is no such kind of comment. All kinds are shown."),
    "official": gettext_lazy(
        "This link does not say whether you want official answers only."
    ),
    "since": gettext_lazy("This link does not say since when. All comments are shown."),
}
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# In a text every < that begins no tag is escaped.
_WITHIN_SITE = re.compile(r'(<a [^>]*?\bhref=")(?=/)')


@require_safe
def discussion(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the threads of a discussion, in the order the reader chose."""
    found = visibility.discussion(pk, request)
    sort = _sort(request)
    if sort is Sort.BRIDGING:
        tasks.catch_up_ranking(found)
    visit = identity.visit(request, found, now=timezone.now())
    wanted = _wanted(request, found, sort)
    if wanted:
        return _found(request, visit, wanted)
    context = {
        "discussion": found,
        "visit": visit,
        "sort": sort,
        "after": _after(request, orders.length(sort)),
    }
    response = render(request, "deliberation/discussion.html", context)
    visited.remember(request, response)
    return response


@require_safe
def shared(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how evenly a discussion is shared among those who take part."""
    discussion = visibility.discussion(pk, request)
    found = figures.of(discussion)
    shares = [
        (_("Comments by the most active tenth"), found.top_share),
        (_("Authors who wrote for the first time"), found.newcomers),
        (_("Threads without an answer by somebody else"), found.unanswered),
        *(
            (
                _("Comments in “%(language)s”") % {"language": _language(code)},
                each / found.comments,
            )
            for code, each in found.languages
        ),
        *(
            (
                _came_in(Channel(channel)),
                each / found.comments,
            )
            for channel, each in found.channels
        ),
    ]
    context = {
        "visit": identity.visit(request, discussion, now=timezone.now()),
        "figures": found,
        "sentences": sentences.equality(found),
        "gini_percent": found.gini is not None and round(found.gini * 100),
        "shares": [
            {
                "label": label,
                "percent": round(share * 100),
                "told": sentences.percent(share),
            }
            for label, share in shares
            if share is not None
        ],
    }
    return render(request, "deliberation/figures.html", context)


def _came_in(channel: Channel) -> str:
    if channel == Channel.ONLINE:
        return _("Comments written online")
    return _("Comments that came in %(way)s") % {"way": channel.label}


def _language(code: str) -> str:
    """Return the name of a language in the one being read."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


class _WholeLinks(Atom1Feed):
    """An Atom feed in whose texts links lead to this site, wherever they are read."""

    def add_item(
        self, title: str, link: str, description: str, *more: Any, **named: Any
    ) -> None:
        """Add a comment, its links within the site as whole addresses."""
        site = urljoin(link, "/").rstrip("/")
        whole = _WITHIN_SITE.sub(rf"\1{site}", description)
        super().add_item(title, link, whole, *more, **named)


class DiscussionFeed(Feed):
    """The latest public comments of a discussion."""

    feed_type = _WholeLinks

    def get_object(self, request: HttpRequest, pk: int) -> Discussion:
        """Return the discussion if the request may see it."""
        return visibility.discussion(pk, request)

    def title(self, obj: Discussion) -> str:
        """Name the feed after the discussion."""
        return _serializable(obj.title)

    def link(self, obj: Discussion) -> str:
        """Lead to the discussion."""
        return reverse("deliberation:discussion", args=[obj.pk])

    def items(self, obj: Discussion) -> Sequence[Comment]:
        """Return what everyone may read."""
        return arrivals.latest(obj, limit=FEED_LENGTH)

    def item_title(self, item: Comment) -> str:
        """Say who wrote."""
        name = item.author.pseudonym if item.author else _("Somebody")
        return _serializable(_("%(name)s wrote") % {"name": name})

    def item_description(self, item: Comment) -> str:
        """Return the safe rendering, in its language."""
        html = mark_safe(_serializable(item.html))  # noqa: S308
        return format_html(
            '<div lang="{}" dir="{}">{}</div>', item.language, item.dir, html
        )

    def item_link(self, item: Comment) -> str:
        """Lead to the comment in its thread."""
        return addresses.of_comment(item.pk)

    def item_pubdate(self, item: Comment) -> datetime:
        """Return since when it can be read."""
        return item.shown_since

    def item_updateddate(self, item: Comment) -> datetime:
        """Return when it was last changed."""
        return max(item.edited_at or item.created_at, item.shown_since)


def _serializable(text: str) -> str:
    """Leave out the characters that XML has no way to write."""
    return _NOT_IN_XML.sub("", text)


def _found(request: HttpRequest, visit: Visit, wanted: Wanted) -> HttpResponse:
    after = _after(request, looking.LENGTH)
    page = looking.page(visit, wanted, after=after)
    is_all = after is None and page.next is None
    context = {
        "visit": visit,
        "wanted": wanted,
        "page": page,
        "count": len(page.nodes) if is_all else looking.count(visit, wanted),
        "most": looking.MOST,
        "is_later": after is not None,
        "asked": urlencode(
            {
                "q": wanted.words,
                "language": wanted.language,
                "stance": wanted.stance,
                "theme": wanted.theme,
                "official": "1" if wanted.official else "",
                "since": f"{wanted.since.timestamp():.6f}" if wanted.since else "",
            }
        ),
        "sorts": [Sort.NEWEST, Sort.OLDEST],
        "sort": Sort.OLDEST if wanted.oldest_first else Sort.NEWEST,
        "cursor": pages.encode(*page.next) if page.next else "",
    }
    return render(request, "deliberation/found.html", context)


def _wanted(request: HttpRequest, discussion: Discussion, sort: Sort) -> Wanted:
    theme = request.GET.get("theme", "")
    try:
        labels.require_known_theme(theme, discussion)
    except labels.UnknownTheme as error:
        messages.warning(request, error.message)
        theme = ""
    since = _known(request, "since", _SECONDS.fullmatch)
    wanted = Wanted(
        words=request.GET.get("q", "")[: looking.LONGEST],
        language=language_of.spelled(_known(request, "language", _is_spoken)),
        stance=_known(request, "stance", CommentStance.values.__contains__),
        theme=theme,
        official=bool(_known(request, "official", "1".__eq__)),
        since=datetime.fromtimestamp(float(since), UTC) if since else None,
        oldest_first=sort is Sort.OLDEST,
    )
    if wanted.words and not wanted.phrases:
        messages.warning(request, _("There is no word in what you look for."))
    return wanted


def _known(request: HttpRequest, key: str, is_known: Callable[[str], object]) -> str:
    """Return what a link asks for, or say that it is left out and return nothing."""
    value = request.GET.get(key, "")
    if not value or is_known(value):
        return value
    messages.warning(request, _LEFT_OUT[key])
    return ""


def _is_spoken(code: str) -> bool:
    return language_of.spelled(code) in dict(settings.LANGUAGES)


def _sort(request: HttpRequest) -> Sort:
    wanted = request.GET.get("sort", Sort.BALANCED)
    if wanted in Sort.values:
        return Sort(wanted)
    messages.warning(request, _("There is no such order. This is the balanced one."))
    return Sort.BALANCED


def _after(request: HttpRequest, length: int) -> Any:
    try:
        cursor = request.GET.get("cursor", "")
        return pages.decode(cursor, *[int] * length)
    except pages.BadCursor:
        messages.warning(
            request, _("This link has no place in this order. This is the beginning.")
        )
        return None
