"""What the rules are told of an author and of the thread they write in."""

from datetime import datetime, timedelta

from django.db.models import Case, Count, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from deliberation.models import Comment, Discussion, Statement
from moderation.choices import ContentStatus
from moderation.models import Participant
from moderation.queries.prepared import Given, PreparedQuery
from moderation.rules import Post, Thread

# No rule looks further back; more than this no rule compares.
RECENT = timedelta(days=2)
MOST_POSTS = 100
MOST_IN_THREAD = 50

_PUBLIC = ContentStatus.PUBLISHED

_LATELY = {"author": Given("author"), "created_at__gt": Given("since")}
_COMMENTS = PreparedQuery(
    lambda: (
        Comment.objects.filter(**_LATELY)
        .exclude(pk=Given("without"))
        .order_by("-created_at")
        .values_list("text", "created_at", "parent_id", "discussion_id")[:MOST_POSTS]
    )
)
_STATEMENTS = PreparedQuery(
    lambda: (
        Statement.objects.filter(**_LATELY)
        .order_by("-created_at")
        .values_list("text", "created_at")[:MOST_POSTS]
    )
)
_IN_THREAD = Comment.objects.filter(root=Given("root")).order_by()
_OWN = _IN_THREAD.filter(author=Given("author"))


def _many(comments: QuerySet[Comment]) -> Coalesce:
    counted = comments.values("root").annotate(many=Count("pk")).values("many")
    return Coalesce(Subquery(counted), 0)


_THREAD = PreparedQuery(
    lambda: (
        # What others took back, or a moderator hid, stands between no two comments.
        _IN_THREAD.filter(Q(status=_PUBLIC) | Q(author=Given("author")))
        .order_by("-number")
        .annotate(
            own=_many(_OWN.public()),
            # All are counted only for whoever wrote some of them: it takes a while.
            comments=Case(
                When(
                    Q(own__gt=0) | Q(root__author=Given("author")),
                    then=_many(_IN_THREAD.public()),
                ),
                default=0,
            ),
        )
        .values_list(
            "author_id",
            "root__author_id",
            "root__status",
            "comments",
            "own",
            _many(_OWN.filter(parent__author=Given("answered"))),
            _many(_OWN.filter(asked_for_room=True)),
        )[:MOST_IN_THREAD]
    )
)


def recent_posts(
    *,
    author: Participant,
    now: datetime,
    discussion: Discussion | None = None,
    without: Comment | None = None,
) -> list[Post]:
    """Return the author's latest contributions anywhere, whatever became of them.

    A withdrawn or hidden one counts too: it was written. `discussion` says which of
    them stand here, `without` leaves out the one that is being edited.
    """
    if author.is_guest and author.created_at == now:
        # Of whom nobody else knows yet: this is the request that made them.
        return []
    lately = {"author": author.pk, "since": now - RECENT}
    comments = _COMMENTS.rows(**lately, without=without.pk if without else 0)
    statements = _STATEMENTS.rows(**lately)
    here = discussion.pk if discussion else None
    return [
        Post(
            text=text,
            posted_at=posted_at,
            starts_thread=parent is None,
            here=place == here,
        )
        for text, posted_at, parent, place in comments
    ] + [Post(text=text, posted_at=posted_at) for text, posted_at in statements]


def thread_of(parent: Comment | None, *, author: Participant) -> Thread:
    """Return what rules are told of the thread a reply goes to."""
    if parent is None:
        return Thread()
    root, own, answered = parent.root_id or parent.pk, author.pk, parent.author_id
    rows = _THREAD.rows(root=root, author=own, answered=answered)
    # Without a reply, it is the first comment that is answered.
    began, status, *counts = (
        rows[0][1:] if rows else (answered, parent.status, 0, 0, 0, 0)
    )
    comments, owns, answers, asked = counts
    authors = [row[0] or 0 for row in reversed(rows)]
    is_public = status == _PUBLIC
    if len(rows) < MOST_IN_THREAD and (is_public or began == own):
        authors.insert(0, began or 0)
    return Thread(
        authors=tuple(authors),
        comments=comments + is_public,
        own=owns + (is_public and began == own),
        asked_for_room=bool(asked),
        answered=answered,
        answers=answers,
    )
