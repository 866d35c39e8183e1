"""What the forum tells people: decisions that concern them, and news from above."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache, partial

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from moderation import news
from moderation.choices import Act, Mail
from moderation.language import to_address_in
from moderation.models import (
    Appeal,
    Decision,
    Flag,
    MailChoice,
    ModeratedContent,
    Notice,
    Participant,
)
from moderation.queries.prepared import Given, GivenList, PreparedQuery
from moderation.services.inserting import PreparedInsert
from moderation.signals import news_left

BATCH = 500

_STORE = PreparedInsert(Notice)


def of_decision(
    *, decision: Decision, content: ModeratedContent, answered: Sequence[Flag]
) -> None:
    """Leave a notice for the author and for everybody who reported the item."""
    made = []
    if content.author and decision.act != Act.KEEP:
        made.append(_for_author(decision, content.author))
    made += [_for_reporter(decision, flag) for flag in answered if flag.reporter]
    Notice.objects.bulk_create(made)


def of_answer(*, appeal: Appeal, content: ModeratedContent, now: datetime) -> None:
    """Leave a notice for whoever appealed."""
    person = appeal.flag.reporter if appeal.flag else content.author
    if person is None:
        return
    with language_of(person):
        Notice.objects.create(
            participant=person,
            decision=appeal.decision,
            title=_("Your appeal was answered: %(outcome)s")
            % {"outcome": appeal.get_outcome_display()},
            body=appeal.answer,
            path=path_of_appeal(appeal),
            created_at=now,
        )


def tell(
    *, participant: Participant, decision: Decision, title: str, now: datetime
) -> None:
    """Leave a notice that leads to a decision's reasons."""
    Notice.objects.create(
        participant=participant,
        decision=decision,
        title=title[:200],
        path=reverse("moderation:decision", args=[decision.receipt]),
        created_at=now,
    )


def path_of_appeal(appeal: Appeal) -> str:
    """Return the page on which whoever appealed reads the answer."""
    if appeal.flag:
        return reverse("moderation:receipt", args=[appeal.flag.receipt])
    return reverse("moderation:decision", args=[appeal.decision.receipt])


def leave(
    *,
    kind: str,
    about: models.Model,
    to: Iterable[int],
    now: datetime,
    since: Mapping[int, datetime] | None = None,
) -> None:
    """Leave a notice of one thing for each of these participants, once.

    With `since`, a moment for each of them, it gathers: there is one new notice at a
    time. Nothing is stored for those who could never read it. Whoever wants to hear at
    once is written to after the commit.
    """
    content_type = ContentType.objects.get_for_model(about)
    wanted = sorted(set(to))
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start:][:BATCH]
        ids = [pk for (pk,) in _readers(len(batch)).rows(people=batch)]
        _STORE.each_unless_there(
            Notice(
                participant_id=pk,
                kind=kind,
                content_type=content_type,
                object_id=about.pk,
                since=since[pk] if since else None,
                created_at=now,
            )
            for pk in ids
        )
        _write_at_once(kind, ids)


def mark_read(
    *, participant: Participant, now: datetime, only: Iterable[int] | None = None
) -> int:
    """Mark a participant's notices as read, all or `only` those of these ids.

    Return how many were new.
    """
    new = Notice.objects.filter(participant=participant, read_at=None)
    if only is not None:
        new = new.filter(pk__in=list(only))
    return new.update(read_at=now)


@contextmanager
def language_of(participant: Participant | None, fallback: str = "") -> Iterator[None]:
    """Speak the participant's language for a while."""
    chosen = participant.language if participant else ""
    with translation.override(to_address_in(chosen or fallback)):
        yield


def title_for_author(act: str) -> str:
    """Return what a decision means for the author, in one line."""
    return {
        Act.HOLD: _("Your contribution waits for review"),
        Act.HIDE: _("Your contribution was hidden"),
        Act.ASK: _("Please edit your contribution: it is hidden until then"),
        Act.REDACT: _("A passage of your contribution was removed"),
        Act.MERGE: _("Your contribution was merged with another of the same"),
        Act.MOVE: _("Your contribution was moved to another discussion"),
        Act.PUBLISH: _("Your contribution is now public"),
        Act.RESTORE: _("Your contribution is back"),
        Act.KEEP: _("Your contribution stays as it is"),
    }[Act(act)]


def meaning_for_author(act: str) -> str:
    """Return what a restriction changes, in one or two sentences."""
    return {
        Act.HOLD: _("Nobody else can read it until a moderator has."),
        Act.ASK: _(
            "Nobody else can read it until you have edited it and a moderator has "
            "read it again."
        ),
        Act.REDACT: _(
            "A passage was removed; everyone can read the rest. The passage is kept, "
            "and can come back."
        ),
        Act.MOVE: _(
            "It stands in another discussion now, with all its replies; its address "
            "leads there."
        ),
    }.get(Act(act), _("Nobody else can read it. The text is kept, and can come back."))


def outcome_for_reporter(act: str) -> str:
    """Return what came of a report, in one line."""
    return {
        Act.HIDE: _("What you reported was hidden"),
        Act.ASK: _("What you reported is hidden until its author has edited it"),
        Act.REDACT: _("A passage of what you reported was removed"),
        Act.MERGE: _("What you reported was merged with another of the same"),
        Act.MOVE: _("What you reported was moved to another discussion"),
        Act.RESTORE: _("What you reported was read, and is shown again"),
    }.get(Act(act), _("What you reported was read, and stays"))


def _write_at_once(kind: str, participants: list[int]) -> None:
    """Have those who want to hear of it at once written to after the commit."""
    if not participants:
        return
    query, topic = _eager(len(participants)), news.topic_of(kind)
    ids = [pk for (pk,) in query.rows(people=participants, topic=topic)]
    if ids:
        transaction.on_commit(
            partial(news_left.send_robust, sender=Notice, participants=ids)
        )


@lru_cache(BATCH)
def _readers(many: int) -> PreparedQuery:
    may_read = Q(account__isnull=False) | Q(guest_token_hash__isnull=False)
    people = Participant.objects.filter(may_read, pk__in=GivenList("people", many))
    return PreparedQuery(lambda: people.values_list("pk"))


@lru_cache(BATCH)
def _eager(many: int) -> PreparedQuery:
    wanted = MailChoice.objects.filter(
        participant__in=GivenList("people", many),
        topic=Given("topic"),
        mail=Mail.AT_ONCE,
    )
    return PreparedQuery(lambda: wanted.values_list("participant"))


def _for_author(decision: Decision, author: Participant) -> Notice:
    with language_of(author):
        return Notice(
            participant=author,
            decision=decision,
            title=title_for_author(decision.act),
            body=decision.facts,
            path=reverse("moderation:decision", args=[decision.receipt]),
            created_at=decision.created_at,
        )


def _for_reporter(decision: Decision, flag: Flag) -> Notice:
    with language_of(flag.reporter):
        return Notice(
            participant=flag.reporter,
            decision=decision,
            title=outcome_for_reporter(decision.act),
            path=reverse("moderation:receipt", args=[flag.receipt]),
            created_at=decision.created_at,
        )
