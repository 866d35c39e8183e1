"""What time brings, done in one go: by cron, by a queue, or by hand."""

from collections import Counter
from datetime import datetime

from moderation.services import erasure, interim, retention


def tidy(*, now: datetime) -> Counter[str]:
    """Do what has become due, and return how much of what was done."""
    return Counter(
        shown_again=interim.end_due(now=now),
        erased=erasure.carry_out_due(now=now),
        removed=retention.keep(now=now),
    )
