"""The orders in which threads are read: index ranges that continue after a position.

A position is what a cursor holds, the place of the last thread shown: a tuple of as
many whole numbers as `Order.length` says. No order ever skips rows by counting them.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from deliberation.choices import Sort
from deliberation.models import Comment, CommentQuerySet, Discussion

Position = tuple[int, ...]

# `Comment.place` is below this.
CIRCLE = 2**53
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# In microseconds; some 4,500 years later.
_LATEST = 2**57
# Above every score: they are millionths between -0.5 and 0.5.
_HIGHEST = 10**6


@dataclass(frozen=True)
class Order(ABC):
    """One order of threads."""

    length = 2

    @abstractmethod
    def take(
        self, roots: CommentQuerySet, after: Sequence[int] | None, limit: int
    ) -> list[Comment]:
        """Return the next threads after a position, at most `limit`."""

    @abstractmethod
    def position(self, root: Comment) -> Position:
        """Return where a thread stands."""


@dataclass(frozen=True)
class ByTime(Order):
    """The latest or the first one on top."""

    newest_first: bool

    def take(
        self, roots: CommentQuerySet, after: Sequence[int] | None, limit: int
    ) -> list[Comment]:
        if after:
            roots = roots.filter(self._beyond(*after))
        ordered = roots.newest_first() if self.newest_first else roots.oldest_first()
        return list(ordered[:limit])

    def position(self, root: Comment) -> Position:
        return ((root.created_at - _EPOCH) // timedelta(microseconds=1), root.pk)

    def _beyond(self, microseconds: int, pk: int) -> Q:
        within = min(max(microseconds, 0), _LATEST)
        moment = _EPOCH + timedelta(microseconds=within)
        side = "lt" if self.newest_first else "gt"
        # Said twice, so that the database sees one range of its index.
        return Q(**{f"created_at__{side}e": moment}) & (
            Q(**{f"created_at__{side}": moment}) | Q(**{f"pk__{side}": pk})
        )


@dataclass(frozen=True)
class Balanced(Order):
    """Once around the circle of random places, from the reader's own start.

    Each comment gets a random place when it is written; each reader begins elsewhere
    each day. Nobody can know where others begin, so no place is worth having.
    """

    start: int
    length = 3

    def take(
        self, roots: CommentQuerySet, after: Sequence[int] | None, limit: int
    ) -> list[Comment]:
        start, place, pk = after or (self.start, self.start, 0)
        beyond = Q(place__gte=place) & (Q(place__gt=place) | Q(pk__gt=pk))
        in_order = roots.order_by("place", "pk")
        if place < start:
            return list(in_order.filter(beyond, place__lt=start)[:limit])
        found = list(in_order.filter(beyond)[:limit])
        if len(found) < limit:
            found += in_order.filter(place__lt=start)[: limit - len(found)]
        return found

    def position(self, root: Comment) -> Position:
        return (self.start, root.place, root.pk)


@dataclass(frozen=True)
class Bridging(Order):
    """Support across sides, the highest first; equals in random places.

    What is neutral, at first everything, is mixed as in the balanced order.
    """

    start: int
    length = 4

    def take(
        self, roots: CommentQuerySet, after: Sequence[int] | None, limit: int
    ) -> list[Comment]:
        found: list[Comment] = []
        ranked = roots.order_by("-bridging", "place", "pk")
        for part in self._parts(*(after or (self.start, _HIGHEST, 0, 0))):
            found += ranked.filter(part)[: limit - len(found)]
            if len(found) == limit:
                break
        return found

    def _parts(self, start: int, score: int, place: int, pk: int) -> list[Q]:
        """Return what comes after a position as ranges of the index."""
        beyond = Q(bridging__lte=score) & (
            Q(bridging__lt=score)
            | Q(place__gte=place) & (Q(place__gt=place) | Q(pk__gt=pk))
        )
        liked = Q(bridging__gt=0)
        neutral = Q(bridging=0, place__gte=start)
        rest = Q(bridging=0, place__lt=start) | Q(bridging__lt=0)
        if score > 0:
            return [liked & beyond, neutral, rest & Q(bridging__lte=0)]
        if score == 0 and place >= start:
            return [neutral & beyond, rest & Q(bridging__lte=0)]
        return [rest & beyond]

    def position(self, root: Comment) -> Position:
        return (self.start, root.bridging, root.place, root.pk)


_MIXED = {Sort.BALANCED: Balanced, Sort.BRIDGING: Bridging}


def order(
    sort: Sort, *, discussion: Discussion, reader_key: str, now: datetime
) -> Order:
    """Return an order as one reader sees it on one day."""
    if sort in _MIXED:
        return _MIXED[sort](_start(discussion, reader_key, now))
    return ByTime(newest_first=sort is Sort.NEWEST)


def length(sort: Sort) -> int:
    """Return of how many numbers a position in this order consists."""
    return _MIXED[sort].length if sort in _MIXED else ByTime.length


def _start(discussion: Discussion, reader_key: str, now: datetime) -> int:
    told = f"{discussion.pk}:{timezone.localdate(now)}:{reader_key}"
    secret = salted_hmac("deliberation.balanced", told, algorithm="sha256")
    return int(secret.hexdigest(), 16) % CIRCLE
