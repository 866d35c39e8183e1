"""Write and send the e-mails with news that are due."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from moderation.services import mailing


class Command(BaseCommand):
    """For cron: once an hour. Twice, or an hour late, does no harm."""

    help = (
        "Find what has happened since the last time (stages of pages, new comments), "
        "and send everybody what they want to hear by e-mail and have not heard yet."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        done = mailing.run(now=now)
        self.stdout.write(
            f"Sent: {done.sent}, nothing left to tell: {done.empty}, "
            f"failed: {done.failed}, unclear: {mailing.count_unclear(now=now)}"
        )
