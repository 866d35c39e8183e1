"""How many comments there are, and what came lately: to who comes back, or reads on."""

from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import connection

from deliberation.models import Comment, Discussion
from deliberation.queries.visits import Visit
from moderation.queries import planned

# So many are counted anew for every reader.
FEW = 1_000
COUNTED_SECONDS = 5
# Of what is new, so many are counted.
MOST = 1_000

_ALL = """SELECT COUNT(*) FROM deliberation_comment c
    WHERE c.discussion_id = %s AND c.status = 'published'"""
# Its author knows of it.
_CAME = """SELECT COUNT(*) FROM (SELECT 1 FROM deliberation_comment c
    WHERE c.discussion_id = %s AND c.status = 'published'
    AND {when} AND (c.author_id IS NULL OR c.author_id <> %s) LIMIT {most}) s"""
_WRITTEN = _CAME.format(when="c.created_at > %s", most=MOST)
_RELEASED = _CAME.format(when="c.released_at > %s AND c.created_at <= %s", most=MOST)


def latest(discussion: Discussion, *, limit: int) -> list[Comment]:
    """Return the comments everyone may read, those that came last first."""
    public = Comment.objects.public().filter(discussion=discussion)
    public = public.select_related("author")
    released = public.filter(released_at__isnull=False).order_by("-released_at")
    found = {*public.newest_first()[:limit], *released[:limit]}
    return sorted(found, key=_came, reverse=True)[:limit]


def public_count(discussion: Discussion) -> int:
    """Return how many comments everyone may read.

    Of many, how many there were a few seconds ago: counting them takes longer the more
    there are, and reading must not.
    """
    kept: int | None = cache.get(_key(discussion))
    if kept is not None:
        return kept
    ((counted,),) = planned.rows(_ALL, [discussion.pk])
    return _kept(discussion, counted)


def count_since(visit: Visit, moment: datetime) -> int:
    """Return how many comments of others came later than this moment, up to `MOST`."""
    ((written, released),) = planned.rows(
        f"SELECT ({_WRITTEN}), ({_RELEASED})", _since(visit, moment)
    )
    return min(int(written + released), MOST)


def counts(visit: Visit) -> tuple[int, int]:
    """Return `public_count`, and how many came since the reader's last visit: one query."""
    discussion = visit.discussion
    if visit.since is None:
        return public_count(discussion), 0
    kept: int | None = cache.get(_key(discussion))
    if kept is not None:
        return kept, count_since(visit, visit.since)
    ((counted, written, released),) = planned.rows(
        f"SELECT ({_ALL}), ({_WRITTEN}), ({_RELEASED})",
        [discussion.pk, *_since(visit, visit.since)],
    )
    return _kept(discussion, counted), min(written + released, MOST)


def _since(visit: Visit, moment: datetime) -> list[Any]:
    place, reader = visit.discussion.pk, visit.reader.pk
    then = connection.ops.adapt_datetimefield_value(moment)
    return [place, then, reader, place, then, then, reader]


def _kept(discussion: Discussion, counted: int) -> int:
    if counted > FEW:
        cache.set(_key(discussion), counted, COUNTED_SECONDS)
    return counted


def _key(discussion: Discussion) -> str:
    return f"folkmoot:comments:{discussion.pk}"


def _came(comment: Comment) -> tuple[datetime, int]:
    return comment.shown_since, comment.pk
