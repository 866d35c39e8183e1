"""What the rules are told of an author and of the thread they write in."""

from datetime import datetime, timedelta

from django.db.models import BigIntegerField, Count, Q, QuerySet, Subquery
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
# People write less than stands in a long thread: its index is closed to SQLite.
_OWN = (
    Comment.objects.order_by()
    .alias(within=Coalesce("root_id", "root_id", output_field=BigIntegerField()))
    .filter(author=Given("author"), within=Given("root"))
)


def _many(own: QuerySet[Comment]) -> Coalesce:
    counted = own.values("author").annotate(many=Count("pk")).values("many")
    return Coalesce(Subquery(counted), 0)


_THREAD = PreparedQuery(
    lambda: (
        # What others took back, or a moderator hid, stands between no two comments.
        Comment.objects.filter(
            Q(status=_PUBLIC) | Q(author=Given("author")), root=Given("root")
        )
        .order_by("-number")
        .values_list(
            "author_id",
            "status",
            "number",
            "root__author_id",
            "root__status",
            _many(_OWN.public()),
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
    """Return what rules are told of the thread a reply goes to.

    Of a long one, `comments` are all that were ever written in it: nearly as many.
    """
    if parent is None:
        return Thread()
    root, own, answered = parent.root_id or parent.pk, author.pk, parent.author_id
    rows = _THREAD.rows(root=root, author=own, answered=answered)
    # Without a reply, it is the first comment that is answered.
    alone = (None, "", 0, answered, parent.status, 0, 0, 0)
    latest = rows[0] if rows else alone
    _author, _status, written, began, status, owns, answers, asked = latest
    is_public, is_whole = status == _PUBLIC, len(rows) < MOST_IN_THREAD
    authors = [row[0] or 0 for row in reversed(rows)]
    if is_whole and (is_public or began == own):
        authors.insert(0, began or 0)
    comments = sum(row[1] == _PUBLIC for row in rows) if is_whole else written
    return Thread(
        authors=tuple(authors),
        comments=comments + is_public,
        own=owns + (is_public and began == own),
        asked_for_room=bool(asked),
        answered=answered,
        answers=answers,
    )
