"""The public pages of moderation."""

from moderation.views import appeals, decisions, flags, profile, register

__all__ = ["appeals", "decisions", "flags", "profile", "register"]
