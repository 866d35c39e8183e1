"""From a request to a reader."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from deliberation import visited
from deliberation.models import Comment, Discussion
from deliberation.queries import threads, visibility, visits
from deliberation.queries.visits import Reader, Visit
from moderation.identity import (
    address_of,
    become_guest,
    caller_of,
    forget_guest,
    participant_for_writing,
)
from moderation.models import Participant
from moderation.queries import desk, policies
from moderation.services import limits, participants

# Generous enough for a meeting in the town hall behind one address.
NEW_GUESTS_AN_HOUR = 60
# Forms stay in the history of a browser that others use later.
RECOGNISED_FOR = timedelta(hours=1)


def visit(request: HttpRequest, discussion: Discussion, *, now: datetime) -> Visit:
    """Return who reads a discussion by this request."""
    caller = caller_of(request)
    return Visit(
        discussion=discussion,
        policy=policies.of(discussion),
        reader=Reader(
            key=_key(request),
            participant=caller.participant,
            sees_held=_moderates(caller.user, discussion),
        ),
        has_account=caller.user is not None,
        speaks_for_page=caller.user is not None
        and visits.speaks_for(caller.user, discussion.page),
        since=visited.since(request, discussion.pk, now=now),
        now=now,
    )


def _moderates(user: Any, discussion: Discussion) -> bool:
    """Say whether somebody reviews what is held here, and not elsewhere only."""
    if user is None or not user.has_perm("moderation.review_content"):
        return False
    return desk.of(user).has_page(discussion.page_id)


def visit_comment(
    request: HttpRequest, pk: int, *, now: datetime
) -> tuple[Visit, Comment]:
    """Return who reads a comment by this request, and the comment; or raise Http404."""
    seen = visit(request, visibility.discussion_of(pk, request), now=now)
    return seen, threads.find(seen, pk)


def visit_again(
    request: HttpRequest, pk: int, *, now: datetime
) -> tuple[Visit, Comment]:
    """Return who has written about a comment, and the comment, whatever became of it."""
    seen = visit(request, visibility.discussion_of(pk, request), now=now)
    return seen, threads.find_again(seen, pk)


@contextmanager
def keeping_guests_who_write(request: HttpRequest) -> Iterator[None]:
    """Keep a participant who is made for what is written only if that is accepted.

    Whoever is one already needs no transaction for it.
    """
    # Whoever has sent a picture is one, if not since the request began.
    if caller_of(request).participant:
        yield
        return
    try:
        with transaction.atomic():
            yield
    except BaseException:
        forget_guest(request)
        raise


def writer(
    request: HttpRequest, seen: Visit, *, sent_as: str | None = None
) -> Participant | None:
    """Return who writes by this request, a new guest if the policy admits them.

    A guest who comes with a form, `sent_as` so, is known by it for a while. None means
    that they have to sign in. Send the response of a new guest through
    `moderation.identity.remember_guest`. Raises TooOften for an address from which
    many new guests come: limits for one guest are worth little without it.
    """
    if seen.policy.guests_may_comment and not seen.is_known:
        limits.take(
            act="new-guest",
            who=address_of(request),
            most=NEW_GUESTS_AN_HOUR,
            within=timedelta(hours=1),
        )
    return participant_for_writing(
        request,
        now=seen.now,
        guests=seen.policy.guests_may_comment,
        token=_token_of(sent_as) if sent_as else None,
    )


def recognise(request: HttpRequest, seen: Visit, *, sent_as: str | None) -> None:
    """Let a stranger who sends a form again be the guest whom it made.

    They sent it twice at once, or the first answer was lost, and the guest token with
    it. Send the response through `moderation.identity.remember_guest`.
    """
    if seen.is_known or not sent_as:
        return
    token = _token_of(sent_as)
    made = participants.for_guest_token(token)
    if made and seen.now - made.created_at < RECOGNISED_FOR:
        become_guest(request, token)


def _token_of(sent_as: str) -> str:
    """Return the guest token of whoever holds this form; others cannot work it out."""
    return salted_hmac("deliberation.guest", sent_as, algorithm="sha256").hexdigest()


def _key(request: HttpRequest) -> str:
    """Return what tells this reader from others; it is used and never stored.

    Strangers are told apart as far as their requests differ.
    """
    caller = caller_of(request)
    if caller.user:
        return f"account:{caller.user.pk}"
    if caller.participant:
        return f"guest:{caller.participant.pk}"
    told = [
        address_of(request),
        request.headers.get("User-Agent", ""),
        request.headers.get("Accept-Language", ""),
    ]
    return "stranger:" + hashlib.sha256("\n".join(told).encode()).hexdigest()
