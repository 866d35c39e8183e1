"""What happens after an answer was given: letters, and what time brings."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from moderation import contents
from moderation.models import Appeal, Decision, Flag, Participant
from moderation.services import letters, mailing, outside, tidying


@task()
def write_about_flag(flag_id: int) -> None:
    """Send the letters that a new flag calls for."""
    letters.about_flag(Flag.objects.get(pk=flag_id))


@task()
def write_about_decision(decision_id: int) -> None:
    """Send the letters that a decision calls for."""
    decision = Decision.objects.prefetch_related("content__author__account")
    letters.about_decision(decision.get(pk=decision_id))


@task()
def write_about_appeal(appeal_id: int) -> None:
    """Send the letter that answers an appeal."""
    letters.about_appeal(Appeal.objects.get(pk=appeal_id))


@task()
def write_to_leads(appeal_id: int) -> None:
    """Tell those who may answer an appeal that it waits."""
    letters.to_leads(Appeal.objects.get(pk=appeal_id))


@task()
def consult_outside(content_type_id: int, object_id: int) -> None:
    """Ask the servers that the site names what they think of a text."""
    found = contents.load([(content_type_id, object_id)])
    for content in found.values():
        outside.consult(content=content, now=timezone.now())


@task()
def write_about_erasure(participant_id: int) -> None:
    """Send the letter that says when somebody's data will be erased."""
    letters.about_erasure(Participant.objects.get(pk=participant_id))


@task()
def write_at_once(participants: list[int]) -> None:
    """Send news to those who want to hear at once."""
    mailing.at_once(participants, now=timezone.now())


@task()
def tidy() -> None:
    """Do what has become due."""
    tidying.tidy(now=timezone.now())


def tidy_at(due: datetime | None) -> None:
    """Have a queue that can wait do it then; elsewhere `manage.py tidy` does."""
    if due and tidy.get_backend().supports_defer:
        tidy.using(run_after=due).enqueue()
