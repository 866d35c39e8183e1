"""Pictures and documents: sent, posted with a comment, described, gone with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from deliberation.models import Attachment, Comment, Discussion
from deliberation.models.attachment import LONGEST_DESCRIPTION, AttachmentKind
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
    """What was sent cannot be shown or read here, or is too large."""


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


def admits_documents(policy: Policy) -> bool:
    """Say whether they may have documents, too."""
    return Attachments(policy.attachments).admits_documents


def upload(
    *, discussion: Discussion, uploader: Participant, content: bytes, now: datetime
) -> Attachment:
    """Keep a picture or document until its author posts a comment with it.

    A picture is painted and a document written anew. A document is called what it
    calls itself until its author says better. Nobody else sees it until then. Raises Closed, NoPicturesHere, NotAPicture,
    admission.Suspended, and limits.TooOften.
    """
    discussions.require_open(discussion, now=now)
    policy = policies.of(discussion)
    if not admits(policy):
        raise NoPicturesHere(_("Pictures are not possible here."))
    admission.require_free(uploader, now=now)
    limits.take(
        act="upload", who=str(uploader.pk), most=MOST_A_DAY, within=timedelta(days=1)
    )
    document = admits_documents(policy) and sanitize.is_document(content)
    clean = _clean_document(content) if document else _clean_picture(content, policy)
    return Attachment.objects.create(
        discussion=discussion,
        uploader=uploader,
        size=len(clean["content"]),
        uploaded_at=now,
        **clean,
    )


def too_large() -> str:
    """Return what somebody is told whose picture is more than can be taken."""
    return _(
        "This picture is too large. At most 12 megabytes and 50 million pixels can be "
        "taken."
    )


def _clean_picture(content: bytes, policy: Policy) -> dict[str, Any]:
    try:
        picture = sanitize.clean_picture(content)
    except sanitize.TooLarge:
        raise NotAPicture(too_large()) from None
    except sanitize.NoPicture:
        if admits_documents(policy):
            message = _(
                "This file is nothing that can be shown here. Take a JPEG, PNG, WebP, "
                "GIF or PDF file."
            )
        else:
            message = _(
                "This file is no picture that can be shown here. Take a JPEG, PNG, "
                "WebP or GIF file."
            )
        raise NotAPicture(message) from None
    return {
        "kind": AttachmentKind.PICTURE,
        "content": picture.content,
        "width": picture.width,
        "height": picture.height,
    }


def _clean_document(content: bytes) -> dict[str, Any]:
    try:
        document = sanitize.clean_document(content)
    except sanitize.TooLarge:
        raise NotAPicture(
            _(
                "This document is too large. At most 12 megabytes and 300 pages can be "
                "taken."
            )
        ) from None
    except sanitize.NoDocument:
        raise NotAPicture(
            _(
                "This document is damaged, or locked by a password. Nobody could read it."
            )
        ) from None
    return {
        "kind": AttachmentKind.DOCUMENT,
        "content": document.content,
        "pages": document.pages,
        "description": clean_description(document.title),
    }


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
    """Return what the rules are told of pictures and documents."""
    attached = list(attached)
    if not attached:
        return ()
    kept = Attachment.objects.light().in_bulk(
        [each.key for each in attached if "\0" not in each.key], field_name="key"
    )
    return tuple(_for_rules(each, kept.get(each.key)) for each in attached)


def _for_rules(each: Attached, kept: Attachment | None) -> Picture:
    description = clean_description(each.description)
    if kept is None or not kept.is_document:
        return Picture(
            description=description, needs_description=each.needs_description
        )
    return Picture(description=description or kept.description, is_document=True)


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
    needs_description = not description and not attachment.is_document
    if attachment.is_document:
        description = description or attachment.description
    Attachment.objects.filter(pk=attachment.pk).update(
        description=description, needs_description=needs_description, **place
    )
