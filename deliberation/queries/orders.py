"""The orders in which threads are read: index ranges that continue after a position.

A position is what a cursor holds, the place of the last thread shown: a tuple of as
many whole numbers as `Order.length` says. No order ever skips rows by counting them.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from deliberation.choices import Sort
from deliberation.models import Comment, CommentQuerySet
from deliberation.queries import lanes
from deliberation.queries.visits import Visit
from deliberation.ranking import exposure

Position = tuple[int, ...]
# Builds a query, which takes longer than to do without it.
Roots = Callable[[], CommentQuerySet]

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
    def take(self, roots: Roots, after: Sequence[int] | None, limit: int) -> list[int]:
        """Return the ids of the next threads after a position, at most `limit`."""

    @abstractmethod
    def position(
        self, shown: Sequence[Comment], after: Sequence[int] | None
    ) -> Position:
        """Return where a reader is who was shown these threads after a position."""


@dataclass(frozen=True)
class ByTime(Order):
    """The latest or the first one on top."""

    newest_first: bool

    def take(self, roots: Roots, after: Sequence[int] | None, limit: int) -> list[int]:
        found = roots()
        if after:
            found = found.filter(self._beyond(*after))
        ordered = found.newest_first() if self.newest_first else found.oldest_first()
        return list(ordered.values_list("pk", flat=True)[:limit])

    def position(
        self, shown: Sequence[Comment], after: Sequence[int] | None
    ) -> Position:
        return (_microseconds(shown[-1].created_at), shown[-1].pk)

    def _beyond(self, microseconds: int, pk: int) -> Q:
        moment = _moment(microseconds)
        side = "lt" if self.newest_first else "gt"
        # Said twice, so that the database sees one range of its index.
        return Q(**{f"created_at__{side}e": moment}) & (
            Q(**{f"created_at__{side}": moment}) | Q(**{f"pk__{side}": pk})
        )


@dataclass(frozen=True)
class Balanced(Order):
    """Two lanes, each once around the circle of random places, mixed.

    Each comment gets a random place when it is written; each reader begins elsewhere
    each day. Nobody can know where others begin, so no place is worth having. One lane
    is what readers are owed today (`deliberation.ranking.exposure`), the other the rest.

    A position is (the reader's start, since when comments are owed, place and id of
    the last one of the owed, of the others, and how many were shown, modulo `EVERY`).
    All of it is kept past midnight, so that nothing comes twice.
    """

    start: int
    visit: Visit
    length = 7

    def take(self, roots: Roots, after: Sequence[int] | None, limit: int) -> list[int]:
        start, since, *reached, shown = after or self._beginning()
        both = lanes.following(
            self.visit,
            since=_moment(since) if since > 0 else None,
            start=start,
            reached=reached,
            limit=limit,
        )
        mixed = exposure.interleave(*both, shown=shown % exposure.EVERY)
        return list(islice(mixed, limit))

    def position(
        self, shown: Sequence[Comment], after: Sequence[int] | None
    ) -> Position:
        start, since, *reached, before = after or self._beginning()
        for root in shown:
            lane = 0 if root.created_at >= _moment(since) else 2
            reached[lane : lane + 2] = root.place, root.pk
        return (start, since, *reached, (before + len(shown)) % exposure.EVERY)

    def _beginning(self) -> Position:
        since = lanes.owed_since(self.visit.discussion, now=self.visit.now)
        owed = _microseconds(since) if since else 0
        return (self.start, owed, self.start, 0, self.start, 0, 0)


@dataclass(frozen=True)
class Bridging(Order):
    """Support across sides, the highest first; equals in random places.

    What is neutral, at first everything, is mixed as in the balanced order.
    """

    start: int
    length = 4

    def take(self, roots: Roots, after: Sequence[int] | None, limit: int) -> list[int]:
        found: list[int] = []
        ranked = (
            roots().order_by("-bridging", "place", "pk").values_list("pk", flat=True)
        )
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

    def position(
        self, shown: Sequence[Comment], after: Sequence[int] | None
    ) -> Position:
        start = after[0] if after else self.start
        return (start, shown[-1].bridging, shown[-1].place, shown[-1].pk)


_LENGTHS = {Sort.BALANCED: Balanced.length, Sort.BRIDGING: Bridging.length}


def order(sort: Sort, visit: Visit) -> Order:
    """Return an order as one reader sees it on one day."""
    if sort is Sort.BALANCED:
        return Balanced(_start(visit), visit)
    if sort is Sort.BRIDGING:
        return Bridging(_start(visit))
    return ByTime(newest_first=sort is Sort.NEWEST)


def length(sort: Sort) -> int:
    """Return of how many numbers a position in this order consists."""
    return _LENGTHS.get(sort, ByTime.length)


def _start(visit: Visit) -> int:
    today = timezone.localdate(visit.now)
    told = f"{visit.discussion.pk}:{today}:{visit.reader.key}"
    secret = salted_hmac("deliberation.balanced", told, algorithm="sha256")
    return int(secret.hexdigest(), 16) % lanes.CIRCLE


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _moment(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=min(max(microseconds, 0), _LATEST))
