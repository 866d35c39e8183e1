"""From a request to a reader."""

import hashlib
from datetime import datetime

from django.http import HttpRequest

from deliberation.models import Discussion
from deliberation.queries.visits import Reader, Visit
from moderation.identity import caller_of
from moderation.queries import policies


def visit(request: HttpRequest, discussion: Discussion, *, now: datetime) -> Visit:
    """Return who reads a discussion by this request."""
    caller = caller_of(request)
    return Visit(
        discussion=discussion,
        policy=policies.of(discussion),
        reader=Reader(
            key=_key(request),
            participant=caller.participant,
            sees_held=bool(
                caller.user and caller.user.has_perm("moderation.review_content")
            ),
        ),
        has_account=caller.user is not None,
        now=now,
    )


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
        request.META.get(name, "")
        for name in ("REMOTE_ADDR", "HTTP_USER_AGENT", "HTTP_ACCEPT_LANGUAGE")
    ]
    return "stranger:" + hashlib.sha256("\n".join(told).encode()).hexdigest()
