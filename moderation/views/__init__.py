"""Pages: public ones, and the moderators' desk in the Wagtail admin."""

from moderation.views import (
    appeal_desk,
    appeals,
    decisions,
    desk,
    dry_run,
    flags,
    news,
    personal_data,
    profile,
    queue,
    register,
    report,
    rules,
    trust,
)

__all__ = [
    "appeal_desk",
    "appeals",
    "decisions",
    "desk",
    "dry_run",
    "flags",
    "news",
    "personal_data",
    "profile",
    "queue",
    "register",
    "report",
    "rules",
    "trust",
]
