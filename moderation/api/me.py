"""The caller: who they are here, and what they may change."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router
from ninja.decorators import decorate_view

from moderation import identity
from moderation.api import schemas
from moderation.api.caller import anyone, known
from moderation.api.idempotent import idempotent
from moderation.identity import Caller
from moderation.queries import records
from moderation.services import profiles

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
        "notices": records.notices_of(person, limit=20) if person else [],
    }


def _has(caller: Caller, name: str) -> bool:
    return bool(caller.user and caller.user.has_perm(f"moderation.{name}"))
