"""A form that is sent twice acts once."""

import hashlib
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.utils import timezone

from moderation.services import idempotency


def answered(
    request: HttpRequest, *, token: str, text: str
) -> HttpResponseRedirect | None:
    """Return what the same form was answered already, if it was. Waits for nobody."""
    reply = idempotency.reply_to(**_claim(request, token, text)) if token else None
    return HttpResponseRedirect(reply.body) if reply else None


def once(
    request: HttpRequest,
    *,
    token: str,
    text: str,
    act: Callable[[], HttpResponseRedirect],
) -> HttpResponseRedirect:
    """Return what `act` returns; the second time, the same without acting again.

    The same form with another text is another act. All of it is one transaction: a
    second form waits for the first one's answer, and what fails leaves nothing behind
    that would keep it from being sent again.
    """
    if not token:
        return act()
    claim = _claim(request, token, text)
    with transaction.atomic():
        kept = idempotency.begin(**claim, fingerprint="", now=timezone.now())
        if kept:
            return HttpResponseRedirect(kept.body)
        response = act()
        reply = idempotency.Reply(response.status_code, response.url)
        idempotency.finish(**claim, reply=reply)
    return response


def _claim(request: HttpRequest, token: str, text: str) -> dict[str, str]:
    told = f"{request.path}\n{token}\n{text}".encode(errors="replace")
    return {"caller": "form", "key": hashlib.sha256(told).hexdigest()}
