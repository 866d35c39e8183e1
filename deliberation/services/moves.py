"""A thread is moved, as a whole, to the discussion it belongs to."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from deliberation.models import Comment, CommentQuerySet, Discussion
from moderation.refusals import Refusal


class CannotMove(Refusal):
    """The comment, or the discussion it should move to, does not allow it."""


@transaction.atomic
def move(*, thread: Comment, to: str, sees: Callable[[int], bool]) -> dict[str, Any]:
    """Put a thread with all its replies elsewhere; return what `put` needs to undo it.

    Its themes are those of the discussion it left, so it loses them. Nothing else of it
    changes: words, numbers, reactions and addresses stay. Raises CannotMove.
    """
    if thread.parent_id:
        raise CannotMove(_("Only a whole thread can be moved, by its first comment."))
    published = Discussion.objects.filter(page__live=True)
    target = published.filter(pk=int(to)).first() if to.isdecimal() else None
    if target is None or target.pk == thread.discussion_id or not sees(target.page_id):
        raise CannotMove(_("Choose the discussion that it belongs to."))
    themed: dict[str, list[int]] = {}
    told = _whole(thread).exclude(theme="").order_by("pk").values_list("theme", "pk")
    for theme, pk in told:
        themed.setdefault(theme, []).append(pk)
    before = {"discussion": thread.discussion_id, "themes": themed}
    put(thread=thread, discussion=target)
    return before


@transaction.atomic
def put(
    *,
    thread: Comment,
    discussion: Discussion,
    themes: Mapping[str, Sequence[int]] | None = None,
) -> None:
    """Let a thread stand in a discussion; `themes` are those its comments have there."""
    whole = _whole(thread)
    whole.update(discussion=discussion, theme="")
    for key, comments in (themes or {}).items():
        if discussion.name_of_theme(key):
            whole.filter(pk__in=comments).update(theme=key)
    thread.discussion = discussion


def _whole(thread: Comment) -> CommentQuerySet:
    found: CommentQuerySet = Comment.objects.filter(Q(pk=thread.pk) | Q(root=thread.pk))
    return found
