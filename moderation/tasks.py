"""What happens after an answer was given: letters."""

from django_tasks import task

from moderation.models import Appeal, Decision, Flag
from moderation.services import letters


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
