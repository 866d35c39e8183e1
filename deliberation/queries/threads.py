"""One page of threads, as pages and the API show it: a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.lookups import Exact
from django.http import Http404

from deliberation.choices import Sort
from deliberation.models import Comment, CommentQuerySet, CommentVersion
from deliberation.queries import orders, trees
from deliberation.queries.facts import Facts, readable
from deliberation.queries.nodes import DEEPEST, Node
from deliberation.queries.visits import Visit
from moderation.choices import ContentStatus
from moderation.queries.changes import is_redacted
from moderation.queries.prepared import (
    Given,
    GivenList,
    PreparedObjects,
    PreparedQuery,
)

ROOTS = 20
FIRST_REPLIES = 3
# A thread's own page shows this many numbers at once.
BLOCK = 50
# One query for every length of a page.
_PREPARED = 256
_READER = Given("reader")


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some threads, and the position to go on from; None after the last one."""

    nodes: tuple[Node, ...]
    next: tuple[int, ...] | None


@dataclass(frozen=True, kw_only=True)
class Thread:
    """One thread: its first comment with one block of the replies to it.

    Blocks are numbered from 0; `blocks` says how many there are.
    """

    node: Node
    block: int
    blocks: int

    @property
    def nodes(self) -> tuple[Node]:
        """Return the thread as a list of one."""
        return (self.node,)

    @property
    def part(self) -> int:
        """Return the number of this block as people count, from 1."""
        return self.block + 1

    @property
    def previous(self) -> int:
        """Return the block before this one."""
        return self.block - 1

    @property
    def last(self) -> int:
        """Return the last block."""
        return self.blocks - 1


def page(
    visit: Visit,
    *,
    sort: Sort,
    after: Sequence[int] | None = None,
    limit: int = ROOTS,
) -> Page:
    """Return threads in an order: their first comments, each with its first replies."""
    order = orders.order(sort, visit)
    found = order.take(lambda: _readable(visit).roots(), after, limit + 1)
    shown, replies = _with_replies(visit, found[:limit])
    return Page(
        nodes=trees.grow(visit, shown, replies),
        next=order.position(shown, after) if shown and len(found) > limit else None,
    )


def answers(
    visit: Visit,
    *,
    parent: Comment,
    after: Sequence[int] | None = None,
    limit: int = ROOTS,
) -> Page:
    """Return the direct answers to one comment, in the order of writing."""
    replies = _readable(visit).filter(parent=parent).order_by("number")
    replies = readable(replies)
    if after:
        replies = replies.filter(number__gt=after[0])
    found = list(replies[: limit + 1])
    shown = found[:limit]
    return Page(
        nodes=trees.grow(visit, shown, []),
        next=(shown[-1].number,) if len(found) > limit else None,
    )


def thread(visit: Visit, *, of: Comment, block: int | None = None) -> Thread:
    """Return the thread a comment stands in, by default the block that shows it.

    Raises Http404 for a block that the thread does not have.
    """
    root_id = of.root_id or of.pk
    latest = Comment.objects.filter(root=root_id).order_by("-number")
    blocks = block_of(latest.values_list("number", flat=True).first() or 1) + 1
    block = block_of(of.number) if block is None else block
    if not 0 <= block < blocks:
        raise Http404
    found = _block(visit.reader.sees_held).all(
        reader=visit.reader.pk,
        root=root_id,
        after=block * BLOCK,
        until=(block + 1) * BLOCK,
    )
    if not found or found[0].pk != root_id:
        raise Http404
    nodes = trees.grow(visit, found[:1], found[1:], keep=True)
    return Thread(node=nodes[0], block=block, blocks=blocks)


def single(visit: Visit, comment: Comment) -> Node:
    """Return one comment alone, as this reader sees it."""
    if not hasattr(comment, "total"):
        (comment.answers, comment.total), *_ = _COUNTS.rows(pk=comment.pk)
    return trees.grow(visit, [comment], [], keep=True)[0]


def new(visit: Visit, comment: Comment) -> Node:
    """Return a comment that was posted just now: nobody has answered it in any way."""
    comment.answers = comment.total = 0
    return Facts.of_new(visit, comment).node(comment, replies=())


def find(visit: Visit, pk: int) -> Comment:
    """Return a comment of the discussion that the reader may know of, or Http404."""
    found = _one(visit.reader.sees_held).all(
        reader=visit.reader.pk, discussion=visit.discussion.pk, pk=pk
    )
    for comment in found:
        comment.discussion = visit.discussion
        return comment
    raise Http404


def find_again(visit: Visit, pk: int) -> Comment:
    """Return a comment of the discussion, whatever became of it, or Http404.

    For whoever wrote about it while it went: they are told so, and shown nothing of it.
    """
    for comment in _AGAIN.all(discussion=visit.discussion.pk, pk=pk):
        comment.discussion = visit.discussion
        return comment
    raise Http404


def history(comment: Comment) -> list[CommentVersion]:
    """Return how a comment read before, the latest first, as far as it was public."""
    if is_redacted(comment):
        # The passage that was removed may stand in them.
        return []
    public = comment.versions.filter(was_public=True)
    return list(public.order_by("-written_at", "-pk"))


def block_of(number: int) -> int:
    """Return the block of a thread in which the reply of this number stands."""
    return max(number - 1, 0) // BLOCK


def _with_replies(
    visit: Visit, roots: Sequence[int]
) -> tuple[list[Comment], list[Comment]]:
    """Return these threads in this order, and the first replies in them."""
    if not roots:
        return [], []
    query = _beginnings(len(roots), visit.reader.sees_held)
    found = query.all(reader=visit.reader.pk, roots=roots)
    both = {each.pk: each for each in found}
    shown = [both.pop(pk) for pk in roots if pk in both]
    return shown, list(both.values())


@lru_cache(_PREPARED)
def _beginnings(many: int, sees_held: bool) -> PreparedObjects[Comment]:  # noqa: FBT001
    roots = GivenList("roots", many)
    here = Q(pk__in=roots) | Q(
        root__in=roots, number__lte=FIRST_REPLIES, depth__lte=DEEPEST
    )
    found = _known(_READER, sees_held=sees_held).filter(here).order_by("number", "pk")
    return PreparedObjects(lambda: readable(found))


@lru_cache(_PREPARED)
def _block(sees_held: bool) -> PreparedObjects[Comment]:  # noqa: FBT001
    root = Given("root")
    here = Q(pk=root) | Q(
        root=root, number__gt=Given("after"), number__lte=Given("until")
    )
    found = _known(_READER, sees_held=sees_held).filter(here).order_by("number")
    return PreparedObjects(lambda: readable(found))


@lru_cache(_PREPARED)
def _one(sees_held: bool) -> PreparedObjects[Comment]:  # noqa: FBT001
    found = _known(_READER, sees_held=sees_held).filter(
        discussion=Given("discussion"), pk=Given("pk")
    )
    return PreparedObjects(lambda: found.select_related("author", "parent__author"))


_AGAIN = PreparedObjects[Comment](
    lambda: Comment.objects.filter(
        discussion=Given("discussion"), pk=Given("pk")
    ).select_related("author", "parent__author")
)
_COUNTS = PreparedQuery(
    lambda: readable(Comment.objects.filter(pk=Given("pk"))).values_list(
        "answers", "total"
    )
)


def _readable(visit: Visit) -> CommentQuerySet:
    """Return what the reader may know of in this discussion."""
    known = _known(visit.reader.pk, sees_held=visit.reader.sees_held)
    return known.filter(discussion=visit.discussion)


def _known(reader: int | Given, *, sees_held: bool) -> CommentQuerySet:
    """Return what the reader may know of, if only that something stood there.

    Anywhere: whoever asks for the replies in threads of this discussion must not name
    it again, or SQLite goes through all its comments instead of those threads.
    """
    held = Q(status=ContentStatus.HELD)
    stands = Q(status__in=[ContentStatus.PUBLISHED, ContentStatus.HIDDEN]) | (
        held if sees_held else held & Q(author=reader)
    )
    everything: CommentQuerySet = Comment.objects.all()
    # What is answered further down stands for what hangs on it.
    answered = _any(everything.filter(parent=OuterRef("pk")))
    replies = everything.filter(stands | answered, parent=OuterRef("pk"))
    return everything.filter(
        stands
        | _any(everything.filter(stands, root=OuterRef("pk")))
        | Q(parent__isnull=False) & _any(replies)
    )


def _any(found: CommentQuerySet) -> Q:
    """Say whether there is any, by looking for the first one each time.

    To answer `Exists`, PostgreSQL may read all comments that there are into a hash.
    """
    first = found.order_by().values(one=Value(1))[:1]
    return Q(Exact(Subquery(first), 1))
