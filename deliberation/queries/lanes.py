"""The two lanes of the balanced order: what readers are owed today, and the rest."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.core.cache import cache
from django.db.models import Count, F, Q, Value
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from deliberation.models import Comment, CommentQuerySet, Discussion, VisitCount
from deliberation.ranking import exposure

# `Comment.place` is below this.
CIRCLE = 2**53
# So many are sorted sooner than found on the way around the circle.
FEW = 500
_COUNTED_SECONDS = 60
_DAY = timedelta(days=1)
# All that was written earlier counts as written on the first of them.
_MOST_DAYS = 3_650
_ALL = "all"


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
    roots: CommentQuerySet,
    discussion: Discussion,
    *,
    since: datetime | None,
    start: int,
    reached: Sequence[int],
    limit: int,
) -> tuple[list[int], list[int]]:
    """Return the ids of the threads that come next, of the owed and of the others.

    ``reached`` is place and id of the last one read of the owed, then of the others.
    At most ``limit`` of each stretch of the circle; one query.
    """
    # SQLite takes no limit in a part of a union, but in a subquery of one.
    stretches = [
        Comment.objects.filter(pk__in=stretch.values("pk")[:limit])
        .annotate(lane=Value(lane))
        .values_list("lane", "place", "pk")
        for lane, whole in enumerate(_lanes(roots, discussion, since))
        for stretch in _around(whole, start, *reached[2 * lane : 2 * lane + 2])
    ]
    rows = stretches[0].union(*stretches[1:], all=True)
    ids: tuple[list[int], list[int]] = ([], [])
    for _place, pk, lane in sorted(
        ((place - start) % CIRCLE, pk, lane) for lane, place, pk in rows
    ):
        ids[lane].append(pk)
    return ids


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


def _lanes(
    roots: CommentQuerySet, discussion: Discussion, since: datetime | None
) -> Iterator[CommentQuerySet]:
    """Yield the lanes, each read by the index that finds it sooner.

    Along the circle few would be far between, and many take long to sort. Databases
    do not know which are few, so the other index is closed to them: `Coalesce`.
    """
    if since is None:
        yield roots.alias(spot=F("place"))
        return
    for side, is_few in zip(("gte", "lt"), _are_few(discussion, since), strict=True):
        if is_few:
            by_time = roots.filter(**{f"created_at__{side}": since})
            yield by_time.alias(spot=Coalesce("place", "place"))
        else:
            closed = roots.alias(written=Coalesce("created_at", "created_at"))
            along = closed.filter(**{f"written__{side}": since})
            yield along.alias(spot=F("place"))


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


def _around(
    lane: CommentQuerySet, start: int, place: int, pk: int
) -> list[CommentQuerySet]:
    """Return what is left of the circle, as one or two ranges of the index."""
    beyond = Q(spot__gte=place) & (Q(spot__gt=place) | Q(pk__gt=pk))
    in_order = lane.order_by("spot", "pk")
    if place < start:
        return [in_order.filter(beyond, spot__lt=start)]
    return [in_order.filter(beyond), in_order.filter(spot__lt=start)]
