"""Votes: cast, change, take back."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from deliberation.choices import Stance
from deliberation.models import Poll, Statement, Vote
from deliberation.queries import polls
from deliberation.services import ballot_box, discussions
from deliberation.signals import vote_cast
from moderation.models import Participant
from moderation.queries import policies
from moderation.refusals import Refusal, Why


class NotVotable(Refusal):
    """There is no such statement for this voter."""

    why = Why.NOT_FOUND


class NoVote(Refusal):
    """There is nothing to take back."""

    why = Why.NOT_FOUND


class MayNotVote(Refusal):
    """The person may not vote here."""

    why = Why.NOT_ALLOWED


def cast(
    *,
    statement: Statement,
    participant: Participant,
    stance: Stance,
    important: bool = False,
    now: datetime,
) -> Vote:
    """Store a vote in place of the same person's earlier one, which is kept aside.

    Of many votes sent at once one stands. Raises discussions.Closed, NotVotable or
    MayNotVote.
    """
    discussions.require_open(statement.poll, now=now)
    _check_votable(statement, participant)
    vote = Vote(
        poll_id=statement.poll_id,
        statement=statement,
        participant=participant,
        stance=stance,
        is_important=important,
        cast_at=now,
    )
    ballot_box.put(vote)
    _announce(statement, now)
    return vote


@transaction.atomic
def take_back(*, statement: Statement, participant: Participant, now: datetime) -> None:
    """Undo a vote. Raises discussions.Closed, or NoVote where there is none."""
    discussions.require_open(statement.poll, now=now)
    was_there = ballot_box.take_out(
        participant=participant, poll_id=statement.poll_id, statement_id=statement.pk
    )
    if not was_there:
        raise NoVote(_("You have not voted on this statement."))
    _announce(statement, now)


def _check_votable(statement: Statement, participant: Participant) -> None:
    if not statement.is_public:
        raise NotVotable(_("There is no such statement to vote on."))
    if not participant.may_write:
        raise MayNotVote(_("Your account may not vote at present."))
    if statement.author_id == participant.pk:
        raise MayNotVote(_("This statement is your own: others vote on it."))
    if participant.is_guest and not _is_admitted(statement.poll, participant):
        raise MayNotVote(_("Sign in to vote in this poll."))


def _is_admitted(poll: Poll, guest: Participant) -> bool:
    return policies.of(poll).guests_may_vote or polls.is_invited(poll, guest)


def _announce(statement: Statement, now: datetime) -> None:
    send = partial(vote_cast.send, Vote, poll_id=statement.poll_id, now=now)
    transaction.on_commit(send)
