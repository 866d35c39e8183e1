"""One page of threads, as pages and the API show it: a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from deliberation.choices import Sort
from deliberation.models import Comment, CommentQuerySet, CommentVersion, Discussion
from deliberation.queries import orders, trees
from deliberation.queries.trees import Node
from deliberation.queries.visits import Visit
from moderation.choices import ContentStatus
from moderation.queries.changes import is_redacted

ROOTS = 20
FIRST_REPLIES = 3
# So many are counted anew for every reader.
FEW = 1_000
COUNTED_SECONDS = 5
# A thread's own page shows this many numbers at once.
BLOCK = 50


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


def page(
    visit: Visit,
    *,
    sort: Sort,
    after: Sequence[int] | None = None,
    limit: int = ROOTS,
) -> Page:
    """Return threads in an order: their first comments, each with its first replies."""
    order = orders.order(sort, visit)
    roots = _readable(visit).roots()
    found = order.take(roots, after, limit + 1)
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
    replies = trees.readable(replies)
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
    root = find(visit, root_id)
    replies = _known(visit).filter(
        root=root_id, number__gt=block * BLOCK, number__lte=(block + 1) * BLOCK
    )
    replies = trees.readable(replies.order_by("number"))
    nodes = trees.grow(visit, [root], list(replies), keep=True)
    return Thread(node=nodes[0], block=block, blocks=blocks)


def single(visit: Visit, comment: Comment) -> Node:
    """Return one comment alone, as this reader sees it."""
    if not hasattr(comment, "total"):
        counted = trees.readable(Comment.objects.filter(pk=comment.pk)).get()
        comment.answers, comment.total = counted.answers, counted.total
    return trees.grow(visit, [comment], [], keep=True)[0]


def find(visit: Visit, pk: int) -> Comment:
    """Return a comment of the discussion that the reader may know of, or Http404."""
    found = _readable(visit).filter(pk=pk).select_related("author", "parent")
    comment: Comment | None = trees.readable(found).first()
    if comment is None:
        raise Http404
    comment.discussion = visit.discussion
    return comment


def history(comment: Comment) -> list[CommentVersion]:
    """Return how a comment read before, the latest first, as far as it was public."""
    if is_redacted(comment):
        # The passage that was removed may stand in them.
        return []
    public = comment.versions.filter(was_public=True)
    return list(public.order_by("-written_at", "-pk"))


def latest(discussion: Discussion, *, limit: int) -> list[Comment]:
    """Return the comments everyone may read, the latest first."""
    public = Comment.objects.public().filter(discussion=discussion)
    return list(public.select_related("author").newest_first()[:limit])


def public_count(discussion: Discussion) -> int:
    """Return how many comments everyone may read.

    Of many, how many there were a few seconds ago: counting them takes longer the more
    there are, and reading must not.
    """
    key = f"folkmoot:comments:{discussion.pk}"
    kept: int | None = cache.get(key)
    if kept is not None:
        return kept
    public = Comment.objects.public().filter(discussion=discussion).order_by()
    few = public[: FEW + 1].count()
    if few <= FEW:
        return few
    counted = public.count()
    cache.set(key, counted, COUNTED_SECONDS)
    return counted


def new_count(visit: Visit) -> int:
    """Return how many comments others have written since the reader's last visit.

    Counted up to `FEW`.
    """
    if visit.since is None:
        return 0
    public = Comment.objects.public().filter(
        discussion=visit.discussion, created_at__gt=visit.since
    )
    written = public.order_by().values_list("author", flat=True)[:FEW]
    return sum(author != visit.reader.pk for author in written)


def block_of(number: int) -> int:
    """Return the block of a thread in which the reply of this number stands."""
    return max(number - 1, 0) // BLOCK


def _with_replies(
    visit: Visit, roots: Sequence[int]
) -> tuple[list[Comment], list[Comment]]:
    """Return these threads in this order, and the first replies in them."""
    here = Q(pk__in=roots) | Q(
        root__in=roots, number__lte=FIRST_REPLIES, depth__lte=trees.DEEPEST
    )
    found = trees.readable(_known(visit).filter(here)).order_by("number", "pk")
    both = {each.pk: each for each in found}
    shown = [both.pop(pk) for pk in roots if pk in both]
    return shown, list(both.values())


def _readable(visit: Visit) -> CommentQuerySet:
    """Return what the reader may know of in this discussion."""
    return _known(visit).filter(discussion=visit.discussion)


def _known(visit: Visit) -> CommentQuerySet:
    """Return what the reader may know of, if only that something stood there.

    Anywhere: whoever asks for the replies in threads of this discussion must not name
    it again, or SQLite goes through all its comments instead of those threads.
    """
    replies = Comment.objects.filter(parent=OuterRef("pk"))
    known = Q(status__in=[ContentStatus.PUBLISHED, ContentStatus.HIDDEN])
    known |= Q(Exists(replies))
    if visit.reader.sees_held:
        known |= Q(status=ContentStatus.HELD)
    elif visit.reader.participant:
        known |= Q(status=ContentStatus.HELD, author=visit.reader.pk)
    return Comment.objects.filter(known)
