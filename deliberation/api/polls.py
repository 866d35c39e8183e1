"""Polls: what is asked, and what to vote on now."""

from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from ninja import Field, Query, Router, Schema, Status
from ninja.decorators import decorate_view
from ninja.errors import AuthenticationError
from pydantic import ConfigDict

from deliberation.api import poll_schemas as schemas
from deliberation.queries import (
    hints,
    papers,
    polls,
    routing,
    visibility,
    visits,
)
from deliberation.services import labels, statements
from moderation.api import pages
from moderation.api.caller import anyone
from moderation.api.conditional import conditional
from moderation.api.idempotent import idempotent
from moderation.api.problem import findings_as_data
from moderation.choices import Review
from moderation.identity import caller_of, participant_for_writing, remember_guest
from moderation.queries import policies
from moderation.rules import Kind

router = Router(auth=anyone)


@router.get(
    "/{int:pk}",
    response=schemas.PollOut,
    summary="Read a poll",
    operation_id="read_poll",
    url_name="poll",
)
@decorate_view(conditional)
def read(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return its question, stage and rules, and how far the caller has come."""
    return _poll(_visit(request, pk))


@router.get(
    "/{int:pk}/statements",
    response=schemas.StatementPageOut,
    summary="Read statements",
    operation_id="list_statements",
    url_name="statements",
)
@decorate_view(conditional)
def read_statements(
    request: HttpRequest, pk: int, query: Query[pages.PageQuery]
) -> dict[str, Any]:
    """Return one page of the public statements in order of their numbers."""
    visit = _visit(request, pk)
    found = polls.public_statements(visit.poll)
    if after := pages.decode(query.cursor, int):
        found = found.filter(number__gt=after[0])
    rows = list(found[: query.limit + 1])
    shown = rows[: query.limit]
    mine = polls.votes_of(poll=visit.poll, participant=visit.participant)
    by_statement = {v.statement_id: v for v in mine.filter(statement__in=shown)}
    return {
        "items": [schemas.statement(one, by_statement.get(one.pk)) for one in shown],
        "next": pages.encode(shown[-1].number) if len(rows) > len(shown) else None,
    }


@router.post(
    "/{int:pk}/statements",
    response={201: schemas.SubmittedOut, 202: schemas.SubmittedOut},
    summary="Submit a statement",
    operation_id="submit_statement",
)
@decorate_view(idempotent)
def submit(
    request: HttpRequest, response: HttpResponse, pk: int, body: schemas.StatementIn
) -> Status[dict[str, Any]]:
    """Add a statement: 201 if others can vote on it now, 202 if it is read first.

    422 gives back the text, with what to change in `findings`.
    """
    visit = _visit(request, pk)
    replaced = polls.replaceable(
        body.replaces, poll=visit.poll, author=visit.participant
    )
    with transaction.atomic():
        author = participant_for_writing(
            request, now=visit.now, guests=visit.policy.guests_may_comment
        )
        if author is None:
            raise AuthenticationError
        statement = statements.submit(
            poll=visit.poll,
            author=author,
            raw=body.text,
            language=_language(body.text, body.language),
            now=visit.now,
            replaces=replaced,
            agreed=body.agreed,
        )
    remember_guest(request, response)
    status = HTTPStatus.CREATED if statement.is_public else HTTPStatus.ACCEPTED
    return Status(status, schemas.submitted(statement))


class HintsQuery(Schema):
    """The text that somebody is about to send."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=hints.LONGEST)
    language: str | None = Field(
        None, description="A language tag such as “de”; without, it is detected."
    )


@router.get(
    "/{int:pk}/hints",
    response=schemas.HintsOut,
    summary="Read hints on a statement",
    operation_id="read_hints",
    url_name="hints",
)
@decorate_view(conditional)
def read_hints(
    request: HttpRequest, pk: int, query: Query[HintsQuery]
) -> dict[str, Any]:
    """Return similar statements, whether a text looks like two ideas, and other hints."""
    language = _language(query.text, query.language)
    found = hints.of(query.text, visit=_visit(request, pk), language=language)
    return {
        "similar": [schemas.statement(each, None) for each in found.similar],
        "has_two_ideas": found.has_two_ideas,
        "findings": findings_as_data(found.findings),
    }


@router.get(
    "/{int:pk}/next",
    response=schemas.NextOut,
    summary="Read the next statement",
    operation_id="read_next_statement",
    url_name="next_statement",
)
@decorate_view(conditional)
def read_next(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return the statement for the caller to vote on now, and how many remain.

    The same until the caller votes; a stranger may get another one each time.
    """
    papers.of(pk, request)
    turn = routing.next_for(poll_id=pk, participant=caller_of(request).participant)
    return {
        "statement": turn.statement and schemas.statement(turn.statement, None),
        "progress": _progress(turn),
    }


def _visit(request: HttpRequest, pk: int) -> polls.Visit:
    caller = caller_of(request)
    return polls.visit(
        poll=visibility.poll(pk, request),
        participant=caller.participant,
        has_account=caller.user is not None,
        now=timezone.now(),
    )


def _language(text: str, chosen: str | None) -> str:
    return labels.language_of_text(text, chosen=chosen, reading=get_language() or "")


def _progress(turn: routing.Turn) -> dict[str, int]:
    return {"voted": turn.voted, "total": turn.total, "remaining": turn.remaining}


def _poll(visit: polls.Visit) -> dict[str, Any]:
    poll, policy = visit.poll, visit.policy
    turn = routing.next_for(poll_id=poll.pk, participant=visit.participant)
    return {
        "id": poll.pk,
        "title": poll.title,
        "introduction": poll.introduction,
        "section": poll.section,
        "page": poll.page_id,
        "page_url": poll.page.get_url(),
        "language": poll.page.locale.language_code,
        "stage": visit.stage,
        "opens_at": poll.opens_at,
        "closes_at": poll.closes_at,
        "closed_early_because": poll.ended_because,
        "house_rules": visits.house_rules(policy, get_language() or ""),
        "limits": visits.limits(policy, visit.participant, kind=Kind.STATEMENT),
        "rules": [str(rule.title) for rule in policies.rules_of(policy)],
        "review": str(Review(policy.review).label),
        "residents_may_submit": poll.residents_may_submit,
        "statement_maximum": poll.statement_maximum,
        "guests_may_vote": policy.guests_may_vote,
        "results": poll.results,
        "open_data": poll.is_open_data,
        "progress": _progress(turn),
        "may": {
            "vote": visit.may_vote,
            "submit": visit.may_submit,
            "must_agree": visit.must_agree,
            "see_results": polls.shows_results(
                poll=poll, participant=visit.participant, now=visit.now
            ),
            "sign_in": visit.is_guest and not policy.guests_may_vote,
        },
        "url": schemas.poll_url(poll.pk),
    }
