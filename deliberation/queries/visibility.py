"""What may be seen: whatever hangs on a page is seen by whoever sees the page."""

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

from django.db.models import Exists, Q, QuerySet
from django.http import Http404, HttpRequest
from wagtail.models import Page, PageViewRestriction

from deliberation.models import Discussion, OpenWindow, Poll
from moderation.queries import sites
from moderation.queries.prepared import Given, GivenList, PreparedObjects

Window = TypeVar("Window", bound=OpenWindow)


def page_is_visible(page: Page, request: HttpRequest) -> bool:
    """Say whether whoever sends this request may see the page.

    It must be published, stand on the site that was asked, and every restriction on
    it and above it must accept the request. An editor's preview shows drafts.
    """
    if getattr(request, "is_preview", False):
        return True
    return _stands_here(page, request) and accepts(restrictions_on(page), request)


def restrictions_on(page: Page) -> Iterable[PageViewRestriction]:
    """Return the restrictions on a page and above it, in one query.

    An alias is restricted like the page that it shows.
    """
    step = Page.steplen
    above = [page.path[:end] for end in range(step, len(page.path) + 1, step)]
    found = _restrictions(len(above))
    return found.all(above=above)


@cache
def _restrictions(levels: int) -> PreparedObjects[PageViewRestriction]:
    above = GivenList("above", levels)
    here = Q(page__path__in=above)
    for aliases in ("page__aliases", "page__aliases__aliases"):
        here |= Q(**{f"{aliases}__path__in": above})
    return PreparedObjects(lambda: PageViewRestriction.objects.filter(here).distinct())


def accepts(restrictions: Iterable[PageViewRestriction], request: HttpRequest) -> bool:
    """Say whether every one of these restrictions lets the request pass."""
    return all(restriction.accept_request(request) for restriction in restrictions)


def discussion(pk: int, request: HttpRequest) -> Discussion:
    """Return a discussion with its page and policy, or raise Http404."""
    return window(Discussion, pk, request)


def poll(pk: int, request: HttpRequest) -> Poll:
    """Return a poll with its page and policy, or raise Http404."""
    return window(Poll, pk, request)


def poll_here(pk: int, request: HttpRequest) -> Poll:
    """Return a poll of this site, whoever may see it, or raise Http404."""
    found = Poll.objects.filter(pk=pk).select_related("page", "policy").first()
    if found is None or not _stands_here(found.page, request):
        raise Http404
    return found


def discussion_of(comment_pk: int, request: HttpRequest) -> Discussion:
    """Return the discussion in which a comment stands, or raise Http404."""
    return _first(_OF_COMMENT.all(pk=comment_pk), request)


def window(model: type[Window], pk: int, request: HttpRequest) -> Window:
    """Return what opens and closes on a page, or raise Http404."""
    query: PreparedObjects[Window] = _by_key(model)
    return _first(query.all(pk=pk), request)


def on_page(model: type[Window], page: Page, request: HttpRequest) -> Iterable[Window]:
    """Return the discussions or polls of a page that the request may see."""
    if page.pk is None or not page_is_visible(page, request):
        return []
    found = model._default_manager.filter(page=page.pk).select_related("policy")
    return found.order_by("section", "pk")


@cache
def _by_key(model: type[Window]) -> PreparedObjects[Window]:
    return PreparedObjects(
        lambda: _with_page(model._default_manager.filter(pk=Given("pk")))
    )


_OF_COMMENT = PreparedObjects[Discussion](
    lambda: _with_page(Discussion.objects.filter(comments=Given("pk")))
)


def _with_page(found: QuerySet[Window]) -> QuerySet[Window]:
    # Most sites restrict nothing, and are spared the look for what it is.
    any_at_all = Exists(PageViewRestriction.objects.all())
    whole: Any = found.select_related("page__locale", "policy")
    annotated: QuerySet[Window] = whole.annotate(pages_are_restricted=any_at_all)
    return annotated


def _first(found: Iterable[Window], request: HttpRequest) -> Window:
    for each in found:
        if not each.pages_are_restricted and _stands_here(each.page, request):
            return each
        if page_is_visible(each.page, request):
            return each
    raise Http404


def _stands_here(page: Page, request: HttpRequest) -> bool:
    return page.live and _is_on_site(page, request)


def _is_on_site(page: Page, request: HttpRequest) -> bool:
    site = sites.of_request(request)
    return site is not None and page.path.startswith(site.root_page.path)
