"""What follows from the floor's own announcements."""

from typing import Any

from django.contrib.contenttypes.models import ContentType

from moderation import tasks
from moderation.models import (
    Appeal,
    Decision,
    Flag,
    Interim,
    ModeratedContent,
    Participant,
)
from moderation.services import outside


def write_about_decision(*, decision: Decision, **kwargs: Any) -> None:
    """Send the letters about a decision, out of the request's way."""
    tasks.write_about_decision.enqueue(decision.pk)
    for interim in Interim.objects.filter(decision=decision):
        tasks.tidy_at(interim.ends_at)


def consult_outside(*, content: ModeratedContent, **kwargs: Any) -> None:
    """Ask the servers that the site names, if any, out of the request's way."""
    if outside.checks():
        kind = ContentType.objects.get_for_model(content)
        tasks.consult_outside.enqueue(kind.pk, content.pk)


def write_about_flag(*, flag: Flag, **kwargs: Any) -> None:
    """Confirm a report by letter, out of the request's way."""
    tasks.write_about_flag.enqueue(flag.pk)


def write_to_leads(*, appeal: Appeal, **kwargs: Any) -> None:
    """Tell those who may answer an appeal, out of the request's way."""
    tasks.write_to_leads.enqueue(appeal.pk)


def write_about_appeal(*, appeal: Appeal, **kwargs: Any) -> None:
    """Tell whoever appealed what came of it, out of the request's way."""
    tasks.write_about_appeal.enqueue(appeal.pk)


def write_about_erasure(*, participant: Participant, **kwargs: Any) -> None:
    """Confirm by letter what was asked for, and have it done when it is due."""
    tasks.write_about_erasure.enqueue(participant.pk)
    tasks.tidy_at(participant.erasure_due_at)


def write_news(*, participants: list[int], **kwargs: Any) -> None:
    """Send news to whoever wants to hear at once, out of the request's way."""
    tasks.write_at_once.enqueue(participants)
