"""What the rules are told of an author and of the thread they write in."""

from datetime import datetime, timedelta

from deliberation.models import Comment, Discussion, Statement
from moderation.models import Participant
from moderation.queries.prepared import Given, PreparedQuery
from moderation.rules import Post, Thread

# No rule looks further back; more than this no rule compares.
RECENT = timedelta(days=2)
MOST_POSTS = 100
MOST_IN_THREAD = 50

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
_WRITERS = PreparedQuery(
    lambda: (
        Comment.objects.filter(root=Given("root"))
        .order_by("-number")
        .values_list("author_id", "parent__author_id")[:MOST_IN_THREAD]
    )
)
_WRITER = PreparedQuery(
    lambda: Comment.objects.filter(pk=Given("pk")).values_list("author_id")
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
    pairs = _WRITERS.rows(root=parent.root_id or parent.pk)[::-1]
    authors = [writer or 0 for writer, _answered in pairs]
    if len(pairs) < MOST_IN_THREAD:
        authors.insert(0, _who_began(parent) or 0)
    answered = parent.author_id
    return Thread(
        authors=tuple(authors),
        answered=answered,
        answers=sum(pair == (author.pk, answered) for pair in pairs),
    )


def _who_began(parent: Comment) -> int | None:
    """Return the author of the first comment in the thread of a comment."""
    if parent.root_id is None:
        return parent.author_id
    found = _WRITER.first(pk=parent.root_id)
    return found[0] if found else None
