"""The moderators' desk: what waits, decisions, answers to appeals."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Status
from ninja.decorators import decorate_view

from moderation import contents
from moderation.api import pages, schemas
from moderation.api.caller import known
from moderation.api.idempotent import idempotent
from moderation.api.pages import BadCursor
from moderation.api.public import told_of_appeal
from moderation.choices import Act
from moderation.identity import Caller
from moderation.language import spelled
from moderation.models import Appeal
from moderation.queries import appeals as appeal_lists
from moderation.queries import desk, queue, records, statements
from moderation.services import appeals, review


def _with(permission: str) -> Callable[[HttpRequest], Caller]:
    def holder(request: HttpRequest) -> Caller:
        caller = known(request)
        if not (caller.user and caller.user.has_perm(permission)):
            raise PermissionDenied(_("This is for moderators."))
        return caller

    return holder


reviewer = _with("moderation.review_content")
lead = _with("moderation.lead_review")

router = Router(auth=reviewer, tags=["Moderation"])


class QueueQuery(pages.PageQuery):
    """Which part of the queue to return."""

    kind: str = Field("", max_length=40)
    reason: str = Field("", max_length=40)
    language: str = Field("", pattern=r"^[A-Za-z0-9-]{0,20}$")


@router.get(
    "/queue",
    response=schemas.QueueOut,
    summary="What waits for a moderator",
    operation_id="read_queue",
    url_name="queue",
)
def read_queue(
    request: HttpRequest, response: HttpResponse, page: Query[QueueQuery]
) -> dict[str, Any]:
    """Return what waits, the most urgent first, each with its clock."""
    after = queue.Place.from_cursor(page.cursor)
    if page.cursor and after is None:
        raise BadCursor(_("This cursor does not belong to this list."))
    choice = queue.Choice(
        kind=page.kind, reason=page.reason, language=spelled(page.language)
    )
    own = desk.of(request.user)
    found = queue.page(choice=choice, after=after, limit=page.limit, desk=own)
    shown = found[: page.limit]
    seen = records.latest_on(item.content for item in shown)
    response["Cache-Control"] = "no-store"
    return {
        "items": [_told(item, seen) for item in shown],
        "next": shown[-1].place.cursor if len(found) > page.limit else None,
    }


@router.post(
    "/decisions",
    response={201: schemas.DecidedOut},
    summary="Decide on an item",
    operation_id="decide",
    url_name="decisions",
)
@decorate_view(idempotent)
def decide(request: HttpRequest, body: schemas.DecisionIn) -> Status[Any]:
    """Carry out a decision with its reasons.

    409 with `decision` if somebody else decided since `seen`; 422 if the statement
    of reasons is incomplete.
    """
    content = contents.find(kind=body.content.kind, pk=body.content.id)
    if not desk.of(request.user).may_see(content):
        raise contents.NotFound(_("There is no such contribution."))
    decision = review.decide(
        content=content,
        decided_by=request.user,
        now=timezone.now(),
        **_given(body.dict(exclude={"content"})),
    )
    return Status(
        201,
        {
            "id": decision.pk,
            "act": decision.act,
            "status": content.status,
            "register_number": statements.number_of(decision),
            "decided_at": decision.created_at,
        },
    )


@router.get(
    "/appeals",
    auth=lead,
    response=list[schemas.AppealOut],
    summary="Appeals that wait",
    operation_id="read_appeals",
    url_name="waiting_appeals",
)
def read_appeals(request: HttpRequest, response: HttpResponse) -> list[dict[str, Any]]:
    """Return the appeals that nobody has answered, the oldest first."""
    response["Cache-Control"] = "no-store"
    return [told_of_appeal(appeal) for appeal in appeal_lists.waiting()]


@router.post(
    "/appeals/{int:pk}/answer",
    auth=lead,
    response=schemas.AppealOut,
    summary="Answer an appeal",
    operation_id="answer_appeal",
    url_name="answer_appeal",
)
@decorate_view(idempotent)
def answer(request: HttpRequest, pk: int, body: schemas.AnswerIn) -> dict[str, Any]:
    """Answer with reasons; whoever made the decision is refused (403)."""
    found = Appeal.objects.filter(pk=pk) if pk <= contents.LARGEST_ID else None
    appeal = found.first() if found is not None else None
    if appeal is None:
        raise Http404
    answered = appeals.answer(
        appeal=appeal,
        answered_by=request.user,
        now=timezone.now(),
        **_given(body.dict()),
    )
    return told_of_appeal(answered)


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    """Return a body's fields as the services take them: absent grounds are empty."""
    return {
        name: "" if value is None and name != "same_as" else value
        for name, value in fields.items()
    }


def _told(item: queue.Waiting, seen: dict[tuple[type, int], int]) -> dict[str, Any]:
    content = item.content
    return {
        "content": {"kind": item.port.kind, "id": content.pk},
        "text": content.text,
        "language": content.language,
        "status": content.status,
        "author": content.author.pseudonym if content.author else None,
        "standing": content.author.standing if content.author else None,
        "place": item.context.place,
        "path": item.port.url(content),
        "since": item.place.since,
        "due_at": item.due_at,
        "overdue": item.is_overdue(timezone.now()),
        "urgent": item.is_pressing,
        "may": [
            act for act in Act.for_moderators(content.status) if act in item.port.acts
        ],
        "flags": [_told_of_flag(flag) for flag in item.flags],
        "seen": seen.get((type(content), content.pk), 0),
    }


def _told_of_flag(flag: Any) -> dict[str, Any]:
    return {
        "reason": flag.reason,
        "reason_in_words": flag.reason_in_words,
        "text": flag.text,
        "rule": flag.rule_id,
        "matched": flag.matched,
        "start": flag.start,
        "end": flag.end,
        "created_at": flag.created_at,
    }
