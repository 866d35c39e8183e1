"""What must be so before a comment is written, answered, changed or withdrawn."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deliberation.models import Attachment, Comment, Discussion
from deliberation.queries import visits
from deliberation.services import discussions
from moderation.models import Participant, Policy
from moderation.queries import changes
from moderation.queries.prepared import Given, PreparedObjects
from moderation.refusals import Refusal, Why

_ANSWERABLE = PreparedObjects[Comment](
    lambda: Comment.objects.public().filter(
        discussion=Given("discussion"), pk=Given("pk")
    )
)
_LOCKED = PreparedObjects[Participant](
    lambda: Participant.objects.select_for_update(no_key=True).filter(pk=Given("pk"))
)


class NoSuchParent(Refusal):
    """What is to be answered is not there, or not any more."""


class NotForGuests(Refusal):
    """The policy asks for an account."""

    why = Why.NOT_ALLOWED


class NotYours(Refusal):
    """Only the author may do this."""

    why = Why.NOT_ALLOWED


class TooLate(Refusal):
    """The time for edits is over, or the comment is not in public any more."""

    why = Why.CLOSED


class Stale(Refusal):
    """The comment was changed meanwhile; `current` is how it reads now."""

    why = Why.CONFLICT

    def __init__(
        self,
        message: str,
        *,
        text: str,
        current: Comment,
        attachments: Sequence[Attachment],
    ) -> None:
        super().__init__(message, text=text)
        self.extra = {
            "current": current.text,
            "current_attachments": [each.as_worded for each in attachments],
            "version": current.version_with(attachments),
        }


def answerable(*, discussion: Discussion, pk: int | None, text: str = "") -> Comment:
    """Return the public comment of this id, or raise NoSuchParent."""
    found = _ANSWERABLE.all(discussion=discussion.pk, pk=pk)
    if not found:
        raise NoSuchParent(
            _("The comment you answer is not here any more. Your text is not lost."),
            text=text,
        )
    return found[0]


def require_account_unless_guests_may(
    policy: Policy, participant: Participant, *, text: str = ""
) -> None:
    """Raise NotForGuests if a guest wants what the policy keeps for accounts."""
    if participant.is_guest and not policy.guests_may_comment:
        raise NotForGuests(
            _("To take part here, please sign in. Guests may only read."), text=text
        )


def require_editable(
    comment: Comment, *, policy: Policy, now: datetime, raw: str
) -> None:
    """Raise Closed or TooLate if its author may not change the comment any more."""
    discussions.require_open(comment.discussion, now=now, text=raw)
    if changes.is_redacted(comment):
        raise TooLate(
            _("A moderator removed a passage, so this cannot be edited."), text=raw
        )
    if visits.is_editable(comment, policy, now=now) or changes.asks_for_edit(comment):
        return
    if not comment.is_public:
        raise TooLate(_("This comment cannot be edited any more."), text=raw)
    message = ngettext(
        "Comments can be edited for %(minutes)d minute. After that, what is missing goes "
        "into a reply.",
        "Comments can be edited for %(minutes)d minutes. After that, what is missing goes "
        "into a reply.",
        policy.edit_minutes,
    )
    raise TooLate(message % {"minutes": policy.edit_minutes}, text=raw)


def locked(author: Participant) -> Participant:
    """Return the author as they are now; until the commit their posts wait for each other."""
    for found in _LOCKED.all(pk=author.pk):
        return found
    raise Participant.DoesNotExist


def for_change(comment: Comment, *, by: Participant, raw: str = "") -> Comment:
    """Return one's own comment, locked until the commit; or raise NotYours."""
    locked = Comment.objects.select_for_update(no_key=True, of=("self",))
    comment = locked.select_related("discussion", "parent").get(pk=comment.pk)
    if comment.author_id != by.pk:
        raise NotYours(_("Only its author may change a comment."), text=raw)
    return comment
