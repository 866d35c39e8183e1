"""What waits for a moderator, the most urgent first."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from moderation import contents
from moderation.choices import ContentStatus, FlagReason
from moderation.contents import Context, Port
from moderation.models import Flag, Interim, ModeratedContent
from moderation.queries.desk import ALL, Desk

# MOD-08: how long something may wait.
HELD_FOR = timedelta(hours=24)
REPORTED_FOR = timedelta(hours=48)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CURSOR = re.compile(r"[0-9]-[0-9]{1,16}-[0-9]{1,9}-[0-9]{1,18}", re.ASCII)

# How urgent it is: what nobody but readers has hidden comes first of all.
PUT_ASIDE = 2
PRESSING = (FlagReason.ILLEGAL, FlagReason.THREAT)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which part of the queue to show; empty fields leave nothing out."""

    kind: str = ""
    reason: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where one item stands in the queue; the sort key of its lists."""

    urgency: int
    since: datetime
    type_id: int
    object_id: int

    @property
    def cursor(self) -> str:
        """Return the place as a word that fits into an address."""
        micros = (self.since - EPOCH) // timedelta(microseconds=1)
        return f"{self.urgency}-{micros}-{self.type_id}-{self.object_id}"

    @classmethod
    def from_cursor(cls, cursor: str) -> "Place | None":
        """Return the place that a cursor names, None for anything else."""
        if not CURSOR.fullmatch(cursor):
            return None
        urgency, micros, type_id, object_id = map(int, cursor.split("-"))
        since = EPOCH + timedelta(microseconds=micros)
        return cls(urgency=urgency, since=since, type_id=type_id, object_id=object_id)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One item that waits, with all that a moderator sees of it in the list."""

    place: Place
    content: Any
    port: Port
    context: Context
    flags: Sequence[Flag]
    due_at: datetime

    @property
    def is_held(self) -> bool:
        """Say whether nobody can read the item before it is decided on."""
        return bool(self.content.status == ContentStatus.HELD)

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Return why it waits, each reason with how often it was given."""
        return Counter(flag.reason_in_words for flag in self.flags).most_common()

    @property
    def is_pressing(self) -> bool:
        """Say whether somebody called it illegal or a threat."""
        return self.place.urgency > 0

    @property
    def is_put_aside(self) -> bool:
        """Say whether trusted readers' reports alone have hidden it."""
        return self.place.urgency == PUT_ASIDE

    def is_overdue(self, now: datetime) -> bool:
        """Say whether it has waited longer than it may."""
        return self.due_at <= now


def count(*, desk: Desk = ALL) -> int:
    """Return how many items wait at a desk."""
    return sum(part.count() for part in _parts(Choice(), desk))


def count_overdue(*, now: datetime, desk: Desk = ALL) -> int:
    """Return how many items have waited longer than they may."""
    held, reported = now - HELD_FOR, now - REPORTED_FOR
    return sum(
        part.filter(since__lte=held if is_held else reported).count()
        for port in contents.ports()
        for is_held, part in (
            (False, _flagged(port, Choice(), desk)),
            (True, _held(port, Choice(), desk)),
        )
    )


def page(
    *,
    choice: Choice = Choice(),
    after: Place | None = None,
    limit: int = 50,
    desk: Desk = ALL,
) -> list[Waiting]:
    """Return what waits after a place, one more than the limit if there is more.

    The number of queries does not depend on how much waits.
    """
    parts = [_after(part, after) for part in _parts(choice, desk)]
    if not parts:
        return []
    rows = parts[0].union(*parts[1:], all=True)
    rows = rows.order_by("-urgency", "since", "type_id", "item_id")
    return _with_contents(
        [
            Place(urgency=urgency, since=since, type_id=type_id, object_id=pk)
            for type_id, pk, urgency, since in rows[: limit + 1]
        ]
    )


def of(content: ModeratedContent) -> list[Flag]:
    """Return the flags that wait on one item, oldest first."""
    waiting = Flag.objects.of(content).waiting().select_related("reporter")
    return list(waiting.order_by("created_at", "pk"))


def due_at(*, is_held: bool, since: datetime) -> datetime:
    """Return by when an item that waits since then has to be decided on."""
    return since + (HELD_FOR if is_held else REPORTED_FOR)


def due_of(content: ModeratedContent) -> datetime | None:
    """Return by when an item has to be decided on; None if it does not wait."""
    is_held = content.status == ContentStatus.HELD
    waiting = Flag.objects.of(content).waiting()
    since: datetime | None = waiting.aggregate(at=Min("created_at"))["at"]
    if since is None and is_held:
        since = content.edited_at or content.created_at
    return due_at(is_held=is_held, since=since) if since else None


def _parts(choice: Choice, desk: Desk) -> Iterable[QuerySet[Any, Any]]:
    """Return disjoint parts of the queue, each as (type, id, urgency, since)."""
    for port in contents.ports():
        if choice.kind in {"", port.kind}:
            yield _flagged(port, choice, desk)
            if not choice.reason:
                yield _held(port, choice, desk)


def _flagged(port: Port, choice: Choice, desk: Desk) -> QuerySet[Any, Any]:
    flags = Flag.objects.waiting().filter(content_type=_type(port))
    if choice.reason:
        chosen = Flag.objects.waiting().filter(reason=choice.reason)
        same_item = chosen.filter(
            content_type=OuterRef("content_type"), object_id=OuterRef("object_id")
        )
        flags = flags.filter(Exists(same_item))
    if desk.pages is not None:
        seen = desk.narrowed(port, port.model._default_manager.all())
        flags = flags.filter(object_id__in=seen.values("pk"))
    if choice.language:
        spoken = port.model._default_manager.filter(language=choice.language)
        flags = flags.filter(object_id__in=spoken.values("pk"))
    put_aside = Interim.objects.open().filter(
        content_type=OuterRef("content_type"), object_id=OuterRef("object_id")
    )
    pressing = Case(
        When(Exists(put_aside), then=PUT_ASIDE),
        When(reason__in=PRESSING, then=1),
        default=0,
        output_field=IntegerField(),
    )
    grouped = flags.values(type_id=F("content_type_id"), item_id=F("object_id"))
    return grouped.annotate(urgency=Max(pressing), since=Min("created_at")).values_list(
        "type_id", "item_id", "urgency", "since"
    )


def _held(port: Port, choice: Choice, desk: Desk) -> QuerySet[Any, Any]:
    flagged = Flag.objects.waiting().filter(
        content_type=_type(port), object_id=OuterRef("pk")
    )
    held: QuerySet[Any, Any] = port.model._default_manager.filter(
        ~Exists(flagged), status=ContentStatus.HELD
    )
    held = desk.narrowed(port, held)
    if choice.language:
        held = held.filter(language=choice.language)
    waiting: QuerySet[Any, Any] = held.annotate(
        type_id=Value(_type(port).pk, IntegerField()),
        item_id=F("pk"),
        urgency=Value(0, IntegerField()),
        since=Coalesce("edited_at", "created_at"),
    ).values_list("type_id", "item_id", "urgency", "since")
    return waiting


def _after(part: QuerySet[Any, Any], place: Place | None) -> QuerySet[Any, Any]:
    if place is None:
        return part
    same_moment = Q(urgency=place.urgency, since=place.since)
    return part.filter(
        Q(urgency__lt=place.urgency)
        | Q(urgency=place.urgency, since__gt=place.since)
        | (same_moment & Q(type_id__gt=place.type_id))
        | (same_moment & Q(type_id=place.type_id, item_id__gt=place.object_id))
    )


def _with_contents(places: Sequence[Place]) -> list[Waiting]:
    found = contents.load((place.type_id, place.object_id) for place in places)
    flags = _flags_of(places)
    return [
        _waiting(place, found[key], flags.get(key, []))
        for place in places
        if (key := (place.type_id, place.object_id)) in found
    ]


def _waiting(place: Place, content: Any, flags: Sequence[Flag]) -> Waiting:
    port = contents.of(content)
    is_held = content.status == ContentStatus.HELD
    return Waiting(
        place=place,
        content=content,
        port=port,
        context=port.context(content),
        flags=flags,
        due_at=due_at(is_held=is_held, since=place.since),
    )


def _flags_of(places: Sequence[Place]) -> dict[tuple[int, int], list[Flag]]:
    """Return the waiting flags of several items in one query."""
    wanted: dict[int, list[int]] = {}
    for place in places:
        wanted.setdefault(place.type_id, []).append(place.object_id)
    either = Q(pk__in=[])
    for type_id, ids in wanted.items():
        either |= Q(content_type=type_id, object_id__in=ids)
    found: dict[tuple[int, int], list[Flag]] = {}
    for flag in Flag.objects.waiting().filter(either).order_by("created_at", "pk"):
        found.setdefault((flag.content_type_id, flag.object_id), []).append(flag)
    return found


def _type(port: Port) -> ContentType:
    return ContentType.objects.get_for_model(port.model)
