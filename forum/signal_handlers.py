"""What the forum does when it hears of something."""

from typing import Any

from django.utils import timezone

from forum import services
from forum.models import ParticipationMixin


def page_was_published(*, instance: Any, **_details: Any) -> None:
    """Open what a published consultation or hearing offers."""
    if isinstance(instance, ParticipationMixin):
        services.open_page(page=instance, now=timezone.now())
