"""What somebody follows."""

from django.db.models import Q

from deliberation.models import Follow
from moderation.models import Participant


def is_following(
    participant: Participant | None,
    *,
    page_id: int | None = None,
    discussion_id: int | None = None,
) -> bool:
    """Say whether somebody follows this page or this discussion."""
    if participant is None:
        return False
    found = Follow.objects.filter(participant=participant)
    return found.filter(page=page_id, discussion=discussion_id).exists()


def of(participant: Participant) -> list[Follow]:
    """Return all that somebody follows, the latest first."""
    found = Follow.objects.filter(participant=participant).filter(
        Q(page__live=True) | Q(discussion__page__live=True)
    )
    return list(
        found.select_related("page", "discussion__page").order_by("-created_at", "-pk")
    )
