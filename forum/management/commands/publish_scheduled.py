"""Publishes what is due, behind the gate, and reminds of what is owed."""

from typing import Any

from django.utils import timezone
from wagtail.management.commands import publish_scheduled

from forum.services import publishing, reminders


class Command(publish_scheduled.Command):
    """Stop what does not meet the rules and tell its owner; publish the rest.

    Whoever publishes is reminded of answers, agendas and minutes on the way: this
    command runs often anyway.
    """

    help = "Publish what is due; what does not meet the rules waits, its owner is told."

    def handle(self, *args: Any, **options: Any) -> None:
        """Withhold first, so that one page does not keep the others waiting."""
        if not options["dryrun"]:
            for stopped in publishing.withhold(now=timezone.now()):
                self.stdout.write(f"Not ready: page {stopped.page_id}, its owner told.")
            for sent in reminders.send_due(now=timezone.now()):
                self.stdout.write(f"Reminded of {sent.what}: page {sent.page_id}.")
        super().handle(*args, **options)
