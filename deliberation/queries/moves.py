"""Where a thread could be moved to."""

from collections.abc import Callable

from deliberation.models import Comment, Discussion

MOST = 200


def targets(thread: Comment, *, sees: Callable[[int], bool]) -> list[tuple[int, str]]:
    """Return the discussions on published pages that somebody sees, latest first."""
    if thread.parent_id:
        return []
    others = Discussion.objects.filter(page__live=True).exclude(pk=thread.discussion_id)
    found = others.select_related("page").order_by("-pk")[:MOST]
    return [(each.pk, str(each)) for each in found if sees(each.page_id)]
