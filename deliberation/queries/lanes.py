"""The two lanes of the balanced order: what readers are owed today, and the rest."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from deliberation.models import Comment, Discussion, VisitCount
from deliberation.queries.visits import Visit
from deliberation.ranking import exposure
from moderation.queries import planned

# `Comment.place` is below this.
CIRCLE = 2**53
# So many are sorted sooner than found on the way around the circle.
FEW = 500
_COUNTED_SECONDS = 60
_DAY = timedelta(days=1)
# All that was written earlier counts as written on the first of them.
_MOST_DAYS = 3_650
_ALL = "all"
_LARGEST = 2**63 - 1
# The threads a reader may know of, as `threads` says it again when it reads them.
# PostgreSQL would answer EXISTS by reading all comments that there are into a hash.
# SQLite takes no limit in a part of a union, but in a subquery of one.
_STRETCH = """SELECT * FROM (
    SELECT {lane} AS lane, c.place, c.id FROM deliberation_comment c
    WHERE c.discussion_id = %s AND c.parent_id IS NULL
    AND (c.status IN ('published', 'hidden')
        OR c.status = 'held' AND (%s OR c.author_id = %s)
        OR (SELECT 1 FROM deliberation_comment r WHERE r.root_id = c.id
            AND (r.status IN ('published', 'hidden')
                OR r.status = 'held' AND (%s OR r.author_id = %s)) LIMIT 1) = 1)
    {side} AND {stretch}
    ORDER BY {spot}, c.id LIMIT %s) s"""


def owed_since(discussion: Discussion, *, now: datetime) -> datetime | None:
    """Return the midnight since which comments are owed readers; None says: all are.

    Found once per day: by one query for the comments and one for the visits.
    """
    today = timezone.localdate(now)
    key = f"folkmoot:owed:{discussion.pk}:{today}"
    found = cache.get(key)
    if found is None:
        found = _owed_since(discussion, today) or _ALL
        cache.set(key, found, _DAY.total_seconds())
    return None if found == _ALL else found


def following(
    visit: Visit,
    *,
    since: datetime | None,
    start: int,
    reached: Sequence[int],
    limit: int,
) -> tuple[list[int], list[int]]:
    """Return the ids of the threads that come next, of the owed and of the others.

    ``reached`` is place and id of the last one read of the owed, then of the others.
    At most ``limit`` of each stretch of the circle; one query, written by hand, since
    to build it anew would take longer than to answer it.
    """
    reader = visit.reader.sees_held, visit.reader.pk
    parts, params = [], []
    for lane, (side, spot) in enumerate(_lanes(visit.discussion, since)):
        for stretch, bounds in _around(start, *reached[2 * lane : 2 * lane + 2]):
            parts.append(
                _STRETCH.format(
                    lane=lane, side=side, stretch=stretch.format(spot=spot), spot=spot
                )
            )
            params += [visit.discussion.pk, *reader, *reader]
            params += [_adapted(since)] if side else []
            params += [min(max(bound, -_LARGEST), _LARGEST) for bound in bounds]
            params.append(limit)
    rows = planned.rows(" UNION ALL ".join(parts), params)
    ids: tuple[list[int], list[int]] = ([], [])
    for _place, pk, lane in sorted(
        ((place - start) % CIRCLE, pk, lane) for lane, place, pk in rows
    ):
        ids[lane].append(pk)
    return ids


def _adapted(since: datetime | None) -> Any:
    return connection.ops.adapt_datetimefield_value(since)


def _owed_since(discussion: Discussion, today: date) -> datetime | None:
    earliest = today - _MOST_DAYS * _DAY
    public = (
        Comment.objects.public()
        .roots()
        .filter(discussion=discussion, created_at__lt=_midnight(today))
    )
    by_day = public.order_by().annotate(day=TruncDate("created_at"))
    written: Counter[date] = Counter()
    for day, number in by_day.values_list("day").annotate(number=Count("pk")):
        written[max(day, earliest)] += number
    if not written:
        return None
    first = min(written)
    counts = VisitCount.objects.filter(discussion=discussion, day__gte=first)
    visits = dict(counts.values_list("day", "visits"))
    days = [first + n * _DAY for n in range((today - first).days)]
    owed = exposure.owed_from(
        [written[day] for day in days], [visits.get(day, 0) for day in days]
    )
    return _midnight(first + owed * _DAY) if owed else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _lanes(discussion: Discussion, since: datetime | None) -> Iterator[tuple[str, str]]:
    """Yield which comments are in each lane, and by what they are sorted.

    Along the circle few would be far between, and many take long to sort. Databases
    do not know which are few, so the index that would find them later is closed to
    them: `COALESCE`.
    """
    if since is None:
        yield "", "c.place"
        return
    for side, is_few in zip((">=", "<"), _are_few(discussion, since), strict=True):
        if is_few:
            yield f"AND c.created_at {side} %s", "COALESCE(c.place, c.place)"
        else:
            closed = "COALESCE(c.created_at, c.created_at)"
            yield f"AND {closed} {side} %s", "c.place"


def _are_few(discussion: Discussion, since: datetime) -> tuple[bool, bool]:
    key = f"folkmoot:few:{discussion.pk}:{since.timestamp()}"
    found: tuple[bool, bool] | None = cache.get(key)
    if found is None:
        roots = Comment.objects.roots().filter(discussion=discussion)
        owed = roots.filter(created_at__gte=since)
        others = roots.filter(created_at__lt=since)
        found = (owed[: FEW + 1].count() <= FEW, others[: FEW + 1].count() <= FEW)
        cache.set(key, found, _COUNTED_SECONDS)
    return found


def _around(start: int, place: int, pk: int) -> list[tuple[str, list[int]]]:
    """Return what is left of the circle, as one or two ranges of the index."""
    beyond = "{spot} >= %s AND ({spot} > %s OR c.id > %s)"
    bounds = [place, place, pk]
    if place < start:
        return [(f"{beyond} AND {{spot}} < %s", [*bounds, start])]
    return [(beyond, bounds), ("{spot} < %s", [start])]
