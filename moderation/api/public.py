"""What anybody may do: report, read the register, read reasons, appeal."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from moderation import contents, identity
from moderation.api import pages, schemas
from moderation.api.caller import anyone
from moderation.api.conditional import conditional
from moderation.api.idempotent import idempotent
from moderation.choices import Act
from moderation.models import Appeal, Decision, Flag
from moderation.queries import appeals as appeal_lists
from moderation.queries import changes, register, statements
from moderation.services import appeals, flags, notices

router = Router(auth=anyone)


@router.post(
    "/flags",
    response={201: schemas.FlagOut, 202: schemas.FlagOut},
    summary="Report an item",
    operation_id="report",
    url_name="flags",
    tags=["Reports"],
)
@decorate_view(idempotent)
def report(request: HttpRequest, body: schemas.FlagIn) -> Status[Any]:
    """Report one item, once per person.

    201 with the receipt; 202 for strangers, who get it by e-mail. 409 if the caller
    has reported the item before, 404 for what they cannot see.
    """
    content = contents.find_visible(
        kind=body.content.kind, pk=body.content.id, request=request
    )
    now = timezone.now()
    reporter = identity.participant_for_writing(request, now=now, guests=False)
    if reporter is None or reporter.is_guest:
        identity.limit_address(
            request,
            act="flag",
            most=flags.WITHOUT_ACCOUNT_AN_HOUR,
            within=timedelta(hours=1),
        )
    flag = flags.raise_by_person(
        content=content,
        reporter=reporter,
        language=get_language() or "",
        now=now,
        **body.dict(exclude={"content"}),
    )
    if reporter is None:
        detail = _("We have written to the address you gave.")
        return Status(202, {"receipt": None, "detail": detail})
    detail = _("A moderator reads your report within 48 hours.")
    return Status(201, {"receipt": flag.receipt, "detail": detail})


@router.get(
    "/register",
    response=schemas.RegisterOut,
    summary="Read the register",
    operation_id="read_register",
    url_name="register",
    tags=["Decisions"],
)
@decorate_view(conditional)
def read_register(request: HttpRequest, page: Query[pages.PageQuery]) -> dict[str, Any]:
    """Return lines of the hash-chained register of decisions, newest first."""
    position = pages.decode(page.cursor, int)
    found = register.page(before=position[0] if position else None, limit=page.limit)
    shown = found[: page.limit]
    is_more = len(found) > page.limit
    return {
        "items": shown,
        "next": pages.encode(shown[-1].number) if is_more else None,
        "head": register.head()[1],
    }


@router.get(
    "/decisions/{slug:receipt}",
    response=schemas.DecisionOut,
    summary="Read a statement of reasons",
    operation_id="read_decision",
    url_name="decision",
    tags=["Decisions"],
)
def read_decision(
    request: HttpRequest, response: HttpResponse, receipt: str
) -> dict[str, Any]:
    """Return a decision to whoever holds the author's receipt, with the text."""
    decision = statements.by_receipt(receipt)
    if decision is None or decision.content is None:
        raise Http404
    response["Cache-Control"] = "no-store"
    return _told(decision)


@router.post(
    "/appeals",
    response={201: schemas.AppealOut},
    summary="Appeal against a decision",
    operation_id="appeal",
    url_name="appeals",
    tags=["Decisions"],
)
@decorate_view(idempotent)
def appeal(request: HttpRequest, body: schemas.AppealIn) -> Status[Any]:
    """Appeal once, within 183 days, by the receipt of a decision or of a report."""
    now = timezone.now()
    if decision := statements.by_receipt(body.receipt):
        made = appeals.raise_by_author(decision=decision, text=body.text, now=now)
        return Status(201, told_of_appeal(made))
    flag = Flag.objects.filter(receipt=body.receipt, rule_id="").first()
    if flag is None:
        raise Http404
    made = appeals.raise_by_reporter(flag=flag, text=body.text, now=now)
    return Status(201, told_of_appeal(made))


def told_of_appeal(appeal: Appeal) -> dict[str, Any]:
    """Return what the API says of an appeal."""
    return {
        "id": appeal.pk,
        "side": appeal.side,
        "text": appeal.text,
        "created_at": appeal.created_at,
        "due_at": appeal_lists.due_at(appeal),
        "outcome": appeal.outcome or None,
        "answer": appeal.answer,
        "answered_at": appeal.answered_at,
    }


def _told(decision: Decision) -> dict[str, Any]:
    content: Any = decision.content
    own = appeal_lists.of_author(decision)
    rule = {
        "id": decision.rule_id,
        "version": decision.rule_version,
        "text": decision.rule_text,
    }
    return {
        "title": notices.title_for_author(decision.act),
        "act": decision.act,
        "decided_at": decision.created_at,
        "automation": decision.automation,
        "ground": decision.ground or None,
        "rule": rule if Act(decision.act).restricts else None,
        "legal_ground": decision.legal_ground,
        "facts": decision.facts,
        "matched": decision.matched,
        "register_number": statements.number_of(decision),
        "content": {"kind": contents.of(content).kind, "id": content.pk},
        "status": content.status,
        "text": changes.text_before(decision, content),
        "appeal_until": statements.appeal_until(decision),
        "may_appeal": appeal_lists.author_may_appeal(decision, now=timezone.now()),
        "appeal": told_of_appeal(own) if own else None,
        "statement": statements.as_dsa(decision, content),
    }
