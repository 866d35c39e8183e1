"""What readers answer to a comment without writing."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from deliberation.choices import ReactionKind
from deliberation.models import Comment, Reaction
from deliberation.services import checks, discussions
from deliberation.signals import reaction_changed
from moderation.models import Participant
from moderation.queries import policies
from moderation.refusals import Refusal, Why
from moderation.services.admission import Suspended


class UnknownKind(Refusal):
    """There is no such reaction."""


class NotAnswerable(Refusal):
    """The comment is not in public."""

    why = Why.NOT_FOUND


class OwnComment(Refusal):
    """Nobody reacts to their own comment."""

    why = Why.NOT_ALLOWED


def react(
    *, comment: Comment, participant: Participant, kind: str, now: datetime
) -> None:
    """Store or replace a participant's one reaction to a public comment."""
    if kind not in ReactionKind.values:
        raise UnknownKind(_("There is no such reaction."))
    _require_reader(comment, participant, now=now)
    Reaction.objects.bulk_create(
        [Reaction(comment=comment, participant=participant, kind=kind, created_at=now)],
        update_conflicts=True,
        unique_fields=["comment", "participant"],
        update_fields=["kind", "created_at"],
    )
    _announce(comment)


def take_back(*, comment: Comment, participant: Participant, now: datetime) -> None:
    """Remove a participant's reaction, if there is one."""
    _require_reader(comment, participant, now=now)
    Reaction.objects.filter(comment=comment, participant=participant).delete()
    _announce(comment)


def _announce(comment: Comment) -> None:
    send = partial(reaction_changed.send, Reaction, discussion_id=comment.discussion_id)
    transaction.on_commit(send)


def _require_reader(
    comment: Comment, participant: Participant, *, now: datetime
) -> None:
    if not comment.is_public:
        raise NotAnswerable(_("This comment is not here any more."))
    discussions.require_open(comment.discussion, now=now)
    if not participant.may_write:
        raise Suspended(_("Your account may not take part at present."))
    checks.require_account_unless_guests_may(
        policies.of(comment.discussion), participant
    )
    if comment.author_id == participant.pk:
        raise OwnComment(_("You cannot react to your own comment."))
