"""Counting how much a discussion is read, for the balanced order to make up for it."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db.models import F
from django.utils import timezone

from deliberation.choices import Sort
from deliberation.models import Discussion, VisitCount
from deliberation.queries.visits import Visit

# How often, at most, a process writes down what it counted.
STORE_SECONDS = 60
_DAY = timedelta(days=1)


def count(visit: Visit, *, sort: Sort, after: Sequence[int] | None) -> None:
    """Count the reading of a first page in the balanced order; others are no visit.

    Counts in the cache, and stores the number now and then.
    """
    if sort is not Sort.BALANCED or after:
        return
    key = _key(visit.discussion, timezone.localdate(visit.now))
    cache.add(key, 0, 2 * _DAY.total_seconds())
    # If the cache was emptied just now, one visit less does no harm.
    with suppress(ValueError):
        cache.incr(key)
    if cache.add(f"folkmoot:visits-stored:{visit.discussion.pk}", 1, STORE_SECONDS):
        store(visit.discussion, now=visit.now)


def store(discussion: Discussion, *, now: datetime) -> None:
    """Write down what was counted today, and what is left of yesterday."""
    today = timezone.localdate(now)
    for day in (today - _DAY, today):
        key = _key(discussion, day)
        counted = cache.get(key, 0)
        if counted:
            _add(discussion, day, counted)
            # The key may have ended in between, and with it what was just stored.
            with suppress(ValueError):
                cache.decr(key, counted)


def _add(discussion: Discussion, day: date, visits: int) -> None:
    known = VisitCount.objects.filter(discussion=discussion, day=day)
    if not known.update(visits=F("visits") + visits):
        # Whoever else begins the day at this moment may win; a few visits are no harm.
        new = VisitCount(discussion=discussion, day=day, visits=visits)
        VisitCount.objects.bulk_create([new], ignore_conflicts=True)


def _key(discussion: Discussion, day: date) -> str:
    return f"folkmoot:visits:{discussion.pk}:{day}"
