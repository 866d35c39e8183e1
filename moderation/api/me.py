"""The caller: who they are here, and what they may change."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router
from ninja.decorators import decorate_view

from moderation import identity
from moderation.api import schemas
from moderation.api.caller import anyone, known
from moderation.api.idempotent import idempotent
from moderation.api.notices import told
from moderation.identity import Caller
from moderation.models import Participant
from moderation.queries import news, personal_data
from moderation.services import erasure, profiles

router = Router(tags=["Me"])


@router.get(
    "/me",
    auth=anyone,
    response=schemas.MeOut,
    summary="Who am I?",
    operation_id="read_me",
    url_name="me",
)
def read(request: HttpRequest, response: HttpResponse) -> dict[str, Any]:
    """Return the caller as the forum knows them; strangers get an empty answer."""
    response["Cache-Control"] = "no-store"
    return _told(identity.caller_of(request))


@router.patch(
    "/me",
    auth=known,
    response=schemas.MeOut,
    summary="Change my name or language",
    operation_id="change_me",
)
@decorate_view(idempotent)
def change(request: HttpRequest, body: schemas.MeIn) -> dict[str, Any]:
    """Change what is given. Names are limited to three changes a day."""
    now = timezone.now()
    participant = identity.participant_for_writing(request, now=now, guests=False)
    if participant:
        profiles.change(
            participant=participant, pseudonym=body.pseudonym, language=body.language
        )
    return _told(identity.caller_of(request))


@router.get(
    "/me/data",
    auth=known,
    summary="Everything held of me",
    operation_id="read_my_data",
    url_name="my_data",
    response=dict[str, Any],
)
def data(request: HttpRequest, response: HttpResponse) -> dict[str, Any]:
    """Return all that the forum holds of the caller; nobody else can ask for it."""
    response["Cache-Control"] = "no-store"
    return personal_data.collect(_participant(request))


@router.post(
    "/me/erasure",
    auth=known,
    response=schemas.ErasureOut,
    summary="Have my data erased in a day",
    operation_id="ask_for_erasure",
    url_name="erasure",
)
@decorate_view(idempotent)
def ask_for_erasure(request: HttpRequest) -> dict[str, Any]:
    """Erase account and data a day from now; 403 for accounts that work here."""
    asked = erasure.ask(participant=_participant(request), now=timezone.now())
    return {"due_at": asked.erasure_due_at}


@router.delete(
    "/me/erasure",
    auth=known,
    response=schemas.ErasureOut,
    summary="Keep my data after all",
    operation_id="cancel_erasure",
)
@decorate_view(idempotent)
def cancel_erasure(request: HttpRequest) -> dict[str, Any]:
    """Take the wish back, as long as the day has not passed."""
    kept = erasure.cancel(participant=_participant(request))
    return {"due_at": kept.erasure_due_at}


def _participant(request: HttpRequest) -> Participant:
    participant = identity.caller_of(request).participant
    if participant is None:
        raise Http404
    return participant


def _told(caller: Caller) -> dict[str, Any]:
    person = caller.participant
    may_write = person.may_write if person else caller.is_known
    return {
        "pseudonym": person.pseudonym if person else None,
        "standing": person.standing if person else None,
        "language": person.language if person else "",
        "is_guest": person.is_guest if person else False,
        "since": person.created_at if person else None,
        "may": {
            "write": may_write,
            "report": may_write or not caller.is_known,
            "review": _has(caller, "review_content"),
            "lead": _has(caller, "lead_review"),
        },
        "new": news.count_new(person) if person else 0,
        "notices": told(news.page(person).items) if person else [],
    }


def _has(caller: Caller, name: str) -> bool:
    return bool(caller.user and caller.user.has_perm(f"moderation.{name}"))
