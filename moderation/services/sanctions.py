"""Warnings, slowing down, suspensions: a warning first, then for longer (MOD-09)."""

from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from moderation.choices import Besides, Ground
from moderation.models import Decision, ModeratedContent, Participant, Sanction
from moderation.refusals import Refusal, Why
from moderation.services import notices, register

STEPS = (
    timedelta(hours=24),
    timedelta(hours=72),
    timedelta(days=7),
    timedelta(days=30),
)
# Whoever is slowed down writes once in so long, for so long.
SLOW_GAP = timedelta(hours=1)
SLOW_LASTS = timedelta(days=7)


class WarnFirst(Refusal):
    """Nobody is suspended without a warning, except for what is illegal."""

    why = Why.CONFLICT


class NobodyToSanction(Refusal):
    """The item has no author, or none who can be warned."""

    why = Why.CONFLICT


def give(
    *, decision: Decision, content: ModeratedContent, kind: str, now: datetime
) -> Sanction:
    """Warn, slow down or suspend the author of an item that a person restricted.

    Slowed down, one writes once an hour for a week. Suspensions last 24 hours at first, then 72 hours, 7 and 30 days. Raises
    WarnFirst or NobodyToSanction.
    """
    author, judge = content.author, decision.decided_by
    if not (author and judge) or author.erased_at or kind not in Besides.values:
        raise NobodyToSanction(_("There is nobody to warn or suspend here."))
    author = Participant.objects.select_for_update().get(pk=author.pk)
    ends_at = None
    if kind == Besides.SUSPEND:
        ends_at = now + next_step(author, decision.ground)
    elif kind == Besides.SLOW:
        ends_at = now + SLOW_LASTS
    sanction = Sanction.objects.create(
        participant=author,
        decision=decision,
        kind=kind,
        given_by=judge,
        created_at=now,
        ends_at=ends_at,
    )
    _settle(author)
    hours = int((ends_at - now).total_seconds() // 3600) if ends_at else None
    register.append_event(decision=decision, event=kind, now=now, hours=hours)
    _tell(sanction)
    return sanction


def next_step(author: Participant, ground: str) -> timedelta:
    """Return for how long the author would be suspended now; raise WarnFirst."""
    earlier = author.sanctions.filter(lifted_at__isnull=True)
    warned = earlier.exclude(kind=Besides.SLOW)
    if ground != Ground.ILLEGAL and not warned.exists():
        raise WarnFirst(
            _("A warning comes before a suspension, except for what is illegal.")
        )
    suspensions = earlier.filter(kind=Besides.SUSPEND).count()
    return STEPS[min(suspensions, len(STEPS) - 1)]


def lift(*, decision: Decision, now: datetime) -> None:
    """Take back what was given with a decision that is taken back."""
    given = Sanction.objects.filter(decision=decision, lifted_at__isnull=True)
    for sanction in given.select_related("participant", "decision"):
        sanction.lifted_at = now
        sanction.save(update_fields=["lifted_at"])
        _settle(sanction.participant)
        register.append_event(
            decision=sanction.decision, event="lifted", now=now, kind=sanction.kind
        )


def in_words(sanction: Sanction) -> str:
    """Return what a sanction means for the author, in one sentence."""
    if sanction.lifted_at:
        return _("What was done to your account was taken back.")
    if sanction.ends_at is None:
        return _("You were warned: next time, your account may be suspended.")
    until = formats.date_format(timezone.localtime(sanction.ends_at), "DATETIME_FORMAT")
    if sanction.kind == Besides.SLOW:
        return _("You can write once an hour until %(until)s.") % {"until": until}
    return _("Your account may read, but not write, until %(until)s.") % {
        "until": until
    }


def _settle(participant: Participant) -> None:
    """Bring a participant up to date with what still stands against them."""
    participant.suspended_until = _longest(participant, Besides.SUSPEND)
    participant.slowed_until = _longest(participant, Besides.SLOW)
    participant.save(update_fields=["suspended_until", "slowed_until"])


def _longest(participant: Participant, kind: Besides) -> datetime | None:
    given = participant.sanctions.filter(lifted_at__isnull=True, kind=kind)
    until: datetime | None = given.aggregate(until=Max("ends_at"))["until"]
    return until


def _tell(sanction: Sanction) -> None:
    with notices.language_of(sanction.participant):
        notices.tell(
            participant=sanction.participant,
            decision=sanction.decision,
            title=in_words(sanction),
            now=sanction.created_at,
        )
