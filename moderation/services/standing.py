"""How the forum comes to know a participant: by their record, never by hand alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count
from django.utils.translation import gettext as _

from moderation import contents
from moderation.choices import Act, ContentStatus, Standing
from moderation.models import Decision, Participant
from moderation.queries import planned, policies
from moderation.queries.prepared import Given, PreparedQuery
from moderation.refusals import Refusal, Why

_RISE = (
    "UPDATE moderation_participant SET standing = %s WHERE id = %s AND standing = %s"
)


class MayNotChangeStanding(Refusal):
    """Only lead moderators change a standing, and never their own."""

    why = Why.NOT_ALLOWED


@dataclass(frozen=True)
class NextStep:
    """What a participant still lacks for the next standing."""

    participant: Participant
    standing: Standing
    needed: int
    since: datetime

    @property
    def contributions(self) -> int:
        """Count how many public contributions are missing; less than 0 for enough."""
        return self.needed - _public_contributions(self.participant)


def review(*, participant: Participant, now: datetime) -> Participant:
    """Give a participant the next standing once their record allows it.

    Call it after a contribution became public. Nobody falls back by it.
    """
    step = next_step(participant)
    if step is None or step.since > now or step.contributions > 0:
        return participant
    if step.standing == Standing.TRUSTED and _was_hidden_lately(participant, now):
        return participant
    if planned.change(_RISE, [step.standing, participant.pk, participant.standing]):
        participant.standing = step.standing
    return participant


def next_step(participant: Participant) -> NextStep | None:
    """Return what lacks to be known or trusted; None for everybody else."""
    if participant.standing not in {Standing.NEW, Standing.KNOWN}:
        return None
    after = policies.steps()
    steps = {
        Standing.NEW: (Standing.KNOWN, after.known_after, after.known_days),
        Standing.KNOWN: (Standing.TRUSTED, after.trusted_after, after.trusted_days),
    }
    following, needed, days = steps[Standing(participant.standing)]
    return NextStep(
        participant=participant,
        standing=following,
        needed=needed,
        since=participant.created_at + timedelta(days=days),
    )


def in_words(participant: Participant) -> str:
    """Return what a participant's standing means for them, and what comes next."""
    policy = policies.site_policy()
    if participant.standing != Standing.NEW:
        return {
            Standing.KNOWN: _("You are known here: nothing slows you down."),
            Standing.TRUSTED: _(
                "You are known and trusted here: nothing slows you down."
            ),
            Standing.SUSPENDED: _("Your account may read, but not write at present."),
        }[Standing(participant.standing)]
    return _(
        "You are new here, so some limits protect the others. They end after "
        "%(number)d public contributions and %(days)d days."
    ) % {"number": policy.known_after, "days": policy.known_days}


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
        number
        for port in contents.ports()
        for (number,) in _published(port.model).rows(author=participant.pk)
    )


@cache
def _published(model: Any) -> PreparedQuery:
    theirs = model._default_manager.filter(
        author=Given("author"), status=ContentStatus.PUBLISHED
    )
    by_author = theirs.order_by().values("author")
    return PreparedQuery(
        lambda: by_author.annotate(number=Count("pk")).values_list("number")
    )


def _was_hidden_lately(participant: Participant, now: datetime) -> bool:
    """Say whether something of theirs was hidden, and stayed so, in that time."""
    since = now - timedelta(days=policies.steps().trusted_days)
    return any(
        _hidden(port.model).rows(
            type=ContentType.objects.get_for_model(port.model).pk,
            author=participant.pk,
            since=since,
        )
        for port in contents.ports()
    )


@cache
def _hidden(model: Any) -> PreparedQuery:
    theirs = model._default_manager.filter(
        author=Given("author"), status=ContentStatus.HIDDEN
    )
    found = Decision.objects.filter(
        content_type=Given("type"),
        object_id__in=theirs.order_by().values("pk"),
        act=Act.HIDE,
        created_at__gt=Given("since"),
    )
    return PreparedQuery(lambda: found.order_by().values_list("pk")[:1])
