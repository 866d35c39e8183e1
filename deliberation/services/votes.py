"""Votes: cast, change, take back."""

from datetime import datetime
from functools import partial

from django.db import connection, transaction
from django.utils.translation import gettext as _

from deliberation.choices import Stance
from deliberation.models import EarlierVote, Poll, Statement, Vote
from deliberation.queries import polls
from deliberation.services import discussions
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


@transaction.atomic
def cast(
    *,
    statement: Statement,
    participant: Participant,
    stance: Stance,
    important: bool = False,
    now: datetime,
) -> Vote:
    """Store a vote in place of the same person's earlier one, which is kept aside.

    The participant's row is locked, so that of many votes sent at once one stands.
    Raises discussions.Closed, NotVotable or MayNotVote.
    """
    discussions.require_open(statement.poll, now=now)
    _check_votable(statement, participant)
    _lock(participant)
    _set_aside(statement, participant)
    vote = Vote.objects.create(
        poll_id=statement.poll_id,
        statement=statement,
        participant=participant,
        stance=stance,
        is_important=important,
        cast_at=now,
    )
    _announce(statement, now)
    return vote


@transaction.atomic
def take_back(*, statement: Statement, participant: Participant, now: datetime) -> None:
    """Undo a vote. Raises discussions.Closed, or NoVote where there is none."""
    discussions.require_open(statement.poll, now=now)
    _lock(participant)
    if not _set_aside(statement, participant):
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


def _lock(participant: Participant) -> None:
    """Let one request at a time touch this participant's votes.

    A database without locks on rows lets one transaction write at a time anyway.
    """
    if not connection.features.has_select_for_update:
        return
    locked = Participant.objects.select_for_update(no_key=True)
    locked.values_list("pk").get(pk=participant.pk)


def _set_aside(statement: Statement, participant: Participant) -> bool:
    """Turn the present vote, if there is one, into an earlier one."""
    present = Vote.objects.filter(
        participant=participant, poll_id=statement.poll_id, statement=statement
    ).first()
    if present is None:
        return False
    EarlierVote.objects.create(
        poll_id=present.poll_id,
        statement=statement,
        participant=participant,
        stance=present.stance,
        cast_at=present.cast_at,
    )
    present.delete()
    return True


def _announce(statement: Statement, now: datetime) -> None:
    send = partial(vote_cast.send, Vote, poll_id=statement.poll_id, now=now)
    transaction.on_commit(send)
