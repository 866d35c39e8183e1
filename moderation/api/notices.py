"""What happened to the caller, and what of it comes by e-mail."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router
from ninja.decorators import decorate_view

from moderation import identity
from moderation.api import pages, schemas
from moderation.api.caller import known
from moderation.api.idempotent import idempotent
from moderation.models import Participant
from moderation.queries import news
from moderation.queries.news import Item
from moderation.services import mail_choices, notices

router = Router(tags=["Me"])


class NoticesQuery(pages.PageQuery):
    """Which notices to read."""

    new: bool = False


@router.get(
    "/me/notices",
    auth=known,
    response=schemas.NoticesOut,
    summary="What happened",
    operation_id="list_notices",
    url_name="notices",
)
def read(
    request: HttpRequest, response: HttpResponse, query: Query[NoticesQuery]
) -> dict[str, Any]:
    """Return the caller's notices, as far as they may see what each is about.

    A page may be shorter than `limit`. With `new`, only those not read yet.
    """
    response["Cache-Control"] = "no-store"
    person = identity.caller_of(request).participant
    if person is None:
        return {"items": [], "next": None, "new": 0}
    position = pages.decode(query.cursor, int)
    page = news.page(
        person,
        after=position[0] if position else None,
        limit=query.limit,
        new_only=query.new,
    )
    return {
        "items": told(page.items),
        "next": pages.encode(page.next) if page.next else None,
        "new": news.count_new(person),
    }


@router.post(
    "/me/notices/read",
    auth=known,
    response=schemas.NewOut,
    summary="Mark notices as read",
    operation_id="mark_notices_read",
)
@decorate_view(idempotent)
def mark_read(request: HttpRequest, body: schemas.ReadIn) -> dict[str, int]:
    """Mark those of the given ids as read, or all; others' ids change nothing."""
    person = _participant(request)
    notices.mark_read(participant=person, now=timezone.now(), only=body.ids)
    return {"new": news.count_new(person)}


@router.get(
    "/me/mail",
    auth=known,
    response=schemas.MailChoicesOut,
    summary="What comes by e-mail",
    operation_id="read_mail_choices",
    url_name="mail",
)
def read_mail(request: HttpRequest, response: HttpResponse) -> dict[str, Any]:
    """Return every topic with how the caller hears of it: `off` is not by e-mail."""
    response["Cache-Control"] = "no-store"
    return _choices(_participant(request))


@router.patch(
    "/me/mail",
    auth=known,
    response=schemas.MailChoicesOut,
    summary="Choose what comes by e-mail",
    operation_id="change_mail_choices",
)
@decorate_view(idempotent)
def choose(request: HttpRequest, body: schemas.MailChoicesIn) -> dict[str, Any]:
    """Change what is named; a topic that is not known changes nothing at all."""
    person = _participant(request)
    mail_choices.choose(participant=person, wanted=body.mail)
    return _choices(person)


def told(items: Iterable[Item]) -> list[dict[str, Any]]:
    """Return notices as `NoticeOut` has them."""
    return [
        {
            "id": item.notice.pk,
            "kind": item.notice.kind,
            "title": str(item.told.title),
            "body": item.told.quote,
            "language": item.told.language,
            "path": item.told.url,
            "created_at": item.notice.created_at,
            "read_at": item.notice.read_at,
        }
        for item in items
    ]


def _choices(person: Participant) -> dict[str, Any]:
    return {
        "items": [
            {
                "topic": topic.name,
                "label": str(topic.label),
                "help": str(topic.help),
                "mail": mail,
            }
            for topic, mail in news.choices_of(person)
        ]
    }


def _participant(request: HttpRequest) -> Participant:
    person = identity.participant_for_writing(request, now=timezone.now(), guests=False)
    if person is None:
        raise Http404
    return person
