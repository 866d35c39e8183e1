"""Replies by whoever runs a page, marked as the official answer."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from deliberation.models import Comment
from deliberation.queries import visits
from deliberation.services import news
from moderation.refusals import Refusal, Why


class NotForYou(Refusal):
    """Only who may edit the page answers officially, and only in their own words."""

    why = Why.NOT_ALLOWED


class NoAnswer(Refusal):
    """The comment answers nothing, or nobody can read it."""


def declare(*, comment: Comment, by: Any, now: datetime) -> Comment:
    """Mark an account's own public reply as official; tell whom it answers.

    Raises NotForYou and NoAnswer. The second time it changes nothing.
    """
    with transaction.atomic():
        comment = _own(comment, by)
        if comment.parent is None or not comment.is_public:
            raise NoAnswer(_("Only a public reply can be an official answer."))
        if not comment.is_official:
            _mark(comment, now)
            if asked := _asked(comment):
                news.answer_is_official(comment=comment, to=asked, now=now)
    return comment


def revoke(*, comment: Comment, by: Any) -> Comment:
    """Take the mark off one's own reply again. Raises NotForYou."""
    with transaction.atomic():
        comment = _own(comment, by)
        _mark(comment, None)
        if asked := _asked(comment):
            news.answer_is_a_reply(comment=comment, to=asked)
    return comment


def _own(comment: Comment, account: Any) -> Comment:
    locked = Comment.objects.select_for_update(no_key=True, of=("self",))
    related = locked.select_related("discussion__page", "author", "parent__author")
    found: Comment = related.get(pk=comment.pk)
    is_own = found.author is not None and found.author.account_id == account.pk
    if not is_own or not visits.speaks_for(account, found.discussion.page):
        raise NotForYou(
            _("Only who may edit the page can mark their own reply as its answer.")
        )
    return found


def _mark(comment: Comment, moment: datetime | None) -> None:
    comment.official_at = moment
    comment.save(update_fields=["official_at"])


def _asked(comment: Comment) -> int | None:
    """Return who is to hear of it: the author it answers, unless that is the same."""
    asked = comment.parent.author_id if comment.parent else None
    return asked if asked != comment.author_id else None
