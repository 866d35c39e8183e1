"""Do what has become due."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from moderation.services import tidying


class Command(BaseCommand):
    """For cron: once an hour."""

    help = (
        "Show again what was hidden on reports for two days, erase the data of "
        "whoever asked for it a day ago, and remove texts and addresses that are "
        "kept no longer. Run it once an hour."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = tidying.tidy(now=timezone.now())
        for what, number in sorted(done.items()):
            self.stdout.write(f"{what}: {number}")
