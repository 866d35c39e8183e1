"""One statement: read it, vote on it, take the vote back; withdraw one's own."""

from contextlib import nullcontext
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Status
from ninja.decorators import decorate_view
from ninja.errors import AuthenticationError

from deliberation.api import poll_schemas as schemas
from deliberation.api.heard_schemas import citation
from deliberation.choices import Stance
from deliberation.queries import citations, polls
from deliberation.services import statements, votes
from moderation.api.caller import anyone, known
from moderation.api.conditional import conditional
from moderation.api.idempotent import idempotent
from moderation.identity import caller_of, participant_for_writing, remember_guest
from moderation.queries import policies

router = Router(auth=anyone)


@router.get(
    "/{int:pk}",
    response=schemas.OneStatementOut,
    summary="Read a statement",
    operation_id="read_statement",
    url_name="statement",
)
@decorate_view(conditional)
def read(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return a public statement with the caller's own vote."""
    statement = polls.statement(pk, request)
    mine = polls.votes_of(
        poll=statement.poll, participant=caller_of(request).participant
    )
    told = schemas.statement(statement, mine.filter(statement=statement).first())
    lines = citations.of_statements([statement.pk]).get(statement.pk, ())
    return told | {"addressed_in": [citation(line.citation) for line in lines]}


@router.delete(
    "/{int:pk}",
    auth=known,
    response={204: None},
    summary="Withdraw a statement",
    operation_id="withdraw_statement",
)
@decorate_view(idempotent)
def withdraw(request: HttpRequest, pk: int) -> Status[None]:
    """Take one's own statement back; the votes on it count no more."""
    author = caller_of(request).participant
    if author is None:
        raise AuthenticationError
    statements.withdraw(statement=polls.own_statement(pk, request, author), by=author)
    return Status(204, None)


@router.put(
    "/{int:pk}/vote",
    response=schemas.MyVoteOut,
    summary="Vote on a statement",
    operation_id="vote",
    url_name="vote",
)
@decorate_view(idempotent)
def put(
    request: HttpRequest, response: HttpResponse, pk: int, body: schemas.VoteIn
) -> dict[str, Any]:
    """Set the caller's vote: agree, disagree or pass; it may change until the close.

    A stranger may vote where guests are admitted, and gets their token in the header
    `X-Guest-Token`. 409 once the poll is closed.
    """
    now = timezone.now()
    statement = polls.statement_to_vote_on(pk, request)
    voter = caller_of(request).participant
    # Whoever is made for this vote comes with it or not at all.
    with nullcontext() if voter else transaction.atomic():
        voter = voter or participant_for_writing(
            request, now=now, guests=policies.of(statement.poll).guests_may_vote
        )
        if voter is None:
            raise AuthenticationError
        vote = votes.cast(
            statement=statement,
            participant=voter,
            stance=Stance[body.stance.upper()],
            important=body.important,
            now=now,
        )
    remember_guest(request, response)
    return schemas.my_vote(vote)


@router.delete(
    "/{int:pk}/vote",
    auth=known,
    response={204: None},
    summary="Take a vote back",
    operation_id="take_back_vote",
)
@decorate_view(idempotent)
def delete(request: HttpRequest, pk: int) -> Status[None]:
    """Undo the caller's vote; 404 where there is none."""
    participant = caller_of(request).participant
    statement = polls.statement_to_vote_on(pk, request)
    if participant is None:
        raise AuthenticationError
    votes.take_back(statement=statement, participant=participant, now=timezone.now())
    return Status(204, None)
