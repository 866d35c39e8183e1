"""How evenly a discussion is shared, counted from what everyone may read."""

from datetime import datetime

from django.core.cache import cache
from django.db.models import Max, Min

from deliberation.models import Comment, Discussion
from deliberation.queries import arrivals
from deliberation.ranking import equality
from deliberation.ranking.equality import Contribution, Equality

_SECONDS = 600


def of(discussion: Discussion) -> Equality:
    """Return the figures; kept for a while, as long as no comment comes, goes or changes.

    With an edit, the language of a comment may change.
    """
    public = Comment.objects.public().filter(discussion=discussion)
    latest, edited = public.aggregate(
        latest=Max("pk"), edited=Max("edited_at")
    ).values()
    count = arrivals.public_count(discussion)
    when = edited and edited.timestamp()
    key = f"folkmoot:equality:{discussion.pk}:{count}:{latest}:{when}"
    found: Equality | None = cache.get(key)
    if found is None:
        found = _count(discussion)
        cache.set(key, found, _SECONDS)
    return found


def _count(discussion: Discussion) -> Equality:
    public = Comment.objects.public().filter(discussion=discussion)
    rows = list(
        public.values_list(
            "pk", "author_id", "created_at", "language", "root_id", "channel"
        )
    )
    elsewhere = _first_elsewhere(discussion)
    here: dict[int | None, datetime] = {}
    for _pk, author, written_at, *_rest in rows:
        here[author] = min(written_at, here.get(author, written_at))
    return equality.figures(
        Contribution(
            id=pk,
            author=author,
            written_at=written_at,
            language=language,
            channel=channel,
            is_newcomers=author not in elsewhere or here[author] <= elsewhere[author],
            thread=root,
        )
        for pk, author, written_at, language, root, channel in rows
    )


def _first_elsewhere(discussion: Discussion) -> dict[int, datetime]:
    """Return when those who wrote here first wrote in another discussion."""
    authors = Comment.objects.public().filter(discussion=discussion)
    others = Comment.objects.exclude(discussion=discussion).filter(
        author__in=authors.order_by().values("author")
    )
    first = others.order_by().values_list("author_id").annotate(Min("created_at"))
    return dict(first)
