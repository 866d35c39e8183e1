"""What people are told of a comment: those it answers, and those it names."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from deliberation.models import Comment
from deliberation.services import follows, mentions
from moderation.models import Notice
from moderation.services import notices

REPLY, MENTION, OFFICIAL = "reply", "mention", "official"


def comment_was_written(*, comment: Comment, now: datetime) -> None:
    """Tell whom a comment answers and names, each once, if everyone may read it.

    Of what was brought in from elsewhere nobody is told.
    """
    if not comment.is_public or comment.origin:
        return
    asked = comment.parent.author_id if comment.parent else None
    if asked and asked != comment.author_id:
        notices.leave(kind=REPLY, about=comment, to=[asked], now=now)
    named = mentions.of(comment) - {asked, comment.author_id}
    if named:
        notices.leave(kind=MENTION, about=comment, to=named, now=now)


def comment_was_let_in(*, comment: Comment, now: datetime) -> None:
    """Tell of a comment that was written earlier and that everyone may read now."""
    if comment.is_public and not comment.origin:
        comment_was_written(comment=comment, now=now)
        follows.came_late(comment=comment, now=now)


def answer_is_official(*, comment: Comment, to: int, now: datetime) -> None:
    """Tell somebody that a reply to them is the official answer.

    If they have not read of the reply yet, it is told in its place.
    """
    of_it = _of(comment, to)
    of_it.filter(kind=REPLY, read_at__isnull=True, letter__isnull=True).delete()
    notices.leave(kind=OFFICIAL, about=comment, to=[to], now=now)


def answer_is_a_reply(*, comment: Comment, to: int) -> None:
    """Tell of what was told as the official answer as the reply it still is.

    Whoever has read of the one has read of the other.
    """
    told = _of(comment, to).filter(kind=OFFICIAL).first()
    if told and not _of(comment, to).filter(kind=REPLY).exists():
        told.pk, told.kind = None, REPLY
        told.save(force_insert=True)


def _of(comment: Comment, participant: int) -> QuerySet[Notice]:
    return Notice.objects.filter(
        participant=participant,
        content_type=ContentType.objects.get_for_model(Comment),
        object_id=comment.pk,
    )
