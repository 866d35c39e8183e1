"""Pictures: sent, posted with a comment, described, and gone with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from deliberation.models import Attachment, Comment, Discussion
from deliberation.models.attachment import LONGEST_DESCRIPTION
from deliberation.services import discussions
from moderation import sanitize
from moderation.choices import Attachments
from moderation.models import Participant, Policy
from moderation.queries import policies
from moderation.refusals import Refusal, Why
from moderation.rules import Picture
from moderation.services import admission, limits

# Of one person; what is not posted goes after a day.
MOST_A_DAY = 30
WAITS_FOR = timedelta(days=1)


class NoPicturesHere(Refusal):
    """The policy admits none."""

    why = Why.NOT_ALLOWED


class NotAPicture(Refusal):
    """What was sent cannot be shown, or is too large."""


class NoSuchPicture(Refusal):
    """The picture is not there any more, or is somebody else's."""


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A picture as its author wants it posted."""

    key: str
    description: str = ""
    needs_description: bool = False


def admits(policy: Policy) -> bool:
    """Say whether comments under this policy may have pictures."""
    return Attachments(policy.attachments).admits_images


def upload(
    *, discussion: Discussion, uploader: Participant, content: bytes, now: datetime
) -> Attachment:
    """Keep a picture, painted anew, until its author posts a comment with it.

    Nobody else sees it until then. Raises Closed, NoPicturesHere, NotAPicture,
    admission.Suspended, and limits.TooOften.
    """
    discussions.require_open(discussion, now=now)
    if not admits(policies.of(discussion)):
        raise NoPicturesHere(_("Pictures are not possible here."))
    admission.require_free(uploader, now=now)
    limits.take(
        act="upload", who=str(uploader.pk), most=MOST_A_DAY, within=timedelta(days=1)
    )
    try:
        picture = sanitize.clean_picture(content)
    except sanitize.TooLarge:
        raise NotAPicture(too_large()) from None
    except sanitize.NoPicture:
        raise NotAPicture(
            _(
                "This file is no picture that can be shown here. Take a JPEG, PNG, "
                "WebP or GIF file."
            )
        ) from None
    return Attachment.objects.create(
        discussion=discussion,
        uploader=uploader,
        width=picture.width,
        height=picture.height,
        content=picture.content,
        uploaded_at=now,
    )


def too_large() -> str:
    """Return what somebody is told whose picture is more than can be taken."""
    return _(
        "This picture is too large. At most 12 megabytes and 50 million pixels can be "
        "taken."
    )


def waiting_of(
    uploader: Participant | None, discussion: Discussion, keys: Iterable[str]
) -> list[Attachment]:
    """Return those of somebody's own pictures that are not posted, in this order."""
    # What is no key at all, as no database could look for it, is nobody's.
    wanted = [key for key in dict.fromkeys(keys) if "\0" not in key]
    if uploader is None or not wanted:
        return []
    found = Attachment.objects.waiting().light().filter(uploader=uploader)
    by_key = {
        each.key: each for each in found.filter(discussion=discussion, key__in=wanted)
    }
    return [by_key[key] for key in wanted if key in by_key]


def discard(*, key: str, by: Participant) -> None:
    """Remove one's own picture that is not posted yet; if it is gone, all is well."""
    Attachment.objects.waiting().filter(key=key, uploader=by).delete()


def claim(
    attached: Sequence[Attached],
    *,
    author: Participant,
    discussion: Discussion,
    text: str,
) -> list[Attachment]:
    """Return the pictures to post, or raise NoSuchPicture with the text.

    Call it while the author is locked, so that none is posted twice.
    """
    found = waiting_of(author, discussion, [each.key for each in attached])
    if len(found) < len(attached):
        raise NoSuchPicture(
            _("A picture is not here any more. Please add it again."), text=text
        )
    return found


def post_with(
    comment: Comment, found: Sequence[Attachment], attached: Sequence[Attached]
) -> None:
    """Let pictures belong to a comment, each with its description."""
    for position, (attachment, wanted) in enumerate(zip(found, attached, strict=True)):
        _describe(attachment, wanted.description, comment=comment, position=position)


def rearrange(comment: Comment, attached: Sequence[Attached], *, text: str) -> None:
    """Keep only these of a comment's pictures, with these descriptions.

    Raises NoSuchPicture: a comment that others answered gets no new picture.
    """
    present = {each.key: each for each in comment.attachments.light()}
    if not {each.key for each in attached} <= present.keys():
        raise NoSuchPicture(
            _("A picture cannot be added to a comment that is posted already."),
            text=text,
        )
    for each in attached:
        _describe(present.pop(each.key), each.description)
    comment.attachments.filter(key__in=present).delete()


def describe(*, attachment: Attachment, description: str) -> None:
    """Write the description that somebody asked for."""
    _describe(attachment, description)


def for_rules(attached: Iterable[Attached]) -> tuple[Picture, ...]:
    """Return what the rules are told of pictures."""
    return tuple(
        Picture(
            description=clean_description(each.description),
            needs_description=each.needs_description,
        )
        for each in attached
    )


def clean_description(raw: str) -> str:
    """Return a description as it is kept: one line, no longer than is read out."""
    return " ".join(sanitize.clean_text(raw).split())[:LONGEST_DESCRIPTION]


def drop_waiting(*, now: datetime) -> int:
    """Remove what was sent a day ago and never posted; return how many it were."""
    old = Attachment.objects.waiting().filter(uploaded_at__lt=now - WAITS_FOR)
    return old.delete()[0]


def _describe(attachment: Attachment, raw: str, **place: Any) -> None:
    description = clean_description(raw)
    # Nobody is kept from posting: what has no description gets one later.
    Attachment.objects.filter(pk=attachment.pk).update(
        description=description, needs_description=not description, **place
    )
