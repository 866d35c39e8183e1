"""How the forum comes to know a participant: by their record, never by hand alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from moderation import contents
from moderation.choices import ContentStatus, Standing
from moderation.models import Participant
from moderation.refusals import Refusal, Why

# From new to known: so many public contributions, over so many days.
KNOWN_AFTER = 3
KNOWN_SINCE = timedelta(days=2)


class MayNotChangeStanding(Refusal):
    """Only lead moderators change a standing, and never their own."""

    why = Why.NOT_ALLOWED


@dataclass(frozen=True)
class NextStep:
    """What a newcomer still lacks to be known."""

    contributions: int
    since: datetime


def review(*, participant: Participant, now: datetime) -> Participant:
    """Make a newcomer known once their record allows it.

    Call it after a contribution became public. Any other standing stays.
    """
    if participant.standing != Standing.NEW:
        return participant
    step = next_step(participant)
    if step and step.contributions <= 0 and step.since <= now:
        Participant.objects.filter(pk=participant.pk, standing=Standing.NEW).update(
            standing=Standing.KNOWN
        )
        participant.standing = Standing.KNOWN
    return participant


def next_step(participant: Participant) -> NextStep | None:
    """Return what a newcomer lacks to be known; None for everybody else."""
    if participant.standing != Standing.NEW:
        return None
    return NextStep(
        contributions=KNOWN_AFTER - _public_contributions(participant),
        since=participant.created_at + KNOWN_SINCE,
    )


def in_words(participant: Participant) -> str:
    """Return what a participant's standing means for them, and what comes next."""
    step = next_step(participant)
    if step is None:
        return {
            Standing.KNOWN: _("You are known here: nothing slows you down."),
            Standing.TRUSTED: _(
                "You are known and trusted here: nothing slows you down."
            ),
            Standing.SUSPENDED: _("Your account may read, but not write at present."),
        }[Standing(participant.standing)]
    return _(
        "You are new here, so some limits protect the others. They end after "
        "%(number)d public contributions and two days."
    ) % {"number": KNOWN_AFTER}


def set_by_lead(
    *, participant: Participant, standing: str, decided_by: Any
) -> Participant:
    """Give a participant a standing by a lead moderator's word."""
    require_lead(participant, decided_by=decided_by)
    if standing not in Standing.values:
        raise MayNotChangeStanding(_("There is no such standing."))
    participant.standing = standing
    participant.save(update_fields=["standing"])
    return participant


def require_lead(participant: Participant, *, decided_by: Any) -> None:
    """Raise MayNotChangeStanding unless this person may change this standing."""
    if not decided_by.has_perm("moderation.lead_review"):
        raise MayNotChangeStanding(_("Only lead moderators change a standing."))
    if participant.account_id == decided_by.pk:
        raise MayNotChangeStanding(_("Nobody changes their own standing."))


def _public_contributions(participant: Participant) -> int:
    """Count what everyone may read."""
    return sum(
        port.model._default_manager.filter(
            author=participant, status=ContentStatus.PUBLISHED
        ).count()
        for port in contents.ports()
    )
