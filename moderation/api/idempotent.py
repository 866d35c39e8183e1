"""Honour `Idempotency-Key` on a write."""

import functools
import hashlib
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja.errors import AuthenticationError

from moderation.api import problem
from moderation.api.caller import anyone
from moderation.refusals import Refusal
from moderation.services import idempotency

HEADER = "Idempotency-Key"
LONGEST_KEY = 200


def idempotent(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view (by ninja's `decorate_view`) so that a repeated write acts once.

    A repeat gets the first reply and the header `Idempotent-Replayed`.
    """

    @functools.wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.headers.get(HEADER, "")
        if not key:
            return view(request, *args, **kwargs)
        try:
            claim = {"caller": _caller_key(request), "key": key[:LONGEST_KEY]}
            kept = idempotency.begin(
                **claim, fingerprint=_fingerprint(request, key), now=timezone.now()
            )
        except (AuthenticationError, PermissionDenied):
            # The view itself will say so.
            return view(request, *args, **kwargs)
        except Refusal as error:
            return problem.of_refusal(error)
        if kept:
            return _replay(kept)
        try:
            response = view(request, *args, **kwargs)
        except BaseException:
            idempotency.release(**claim)
            raise
        _remember(response, claim)
        return response

    return wrapper


def _remember(response: HttpResponse, claim: dict[str, str]) -> None:
    # Only answers that stand are kept: a server's failure may be tried again.
    if response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
        reply = idempotency.Reply(response.status_code, response.content.decode())
        idempotency.finish(**claim, reply=reply)
    else:
        idempotency.release(**claim)


def _replay(kept: idempotency.Reply) -> HttpResponse:
    response = HttpResponse(
        kept.body, status=kept.status, content_type="application/json"
    )
    response["Idempotent-Replayed"] = "true"
    return response


def _caller_key(request: HttpRequest) -> str:
    caller = anyone(request)
    if caller.user:
        return f"account:{caller.user.pk}"
    if caller.participant:
        return f"guest:{caller.participant.pk}"
    return "stranger"


def _fingerprint(request: HttpRequest, key: str) -> str:
    told = "\n".join([request.method or "", request.get_full_path(), key])
    digest = hashlib.sha256(told.encode(errors="replace"))
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.hexdigest()
    # A body with files is not held in memory; reading its parts leaves them whole.
    digest.update(request.POST.urlencode().encode())
    for name in sorted(request.FILES):
        digest.update(name.encode(errors="replace"))
        for file in request.FILES.getlist(name):
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()
