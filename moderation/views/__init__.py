"""Pages: public ones, and the moderators' desk in the Wagtail admin."""

from moderation.views import (
    appeal_desk,
    appeals,
    decisions,
    desk,
    flags,
    personal_data,
    profile,
    queue,
    register,
    trust,
)

__all__ = [
    "appeal_desk",
    "appeals",
    "decisions",
    "desk",
    "flags",
    "personal_data",
    "profile",
    "queue",
    "register",
    "trust",
]
