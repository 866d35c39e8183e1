"""A thread is moved, as a whole, to the discussion it belongs to."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from deliberation.models import Comment, Discussion
from moderation.refusals import Refusal


class CannotMove(Refusal):
    """The comment, or the discussion it should move to, does not allow it."""


@transaction.atomic
def move(*, thread: Comment, to: str, sees: Callable[[int], bool]) -> int:
    """Put a thread with all its replies elsewhere; return which discussion it left.

    Its themes are those of the discussion it left, so it loses them. Nothing else of it
    changes: words, numbers, reactions and addresses stay. Raises CannotMove.
    """
    if thread.parent_id:
        raise CannotMove(_("Only a whole thread can be moved, by its first comment."))
    published = Discussion.objects.filter(page__live=True)
    target = published.filter(pk=int(to)).first() if to.isdecimal() else None
    if target is None or target.pk == thread.discussion_id or not sees(target.page_id):
        raise CannotMove(_("Choose the discussion that it belongs to."))
    before = thread.discussion_id
    put(thread=thread, discussion=target)
    return before


@transaction.atomic
def put(*, thread: Comment, discussion: Discussion) -> None:
    """Let a thread stand in a discussion."""
    whole = Comment.objects.filter(Q(pk=thread.pk) | Q(root=thread.pk))
    whole.update(discussion=discussion, theme="")
    thread.discussion = discussion
