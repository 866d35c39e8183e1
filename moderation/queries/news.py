"""What a participant is told, and what of it they want by e-mail."""

from collections.abc import Iterable
from dataclasses import dataclass

from moderation import news
from moderation.choices import Mail
from moderation.models import MailChoice, Notice, Participant
from moderation.news import Told, Topic

# Who has more than this many new notices is told “more than”.
MOST_COUNTED = 50


@dataclass(frozen=True)
class Item:
    """A notice, in words."""

    notice: Notice
    told: Told


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some notices, and the id to go on after; None behind the last one."""

    items: tuple[Item, ...]
    next: int | None


def page(
    participant: Participant,
    *,
    after: int | None = None,
    limit: int = 20,
    new_only: bool = False,
) -> Page:
    """Return a participant's notices, the latest first.

    A page may be shorter than its limit: what cannot be told any more is left out.
    """
    found = Notice.objects.filter(participant=participant).order_by("-pk")
    if new_only:
        found = found.filter(read_at__isnull=True)
    if after is not None:
        found = found.filter(pk__lt=after)
    rows = list(found[: limit + 1])
    shown = rows[:limit]
    return Page(
        items=tuple(in_words(shown)),
        next=shown[-1].pk if len(rows) > limit else None,
    )


def in_words(notices: Iterable[Notice]) -> list[Item]:
    """Return those notices that may be told, in the same order, with their words."""
    rows = list(notices)
    told = news.tell(rows)
    return [Item(row, told[row.pk]) for row in rows if row.pk in told]


def count_new(participant: Participant) -> int:
    """Return how many new notices there are to read, `MOST_COUNTED` at most."""
    found = Notice.objects.filter(participant=participant, read_at__isnull=True)
    rows = list(found.order_by("-pk")[:MOST_COUNTED])
    return len(news.tell(rows)) if rows else 0


def choices_of(participant: Participant) -> list[tuple[Topic, Mail]]:
    """Return every topic with how the participant hears of it by e-mail."""
    rows = MailChoice.objects.filter(participant=participant)
    chosen = dict(rows.values_list("topic", "mail"))
    return [
        (topic, Mail(chosen.get(topic.name, topic.usual))) for topic in news.topics()
    ]
