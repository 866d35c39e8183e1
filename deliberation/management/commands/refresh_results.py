"""Compute the results of polls now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from deliberation.models import Poll
from deliberation.services import results


class Command(BaseCommand):
    """For cron, or after a change by hand."""

    help = "Compute the results of all polls with new votes, or of the polls given."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("poll", nargs="*", type=int, help="ids of polls")

    def handle(self, *args: Any, **options: Any) -> None:
        polls = Poll.objects.order_by("pk")
        if chosen := options["poll"]:
            polls = polls.filter(pk__in=chosen)
            if missing := set(chosen) - set(polls.values_list("pk", flat=True)):
                raise CommandError(f"There is no poll {min(missing)}.")
        for poll in polls:
            if chosen or results.is_stale(poll, now=timezone.now()):
                snapshot = results.refresh(poll=poll, now=timezone.now())
                self.stdout.write(
                    f"{poll.pk}: {snapshot.votes} votes by {snapshot.voters} people"
                )
