"""What a city asks now, in which order, and how many have answered."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from wagtail.models import Page, get_page_models

from deliberation.choices import Stage
from deliberation.models import Comment
from forum.models import ParticipationMixin
from moderation.choices import ContentStatus

ORDER = (Stage.OPEN, Stage.ANNOUNCED, Stage.CLOSED, Stage.ANSWERED)
CLOSING_SOON_DAYS = 7


@dataclass(frozen=True)
class Found:
    """One page in a list, before it is read whole."""

    model: type[Any]
    pk: int
    stage: Stage
    at: datetime | None

    @property
    def place(self) -> tuple[int, float, int]:
        """Return what lists are ordered by.

        What ends or begins next comes first; of what is over, the latest.
        """
        seconds = self.at.timestamp() if self.at else float("inf")
        is_over = self.stage in (Stage.CLOSED, Stage.ANSWERED)
        return ORDER.index(self.stage), -seconds if is_over else seconds, self.pk


@dataclass(frozen=True)
class Entry:
    """One page in a list, with what its card shows."""

    page: Any
    stage: Stage
    days_left: int | None
    comments: int
    languages: int

    @property
    def closes_soon(self) -> bool:
        """Say whether readers should hurry."""
        return self.days_left is not None and self.days_left <= CLOSING_SOON_DAYS


def participation_models() -> list[type[Any]]:
    """Return every page type that opens and closes, also those of other apps."""
    return [m for m in get_page_models() if issubclass(m, ParticipationMixin)]


def find(*, below: Page, now: datetime) -> list[Found]:
    """Return what is public below a page, in the order of lists.

    Reads four columns of each page and no more, whatever their number.
    """
    found = []
    for model in participation_models():
        rows = model.objects.descendant_of(below).live().public()
        for pk, opens_at, closes_at, answered_at in rows.values_list(
            "pk", "opens_at", "closes_at", "answered_at"
        ):
            stage = Stage.at(
                now, opens_at=opens_at, closes_at=closes_at, answered_at=answered_at
            )
            times = (closes_at, opens_at, closes_at, answered_at)
            found.append(
                Found(model, pk, stage, dict(zip(ORDER, times, strict=True))[stage])
            )
    return sorted(found, key=lambda each: each.place)


def stages(found: Iterable[Found]) -> dict[Stage, int]:
    """Return how many of the found pages are at each stage, in the order of lists."""
    counts = Counter(each.stage for each in found)
    return {stage: counts[stage] for stage in ORDER}


def read(found: Sequence[Found], *, now: datetime) -> list[Entry]:
    """Return the found pages whole, with their counts, in the same order."""
    pages: dict[int, Any] = {}
    for model in {each.model for each in found}:
        keys = [each.pk for each in found if each.model is model]
        pages |= (
            model.objects.select_related("locale").defer_streamfields().in_bulk(keys)
        )
    counts = comment_counts(pages.values())
    return [
        Entry(page, each.stage, page.days_left(now), *counts.get(each.pk, (0, 0)))
        for each in found
        if (page := pages.get(each.pk))
    ]


def comment_counts(pages: Iterable[Any]) -> dict[int, tuple[int, int]]:
    """Return for each page how many comments the public sees, in how many languages."""
    rows = (
        Comment.objects.filter(discussion__page__in=[page.pk for page in pages])
        .values("discussion__page")
        .annotate(
            number=Count("pk", filter=Q(status=ContentStatus.PUBLISHED)),
            languages=Count(
                "language", filter=Q(status=ContentStatus.PUBLISHED), distinct=True
            ),
        )
    )
    return {row["discussion__page"]: (row["number"], row["languages"]) for row in rows}


def newest(*, below: Page, limit: int) -> list[Any]:
    """Return the pages published last below a page, the latest first."""
    pages = [
        page
        for model in participation_models()
        for page in model.objects.descendant_of(below)
        .live()
        .public()
        .filter(first_published_at__isnull=False)
        .defer_streamfields()
        .order_by("-first_published_at")[:limit]
    ]
    pages.sort(key=lambda page: page.first_published_at, reverse=True)
    return pages[:limit]
