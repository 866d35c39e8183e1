"""Tell moderators by e-mail what waits."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from moderation.services import letters


class Command(BaseCommand):
    """For cron: every morning."""

    help = "Send each moderator a line about what waits for them, if anything does."

    def handle(self, *args: Any, **options: Any) -> None:
        told = letters.summary(now=timezone.now())
        self.stdout.write(f"Letters: {told}")
