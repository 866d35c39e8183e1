"""Saying on what an answer rests: citing comments and statements by their address."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from deliberation.models import Citation, Comment, Statement
from deliberation.queries import citations, visits
from deliberation.queries.citations import UnknownLink
from moderation.models import Participant
from moderation.refusals import Refusal, Why
from moderation.services import notices

ADDRESSED = "addressed"
MOST = 100
LONGEST_REASON = 1000


class NeedsReason(Refusal):
    """What was not used has a reason, of a certain length."""


class NotYourAnswer(Refusal):
    """Only who may edit the page says on what its official answers rest."""

    why = Why.NOT_ALLOWED


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One line of an answer: which contribution, whether it was used, and why."""

    link: str
    is_used: bool
    reason: str = ""


def check(wanted: Wanted, *, page: Page) -> Comment | Statement:
    """Return what a line cites; raise UnknownLink or NeedsReason."""
    if len(wanted.reason) > LONGEST_REASON or not (
        wanted.is_used or wanted.reason.strip()
    ):
        raise NeedsReason(
            _("Please say in a few words why this was not used."), text=wanted.reason
        )
    return citations.find(wanted.link, page=page)


@transaction.atomic
def cite(*, answer: Comment, by: Any, wanted: Wanted, now: datetime) -> Citation:
    """Say that an official answer rests on a contribution, or why it does not.

    Citing it again changes the line. Whoever wrote it is told, once. Raises
    NotYourAnswer, NeedsReason, and what `queries.citations.find` raises.
    """
    _require_right(answer, by)
    cited = check(wanted, page=answer.discussion.page)
    if cited == answer:
        raise UnknownLink(_("An answer cannot rest on itself."), text=wanted.link)
    if answer.citations.count() >= MOST:
        raise UnknownLink(_("This answer names as many contributions as it can."))
    return _store(cited, wanted, {"answer": answer}, language=answer.language, now=now)


@transaction.atomic
def uncite(*, citation: Citation, by: Any) -> None:
    """Take a line out of an official answer. Raises NotYourAnswer."""
    _require_right(citation.answer, by)
    _forget([citation])


@transaction.atomic
def settle_page(*, page: Page, wanted: Iterable[Wanted], now: datetime) -> None:
    """Let what came of a page rest on these contributions and no others.

    What nobody can read any more is left out. Whoever wrote what is new is told.
    """
    kept = set()
    for each in wanted:
        try:
            cited = check(each, page=page)
        except Refusal:
            continue
        language = page.locale.language_code
        kept.add(_store(cited, each, {"page": page}, language=language, now=now).pk)
    _forget(list(Citation.objects.filter(page=page).exclude(pk__in=kept)))


def _store(
    cited: Comment | Statement,
    wanted: Wanted,
    by: dict[str, Any],
    *,
    language: str,
    now: datetime,
) -> Citation:
    of = "comment" if isinstance(cited, Comment) else "statement"
    words = {
        "is_used": wanted.is_used,
        "reason": wanted.reason.strip(),
        "language": language,
    }
    citation, _made = Citation.objects.update_or_create(
        **by, **{of: cited}, defaults=words, create_defaults=words | {"created_at": now}
    )
    if isinstance(cited, Comment) and not cited.is_cited:
        Comment.objects.filter(pk=cited.pk).update(is_cited=True)
    author: Participant | None = cited.author
    speaks = by["answer"].author_id if "answer" in by else None
    if author and author.pk != speaks:
        notices.leave(kind=ADDRESSED, about=citation, to=[author.pk], now=now)
    return citation


def _forget(going: list[Citation]) -> None:
    comments = [each.comment_id for each in going if each.comment_id]
    Citation.objects.filter(pk__in=[each.pk for each in going]).delete()
    named = Citation.objects.filter(comment__in=comments).values("comment")
    Comment.objects.filter(pk__in=comments).exclude(pk__in=named).update(is_cited=False)


def _require_right(answer: Comment | None, by: Any) -> None:
    if (
        answer is None
        or not answer.is_official
        or not visits.speaks_for(by, answer.discussion.page)
    ):
        raise NotYourAnswer(
            _("Only who may edit the page can say on what its official answer rests.")
        )
