"""Telling those who follow a page that it opens, closes soon or is answered."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from deliberation.services import citations, follows
from forum.choices import News
from forum.models import Announcement
from forum.queries import CLOSING_SOON_DAYS, participation_models
from moderation.services import notices

SOON = timedelta(days=CLOSING_SOON_DAYS)
# What was reached longer ago is no news, if nothing told of it then.
LATE = timedelta(days=30)


def announce_due(*, now: datetime) -> list[Announcement]:
    """Tell of every page that has reached something; return what is new."""
    made = []
    for model in participation_models():
        pages = model.objects.live().filter(alias_of__isnull=True)
        told = set(
            Announcement.objects.filter(page__in=pages.values("pk")).values_list(
                "page", "what", "moment"
            )
        )
        for page in pages.defer_streamfields():
            for what, moment in reached(page, now):
                if (page.pk, what, moment) not in told:
                    made += announce(page, now=now)
                    break
    return made


@transaction.atomic
def announce(page: Any, *, now: datetime) -> list[Announcement]:
    """Tell of what a page has reached and nobody was told of; return what is new.

    Only who followed before the moment is told; of an answer, also everybody who said
    something on the page. A translation tells nothing: people meet on the original.
    """
    if not page.live or page.original().pk != page.pk:
        return []
    made = []
    for what, moment in reached(page, now):
        announcement, is_new = Announcement.objects.get_or_create(
            page_id=page.pk, what=what, moment=moment, defaults={"made_at": now}
        )
        if is_new:
            if what is News.ANSWERED:
                settle_citations(page.specific, now=now)
            people = _people(page, what, moment)
            notices.leave(kind=what, about=announcement, to=people, now=now)
            made.append(announcement)
    return made


def reached(page: Any, now: datetime) -> Iterator[tuple[News, datetime]]:
    """Return what a page has reached lately, with the moment it is told for."""
    if page.opens_at and page.opens_at <= now and _is_before(now, page.closes_at):
        yield News.OPENED, page.opens_at
    soon = page.closes_at and page.closes_at - SOON
    # A page that is open for less than that tells of its opening only.
    is_long = soon and (page.opens_at is None or page.opens_at < soon)
    if is_long and soon <= now < page.closes_at:
        yield News.CLOSING, page.closes_at
    if page.answered_at and page.answered_at <= now < page.answered_at + LATE:
        yield News.ANSWERED, page.answered_at


def settle_citations(page: Any, *, now: datetime) -> None:
    """Let a published answer rest on what its editors say; an earlier one on nothing."""
    if page.original().pk != page.pk:
        return
    is_answered = page.answered_at is not None and page.answered_at <= now
    wanted = [
        citations.Wanted(
            link=line.value["link"],
            is_used=line.value["became"] == "used",
            reason=line.value["reason"] or "",
        )
        for line in (page.rests_on if is_answered else ())
    ]
    citations.settle_page(page=page, wanted=wanted, now=now)


def _people(page: Any, what: News, moment: datetime) -> Iterable[int]:
    people = set(follows.followers_of(page, before=moment))
    if what is News.ANSWERED:
        people |= follows.authors_on(page, before=moment)
    return people


def _is_before(now: datetime, end: datetime | None) -> bool:
    return end is None or now < end
