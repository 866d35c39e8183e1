"""What the rules are told of an author and of the thread they write in."""

from datetime import datetime, timedelta

from django.db.models import Q

from deliberation.models import Comment, Discussion, Statement
from moderation.models import Participant
from moderation.rules import Post, Thread

# No rule looks further back; more than this no rule compares.
RECENT = timedelta(days=2)
MOST_POSTS = 100
MOST_IN_THREAD = 50


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
    if author.created_at >= now:
        return []
    since = {"author": author, "created_at__gt": now - RECENT}
    comments = (
        Comment.objects.filter(**since)
        .exclude(pk=without and without.pk)
        .order_by("-created_at")
        .values_list("text", "created_at", "parent_id", "discussion_id")[:MOST_POSTS]
    )
    statements = (
        Statement.objects.filter(**since)
        .order_by("-created_at")
        .values_list("text", "created_at")[:MOST_POSTS]
    )
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
    root = parent.root_id or parent.pk
    latest = (
        Comment.objects.filter(Q(root=root) | Q(pk=root))
        .order_by("-number")
        .values_list("author_id", "parent__author_id")[:MOST_IN_THREAD]
    )
    pairs = list(latest)[::-1]
    answered = parent.author_id
    return Thread(
        authors=tuple(writer or 0 for writer, _answered in pairs),
        answered=answered,
        answers=sum(pair == (author.pk, answered) for pair in pairs),
    )
