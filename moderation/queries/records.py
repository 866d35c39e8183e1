"""What is on record about an item, about its author, about a participant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Q

from moderation import contents
from moderation.choices import REVERSIBLE, Act
from moderation.models import (
    Decision,
    Flag,
    ModeratedContent,
    Participant,
    Sanction,
)

# So many earlier decisions are shown beside an item.
LATELY = 5


@dataclass(frozen=True, kw_only=True)
class Record:
    """An author's history, as far as a moderator needs it. Never an e-mail address."""

    author: Participant
    contributions: int
    hidden: int
    # What was decided against them lately, the latest first.
    lately: Sequence[Decision] = ()
    sanctions: Sequence[Sanction] = ()


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, and the rules that pointed at it."""

    text: str
    rules: Sequence[str] = ()


def decisions_on(content: ModeratedContent) -> list[Decision]:
    """Return all decisions on an item, the latest first."""
    found = Decision.objects.of(content).select_related("decided_by")
    return list(found.latest_first())


def latest_on(items: Iterable[ModeratedContent]) -> dict[tuple[type, int], int]:
    """Return the id of the latest decision on each item that has one."""
    either = Q(pk__in=[])
    for item in items:
        content_type = ContentType.objects.get_for_model(item)
        either |= Q(content_type=content_type, object_id=item.pk)
    rows = Decision.objects.filter(either).values_list("content_type_id", "object_id")
    models = {
        ContentType.objects.get_for_model(port.model).pk: port.model
        for port in contents.ports()
    }
    return {
        (models[type_id], pk): latest
        for type_id, pk, latest in rows.annotate(latest=Max("pk"))
        if type_id in models
    }


def of_author(content: ModeratedContent) -> Record | None:
    """Return the record of whoever wrote an item; None if nobody did."""
    author = content.author
    if author is None:
        return None
    written = {port: _written_by(port, author) for port in contents.ports()}
    hidden = Q(pk__in=[])
    for port, items in written.items():
        hidden |= Q(
            content_type=ContentType.objects.get_for_model(port.model),
            object_id__in=items.values("pk"),
        )
    against = Decision.objects.filter(hidden, act__in=REVERSIBLE)
    others = against.exclude(
        content_type=ContentType.objects.get_for_model(content), object_id=content.pk
    )
    return Record(
        author=author,
        contributions=sum(items.count() for items in written.values()),
        hidden=against.filter(act=Act.HIDE, reversed_by__isnull=True).count(),
        lately=list(others.select_related("reversed_by").latest_first()[:LATELY]),
        sanctions=list(author.sanctions.order_by("-created_at", "-pk")[:LATELY]),
    )


def sanctions_on(participant: Participant, *, now: datetime) -> list[Sanction]:
    """Return what restricts a participant now, what lasts longest first."""
    found = participant.sanctions.filter(lifted_at__isnull=True, ends_at__gt=now)
    return list(found.select_related("decision").order_by("-ends_at", "-pk"))


def contributions_of(
    participant: Participant, *, limit: int = 50
) -> list[tuple[contents.Port, Any]]:
    """Return a participant's own latest contributions, with their ports."""
    found = [
        (port, content)
        for port in contents.ports()
        for content in port.objects()
        .filter(author=participant)
        .order_by("-created_at", "-pk")[:limit]
    ]
    return sorted(found, key=lambda pair: pair[1].created_at, reverse=True)[:limit]


def marked(text: str, flags: Iterable[Flag]) -> list[Piece]:
    """Return a text in pieces, cut where the rules' findings begin and end."""
    spans = [
        (flag.start, min(flag.end, len(text)), flag.rule_id)
        for flag in flags
        if flag.start is not None and flag.end is not None and flag.start < len(text)
    ]
    cuts = sorted({0, len(text), *(cut for span in spans for cut in span[:2])})
    return [
        Piece(
            text[start:end],
            tuple(
                rule for first, last, rule in spans if first <= start and end <= last
            ),
        )
        for start, end in zip(cuts, cuts[1:], strict=False)
    ]


def _written_by(port: contents.Port, author: Participant) -> Any:
    return port.model._default_manager.filter(author=author)
