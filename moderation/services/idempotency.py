"""Remember replies, so that a request sent twice acts once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils.translation import gettext as _

from moderation.models import IdempotentReply
from moderation.queries import planned
from moderation.refusals import Refusal, Why
from moderation.services.inserting import PreparedInsert

KEPT_FOR = timedelta(hours=24)
# How often, at most, old replies are cleared away.
CLEAR_SECONDS = 60

_STORE = PreparedInsert(IdempotentReply)
_KEEP = (
    "UPDATE moderation_idempotentreply SET status = %s, body = %s"
    " WHERE caller = %s AND key = %s"
)


class KeyReused(Refusal):
    """The key was sent before with another request."""


class StillAtWork(Refusal):
    """The first request under this key has not finished."""

    why = Why.CONFLICT


@dataclass(frozen=True)
class Reply:
    """What was answered: a status and a body."""

    status: int
    body: str


def begin(*, caller: str, key: str, fingerprint: str, now: datetime) -> Reply | None:
    """Claim a key, or return the reply that was given under it.

    Raises KeyReused if the request differs from the first one, StillAtWork if that
    one has not been answered yet.
    """
    if cache.add("folkmoot:replies-cleared", 1, CLEAR_SECONDS):
        IdempotentReply.objects.filter(created_at__lt=now - KEPT_FOR).delete()
    claim = IdempotentReply(
        caller=caller, key=key, fingerprint=fingerprint, created_at=now
    )
    if _STORE.unless_there(claim):
        return None
    first = IdempotentReply.objects.filter(caller=caller, key=key).first()
    if first is None:
        # It was given back meanwhile.
        return begin(caller=caller, key=key, fingerprint=fingerprint, now=now)
    if first.created_at < now - KEPT_FOR:
        first.delete()
        return begin(caller=caller, key=key, fingerprint=fingerprint, now=now)
    if first.fingerprint != fingerprint:
        raise KeyReused(_("This key was already used for another request."))
    if first.status is None:
        raise StillAtWork(_("The first request with this key is still at work."))
    return Reply(first.status, first.body)


def finish(*, caller: str, key: str, reply: Reply) -> None:
    """Keep the reply that a claimed key got."""
    planned.change(_KEEP, [reply.status, reply.body, caller, key])


def release(*, caller: str, key: str) -> None:
    """Give a key back after a failure, so that the request can be tried again."""
    IdempotentReply.objects.filter(caller=caller, key=key, status=None).delete()
