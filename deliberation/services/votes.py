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

# Only votes of one person, cast at once, can be in each other's way.
ATTEMPTS = 5


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

    Of many votes sent at once one stands. Of the statement no more is read here than
    its poll's policy: the rest is asked where the vote is stored, and read only to say
    why it was not. Raises NotVotable, discussions.Closed or MayNotVote.
    """
    vote = Vote(
        poll_id=statement.poll_id,
        statement=statement,
        participant=participant,
        stance=stance,
        is_important=important,
        cast_at=now,
    )
    for _attempt in range(ATTEMPTS):
        if _is_admitted(participant, statement.poll) and ballot_box.put(vote):
            _announce(statement, now)
            return vote
        _refuse(vote, now=now)
    raise RuntimeError("This vote is being changed too often to be stored.")


@transaction.atomic
def take_back(*, statement: Statement, participant: Participant, now: datetime) -> None:
    """Undo a vote. Raises NotVotable, discussions.Closed, or NoVote if there is none."""
    _require_votable(statement.pk, now=now)
    was_there = ballot_box.take_out(
        poll_id=statement.poll_id,
        statement_id=statement.pk,
        participant_id=participant.pk,
    )
    if not was_there:
        raise NoVote(_("You have not voted on this statement."))
    _announce(statement, now)


def _is_admitted(participant: Participant, poll: Poll) -> bool:
    return participant.may_write and (
        not participant.is_guest
        or policies.of(poll).guests_may_vote
        or polls.is_invited(poll, participant)
    )


def _refuse(vote: Vote, *, now: datetime) -> None:
    """Say in words why a vote may not be cast, unless it may."""
    statement, participant = (
        _require_votable(vote.statement_id, now=now),
        vote.participant,
    )
    if not participant.may_write:
        raise MayNotVote(_("Your account may not vote at present."))
    if statement.author_id == participant.pk:
        raise MayNotVote(_("This statement is your own: others vote on it."))
    if not _is_admitted(participant, statement.poll):
        raise MayNotVote(_("Sign in to vote in this poll."))


def _require_votable(statement_id: int, *, now: datetime) -> Statement:
    """Return a statement as it is now. Raises NotVotable or discussions.Closed."""
    whole = Statement.objects.select_related("poll__page", "poll__policy")
    found = whole.filter(pk=statement_id).first()
    if not (found and found.is_public and found.poll.page.live):
        raise NotVotable(_("There is no such statement to vote on."))
    discussions.require_open(found.poll, now=now)
    return found


def _announce(statement: Statement, now: datetime) -> None:
    send = partial(vote_cast.send, Vote, poll_id=statement.poll_id, now=now)
    transaction.on_commit(send)
