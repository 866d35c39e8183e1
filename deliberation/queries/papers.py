"""Ballot papers: what every vote asks about a poll, kept for a few seconds.

Whether the page stands on the site, who it is restricted to, and which policy holds.
Dates, statements and whether the page is published are read anew for each vote.
"""

import uuid
from dataclasses import dataclass

from django.core.cache import cache
from django.http import Http404, HttpRequest
from wagtail.models import PageViewRestriction

from deliberation.models import Statement
from deliberation.queries import visibility
from moderation.models import Policy
from moderation.queries import policies
from moderation.queries.prepared import Given, PreparedQuery

# How long another process, with a cache of its own, may not hear of a change.
SECONDS = 5
_GENERATION = "folkmoot:papers"
# Which poll a statement belongs to never changes.
_POLL_SECONDS = 3600
_POLL = PreparedQuery(
    lambda: Statement.objects.filter(pk=Given("pk")).values_list("poll_id")
)


@dataclass(frozen=True)
class Paper:
    """One poll as it is seen on one site."""

    policy: Policy
    restrictions: tuple[PageViewRestriction, ...]
    generation: str


def of(poll_id: int, request: HttpRequest) -> Paper:
    """Return the paper of a poll, or raise Http404 for whom it is not."""
    key = f"folkmoot:paper:{poll_id}:{request.get_host()}"
    kept = cache.get_many([_GENERATION, key])
    generation, paper = kept.get(_GENERATION, ""), kept.get(key)
    if paper is None or paper.generation != generation:
        paper = _prepared(poll_id, request, generation)
        cache.set(key, paper, SECONDS)
    if not visibility.accepts(paper.restrictions, request):
        raise Http404
    return paper


def poll_of(statement_id: int) -> int:
    """Return the poll that a statement belongs to, or raise Http404."""
    key = f"folkmoot:poll-of:{statement_id}"
    poll_id: int | None = cache.get(key)
    if poll_id is None:
        row = _POLL.first(pk=statement_id)
        if row is None:
            raise Http404
        (poll_id,) = row
        cache.set(key, poll_id, _POLL_SECONDS)
    return poll_id


def forget() -> None:
    """Let all papers be made anew: a page, poll, policy or restriction changed."""
    cache.set(_GENERATION, uuid.uuid4().hex, None)


def _prepared(poll_id: int, request: HttpRequest, generation: str) -> Paper:
    poll = visibility.poll_here(poll_id, request)
    restrictions = tuple(poll.page.get_view_restrictions())
    return Paper(policies.of(poll), restrictions, generation)
