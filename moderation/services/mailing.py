"""News by e-mail: gathered, checked again, and sent once.

No window of time decides what goes into a digest: it takes every notice that is still
new and in no letter yet. A letter is stored with its notices first, then taken, then
sent. If the machine stops in between, nobody can know whether it went out, so it is
not sent again; its notices stay new under “What happened”. What a letter could not tell
when it was sent (a page was taken down for a day) waits for another.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from moderation import news
from moderation.choices import LetterState, Mail, Standing
from moderation.models import Letter, MailChoice, Notice, Participant
from moderation.queries.news import Item, in_words
from moderation.services import news_letters
from moderation.signals import news_due

# Letters that are checked together, and then sent one by one.
BATCH = 50
# Whatever happens, nobody gets more e-mails with news than this in a day.
MOST_A_DAY = 10
# When digests are written, on the town's clocks; weekly ones on Mondays.
HOUR = 7
MOST_FAILURES = 5
DAY = timedelta(days=1)
# What could not be told for so long is no news any more.
LATE = timedelta(days=30)


@dataclass(frozen=True)
class Done:
    """What came of it: letters sent, left out since nothing was to tell, and failed."""

    sent: int = 0
    empty: int = 0
    failed: int = 0


def run(*, now: datetime) -> Done:
    """Write and send all e-mails with news that are due. Again does nothing again."""
    news_due.send(sender=Letter, now=now)
    for mail in (Mail.AT_ONCE, Mail.DAILY, Mail.WEEKLY):
        gather(mail, now=now)
    return send(now=now)


def at_once(participants: Iterable[int], *, now: datetime) -> Done:
    """Write to those of these participants who want to hear at once."""
    people = list(participants)
    gather(Mail.AT_ONCE, now=now, among=people)
    return send(now=now, among=people)


def gather(
    mail: Mail, *, now: datetime, among: Iterable[int] | None = None
) -> list[int]:
    """Put what waits for e-mails of this rhythm into letters; return their ids."""
    period, until = due(mail, now)
    waiting = _waiting(mail, since=now - LATE, until=until)
    if among is not None:
        waiting = waiting.filter(participant__in=list(among))
    wanted = waiting.filter(participant__in=reachable(now))
    ids = wanted.order_by("participant").values_list("participant", flat=True)
    made: list[int] = []
    for people in _batches(list(ids.distinct())):
        made += _write(mail, people, waiting, period=period, now=now)
    return made


def due(mail: Mail, now: datetime) -> tuple[date | None, datetime]:
    """Return the latest day a digest is for, and until when its news came.

    Letters that are sent at once are for no day, and for all that came until now.
    """
    if mail is Mail.AT_ONCE:
        return None, now
    local = timezone.localtime(now)
    day = local.date() if local.hour >= HOUR else local.date() - DAY
    if mail is Mail.WEEKLY:
        day -= timedelta(days=day.weekday())
    return day, timezone.make_aware(datetime.combine(day, time(HOUR)))


def reachable(now: datetime) -> QuerySet[Participant]:
    """Return those who may get e-mails now: not the suspended, nor the erased."""
    return (
        Participant.objects.filter(account__is_active=True, erased_at__isnull=True)
        .exclude(standing=Standing.SUSPENDED)
        .exclude(suspended_until__gt=now)
    )


def send(*, now: datetime, among: Iterable[int] | None = None) -> Done:
    """Send the letters that wait; each is checked again before."""
    waiting = Letter.objects.filter(
        state=LetterState.WAITING, participant__in=reachable(now)
    )
    if among is not None:
        waiting = waiting.filter(participant__in=list(among))
    ids = list(waiting.order_by("pk").values_list("pk", flat=True))
    outcomes = [outcome for some in _batches(ids) for outcome in _send_batch(some, now)]
    return Done(
        sent=outcomes.count(LetterState.SENT),
        empty=outcomes.count(LetterState.EMPTY),
        failed=outcomes.count(LetterState.FAILED),
    )


def count_unclear(*, now: datetime) -> int:
    """Return how many letters were taken long ago, and never known to be sent."""
    taken = Letter.objects.filter(state=LetterState.SENDING)
    return taken.filter(created_at__lt=now - timedelta(hours=1)).count()


def _waiting(mail: Mail, *, since: datetime, until: datetime) -> QuerySet[Notice]:
    """Return new notices in no letter, of whoever hears of their topic like this."""
    either = Q(pk__in=[])
    for topic in news.topics():
        chosen = MailChoice.objects.filter(
            participant=OuterRef("participant"), topic=topic.name
        )
        wants = Q(Exists(chosen.filter(mail=mail)))
        if topic.usual == mail:
            wants |= ~Q(Exists(chosen))
        either |= Q(kind__in=news.kinds_of(topic.name)) & wants
    return Notice.objects.filter(
        either,
        read_at__isnull=True,
        letter__isnull=True,
        created_at__gt=since,
        created_at__lte=until,
    )


@transaction.atomic
def _write(
    mail: Mail,
    people: list[int],
    waiting: QuerySet[Notice],
    *,
    period: date | None,
    now: datetime,
) -> list[int]:
    busy = Letter.objects.filter(participant__in=people, created_at__gt=now - DAY)
    counts = (
        busy.exclude(state=LetterState.EMPTY)
        .values_list("participant")
        .annotate(Count("pk"))
    )
    full = {person for person, count in counts if count >= MOST_A_DAY}
    letters = [
        Letter(participant_id=person, mail=mail, period=period, created_at=now)
        for person in people
        if person not in full
    ]
    if period is None:
        made = Letter.objects.bulk_create(letters)
    else:
        # Whoever has had the letter for this day gets the rest with the next one.
        known = Letter.objects.filter(mail=mail, period=period, participant__in=people)
        had = set(known.values_list("participant", flat=True))
        new = [letter for letter in letters if letter.participant_id not in had]
        Letter.objects.bulk_create(new, ignore_conflicts=True)
        made = list(known.exclude(participant__in=had))
    for letter_id, some in _by_letter(made, waiting):
        Notice.objects.filter(pk__in=some, letter__isnull=True).update(letter=letter_id)
    return [letter.pk for letter in made]


def _by_letter(
    letters: list[Letter], waiting: QuerySet[Notice]
) -> Iterator[tuple[int, list[int]]]:
    """Return the ids of the notices that go into each of these letters."""
    letter_of = {letter.participant_id: letter.pk for letter in letters}
    rows = waiting.filter(participant__in=letter_of).order_by("pk")
    found: dict[int, list[int]] = {}
    for pk, person in rows.values_list("pk", "participant"):
        found.setdefault(letter_of[person], []).append(pk)
    yield from found.items()


def _send_batch(ids: list[int], now: datetime) -> Iterator[LetterState]:
    letters = Letter.objects.select_related("participant__account").filter(
        pk__in=ids, participant__in=reachable(now)
    )
    told, untold = _told(ids)
    for letter in letters.order_by("pk"):
        items, others = told.get(letter.pk, []), untold.get(letter.pk, [])
        yield _send_one(letter, items, others, now)


def _told(ids: list[int]) -> tuple[dict[int, list[Item]], dict[int, list[int]]]:
    """Return what each letter can still tell: seen by nobody else, and still wanted.

    Beside it the ids of the notices that may be told another time.
    """
    told: dict[int, list[Item]] = {}
    untold: dict[int, list[int]] = {}
    off = MailChoice.objects.filter(
        participant__letters__in=ids, mail=Mail.OFF
    ).values_list("participant", "topic")
    unwanted = set(off)
    rows = [
        notice
        for notice in Notice.objects.filter(letter__in=ids, read_at__isnull=True)
        .order_by("-pk")
        .iterator()
        if (notice.participant_id, news.topic_of(notice.kind)) not in unwanted
    ]
    items = {item.notice.pk: item for item in in_words(rows)}
    for notice in rows:
        letter = notice.letter_id or 0
        if notice.pk in items:
            told.setdefault(letter, []).append(items[notice.pk])
        else:
            untold.setdefault(letter, []).append(notice.pk)
    return told, untold


def _send_one(
    letter: Letter, items: list[Item], others: list[int], now: datetime
) -> LetterState:
    message = news_letters.message(letter, items) if items else None
    if message is None:
        _leave_out(letter, others)
        return LetterState.EMPTY
    if not _change(letter, LetterState.SENDING, was=LetterState.WAITING):
        # Somebody else took it.
        return LetterState.SENDING
    _keep_for_another(others)
    try:
        message.send()
    except OSError:
        # Refused by the post office, which includes everything that smtplib raises.
        state = (
            LetterState.FAILED
            if letter.failures + 1 >= MOST_FAILURES
            else LetterState.WAITING
        )
        _change(letter, state, was=LetterState.SENDING, failures=letter.failures + 1)
        return LetterState.FAILED
    _change(letter, LetterState.SENT, was=LetterState.SENDING, sent_at=now)
    return LetterState.SENT


@transaction.atomic
def _leave_out(letter: Letter, others: list[int]) -> None:
    """Send no letter; a digest stays on record, so that its day has no other."""
    if _change(letter, LetterState.EMPTY, was=LetterState.WAITING):
        _keep_for_another(others)
        if letter.period is None and others:
            letter.delete()


def _keep_for_another(notices: list[int]) -> None:
    """Take out of a letter, which is ours now, what it does not tell."""
    if notices:
        Notice.objects.filter(pk__in=notices).update(letter=None)


def _change(
    letter: Letter, state: LetterState, *, was: LetterState, **fields: Any
) -> bool:
    """Change the state in one step, unless somebody else did meanwhile."""
    rows = Letter.objects.filter(pk=letter.pk, state=was)
    return bool(rows.update(state=state, **fields))


def _batches(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
