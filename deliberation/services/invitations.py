"""Links that let one guest each into a poll."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from deliberation.models import Invitation, Poll
from moderation.refusals import Refusal, Why
from moderation.services import participants

MOST_AT_ONCE = 500


class TooMany(Refusal):
    """More links than can be made at once."""


class NotInvited(Refusal):
    """The link is none of this poll's."""

    why = Why.NOT_FOUND


@transaction.atomic
def make(*, poll: Poll, number: int, now: datetime) -> list[str]:
    """Return the tokens of new invitations. They are stored nowhere: hand them out."""
    if not 0 < number <= MOST_AT_ONCE:
        message = _("Make between 1 and %(most)d links at once.")
        raise TooMany(message % {"most": MOST_AT_ONCE})
    tokens = []
    for _place in range(number):
        guest, token = participants.start_guest(now=now)
        Invitation.objects.create(poll=poll, participant=guest, made_at=now)
        tokens.append(token)
    return tokens


def check(*, poll: Poll, token: str) -> None:
    """Raise NotInvited, in words, unless the token is that of an invitation."""
    hashed = participants.hash_token(token)
    known = Invitation.objects.filter(poll=poll, participant__guest_token_hash=hashed)
    if not known.exists():
        raise NotInvited(_("This link does not lead into this poll."))
