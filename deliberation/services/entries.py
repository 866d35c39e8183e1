"""What people say on paper, by phone or in person, typed in for them."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from deliberation.choices import Channel
from deliberation.models import Comment, Discussion
from deliberation.queries import visits
from deliberation.services import comments
from moderation.models import Participant
from moderation.refusals import Refusal, Why
from moderation.services import participants

# No letter or digit that reads like another one; 12 of them are 58 bits.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, LENGTH = 3, 4


class NotForYou(Refusal):
    """Only whoever may edit the page types in for others."""

    why = Why.NOT_ALLOWED


class NoChannel(Refusal):
    """It has to be said by which way it came in."""


class NoSuchReceipt(Refusal):
    """Nothing was given out with this code."""

    why = Why.NOT_FOUND


@transaction.atomic
def enter(
    *,
    discussion: Discussion,
    by: Any,
    channel: str,
    raw: str,
    language: str,
    stance: str = "",
    theme: str = "",
    now: datetime,
) -> tuple[Comment, str]:
    """Post what somebody said elsewhere; return it with the code to give them.

    It passes the same rules, has an author of its own, and is marked as what it is. The
    code is stored as a hash only: whoever holds it reads what became of the
    contribution, answers, objects and withdraws. Raises NotForYou, NoChannel and
    whatever `comments.post` raises.
    """
    if not visits.speaks_for(by, discussion.page):
        raise NotForYou(_("Only editors of this page can type in for others."))
    if channel not in dict(Channel.typed_in()):
        raise NoChannel(_("Please say how this came in."), text=raw)
    code = _new_code()
    author = participants.start_with(token=code, now=now, language=language)
    comment = comments.post(
        discussion=discussion,
        author=author,
        raw=raw,
        language=language,
        stance=stance,
        theme=theme,
        # They keep the rules that stand on the form or were read to them.
        agreed=True,
        channel=Channel(channel),
        now=now,
    )
    return comment, code


def holder_of(typed: str) -> tuple[Participant, str]:
    """Return whose code this is, and the code as it is kept; or raise NoSuchReceipt."""
    letters = [letter for letter in typed.upper() if letter in LETTERS]
    code = _grouped("".join(letters))
    holder = participants.for_guest_token(code)
    if len(letters) != GROUPS * LENGTH or holder is None:
        raise NoSuchReceipt(
            _("This code is not known. Please compare it with your receipt.")
        )
    return holder, code


def _new_code() -> str:
    return _grouped("".join(secrets.choice(LETTERS) for _i in range(GROUPS * LENGTH)))


def _grouped(letters: str) -> str:
    return "-".join(
        letters[start : start + LENGTH] for start in range(0, len(letters), LENGTH)
    )
