"""What came lately: for feeds, for who comes back, and for who reads on."""

from datetime import datetime

from deliberation.models import Comment, CommentQuerySet, Discussion
from deliberation.queries.visits import Visit

# So many are counted.
MOST = 1_000


def latest(discussion: Discussion, *, limit: int) -> list[Comment]:
    """Return the comments everyone may read, those that came last first."""
    public = Comment.objects.public().filter(discussion=discussion)
    public = public.select_related("author")
    released = public.filter(released_at__isnull=False).order_by("-released_at")
    found = {*public.newest_first()[:limit], *released[:limit]}
    return sorted(found, key=_came, reverse=True)[:limit]


def new_count(visit: Visit) -> int:
    """Return how many comments of others came since the reader's last visit, up to `MOST`."""
    return count_since(visit, visit.since) if visit.since else 0


def count_since(visit: Visit, moment: datetime) -> int:
    """Return how many comments of others came later than this moment, up to `MOST`."""
    here: CommentQuerySet = Comment.objects.filter(discussion=visit.discussion)
    came = here.shown_after(moment).order_by().values_list("author", flat=True)[:MOST]
    return sum(author != visit.reader.pk for author in came)


def _came(comment: Comment) -> tuple[datetime, int]:
    return comment.shown_since, comment.pk
