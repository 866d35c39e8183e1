"""Hiding on reports alone (DIS-11): by trusted readers only, and for two days at most."""

from datetime import datetime, timedelta

from django.db import transaction

from moderation import contents
from moderation.choices import Standing
from moderation.models import Flag, Interim, ModeratedContent
from moderation.queries import policies, reporters
from moderation.services import holds

ENOUGH_TRUSTED = 3
LASTS = timedelta(hours=48)


@transaction.atomic
def consider(*, content: ModeratedContent, now: datetime) -> Interim | None:
    """Put an item aside if enough trusted readers have reported it.

    At least three of them, reports of enough weight by the policy in force there,
    and never twice. Moderators are told at once.
    """
    policy = contents.of(content).policy(content) or policies.site_policy()
    if not policy.hides_on_reports or not content.is_public:
        return None
    waiting = list(Flag.objects.of(content).waiting().select_related("reporter"))
    trusted = [
        flag
        for flag in waiting
        if flag.reporter and flag.reporter.standing == Standing.TRUSTED
    ]
    if len(trusted) < ENOUGH_TRUSTED or Interim.objects.of(content).exists():
        return None
    if reporters.score(waiting) < policy.hiding_score:
        return None
    decision = holds.on_reports(content=content, reports=len(trusted), now=now)
    return Interim.objects.create(
        content_type=decision.content_type,
        object_id=decision.object_id,
        decision=decision,
        ends_at=now + LASTS,
    )


def end_due(*, now: datetime) -> int:
    """Show again what nobody has decided on in time; return how much it was.

    The reports go on waiting.
    """
    due = Interim.objects.open().filter(ends_at__lte=now).select_related("decision")
    return sum(holds.end(interim=each, now=now) for each in list(due))
