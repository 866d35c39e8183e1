"""Warnings and suspensions: a warning first, then for longer each time (MOD-09)."""

from datetime import datetime, timedelta

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


class WarnFirst(Refusal):
    """Nobody is suspended without a warning, except for what is illegal."""

    why = Why.CONFLICT


class NobodyToSanction(Refusal):
    """The item has no author, or none who can be warned."""

    why = Why.CONFLICT


def give(
    *, decision: Decision, content: ModeratedContent, kind: str, now: datetime
) -> Sanction:
    """Warn or suspend the author of an item that a person decided to hide.

    Suspensions last 24 hours at first, then 72 hours, 7 and 30 days. Raises
    WarnFirst or NobodyToSanction.
    """
    author, judge = content.author, decision.decided_by
    if not (author and judge) or author.erased_at or kind not in Besides.values:
        raise NobodyToSanction(_("There is nobody to warn or suspend here."))
    author = Participant.objects.select_for_update().get(pk=author.pk)
    ends_at = None
    if kind == Besides.SUSPEND:
        ends_at = now + next_step(author, decision.ground)
        until = author.suspended_until
        author.suspended_until = max(ends_at, until) if until else ends_at
        author.save(update_fields=["suspended_until"])
    sanction = Sanction.objects.create(
        participant=author,
        decision=decision,
        kind=kind,
        given_by=judge,
        created_at=now,
        ends_at=ends_at,
    )
    hours = int((ends_at - now).total_seconds() // 3600) if ends_at else None
    register.append_event(decision=decision, event=kind, now=now, hours=hours)
    _tell(sanction)
    return sanction


def next_step(author: Participant, ground: str) -> timedelta:
    """Return for how long the author would be suspended now; raise WarnFirst."""
    earlier = author.sanctions.filter(lifted_at__isnull=True)
    if ground != Ground.ILLEGAL and not earlier.exists():
        raise WarnFirst(
            _("A warning comes before a suspension, except for what is illegal.")
        )
    suspensions = earlier.filter(kind=Besides.SUSPEND).count()
    return STEPS[min(suspensions, len(STEPS) - 1)]


def lift(*, content: ModeratedContent, now: datetime) -> None:
    """Take back what was given with decisions on an item that is shown again."""
    given = Sanction.objects.filter(
        decision__in=Decision.objects.of(content), lifted_at__isnull=True
    )
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
        return _("A warning or suspension was taken back.")
    if sanction.ends_at is None:
        return _("You were warned: next time, your account may be suspended.")
    until = formats.date_format(timezone.localtime(sanction.ends_at), "DATETIME_FORMAT")
    return _("Your account may read, but not write, until %(until)s.") % {
        "until": until
    }


def _settle(participant: Participant) -> None:
    """Bring a participant up to date with the suspensions that still stand."""
    standing = participant.sanctions.filter(
        lifted_at__isnull=True, ends_at__isnull=False
    )
    longest = standing.order_by("-ends_at").first()
    participant.suspended_until = longest.ends_at if longest else None
    participant.save(update_fields=["suspended_until"])


def _tell(sanction: Sanction) -> None:
    with notices.language_of(sanction.participant):
        notices.tell(
            participant=sanction.participant,
            decision=sanction.decision,
            title=in_words(sanction),
            now=sanction.created_at,
        )
