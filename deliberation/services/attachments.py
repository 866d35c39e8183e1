"""Pictures and documents: sent, posted with a comment, described, gone with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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

# Of one person. What cannot be taken costs work all the same.
MOST_A_DAY = 30
MOST_TRIED_A_DAY = 100
DAY = timedelta(days=1)
# What is not posted goes then.
WAITS_FOR = DAY


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
    admission.Suspended, and limits.TooOften: what was not taken in does not count.
    """
    discussions.require_open(discussion, now=now)
    policy = policies.of(discussion)
    if not admits(policy):
        raise NoPicturesHere(_("Pictures are not possible here."))
    admission.require_free(uploader, now=now)
    who = str(uploader.pk)
    _take_one(who)
    try:
        clean = _clean(content, policy)
    except NotAPicture:
        limits.give_back(act="upload", who=who)
        raise
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


def _take_one(who: str) -> None:
    tried = ngettext(
        "At most %(number)d file can be tried in a day, those that cannot be "
        "taken included. Please try again tomorrow.",
        "At most %(number)d files can be tried in a day, those that cannot be "
        "taken included. Please try again tomorrow.",
        MOST_TRIED_A_DAY,
    ) % {"number": MOST_TRIED_A_DAY}
    limits.take(
        act="try_upload", who=who, most=MOST_TRIED_A_DAY, within=DAY, message=tried
    )
    sent = ngettext(
        "At most %(number)d picture or document can be sent in a day. Please try again "
        "tomorrow.",
        "At most %(number)d pictures or documents can be sent in a day. Please try "
        "again tomorrow.",
        MOST_A_DAY,
    ) % {"number": MOST_A_DAY}
    limits.take(act="upload", who=who, most=MOST_A_DAY, within=DAY, message=sent)


def _clean(content: bytes, policy: Policy) -> dict[str, Any]:
    if admits_documents(policy) and sanitize.is_document(content):
        return _clean_document(content)
    return _clean_picture(content, policy)


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
    require_once(attached, text=text)
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
        write(attachment, wanted.description, comment=comment, position=position)


def require_once(attached: Sequence[Attached], *, text: str) -> None:
    """Raise NoSuchPicture if a picture is named twice, maybe with two descriptions."""
    if len({each.key for each in attached}) < len(attached):
        raise NoSuchPicture(
            _("A picture or document is named twice. Please name each once."), text=text
        )


def as_attached(attachment: Attachment) -> Attached:
    """Return a picture as its author would name it who changes nothing."""
    return Attached(
        key=attachment.key,
        description=attachment.description,
        needs_description=attachment.needs_description,
    )


def describe(*, attachment: Attachment, description: str) -> None:
    """Write the description that somebody asked for.

    Its author's edits wait for it, and it for theirs, so that none goes unseen.
    """
    with transaction.atomic():
        locked = Comment.objects.select_for_update(no_key=True)
        locked.filter(pk=attachment.comment_id).first()
        write(attachment, description)


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
    if kept is None or not kept.is_document:
        return Picture(
            description=clean_description(each.description),
            needs_description=each.needs_description,
        )
    return Picture(description=described(kept, each.description), is_document=True)


def clean_description(raw: str) -> str:
    """Return a description as it is kept: one line, no longer than is read out."""
    return " ".join(sanitize.clean_text(raw).split())[:LONGEST_DESCRIPTION]


def described(attachment: Attachment, raw: str) -> str:
    """Return what is kept of it; a document keeps its name if it gets no other."""
    description = clean_description(raw)
    if attachment.is_document:
        return description or attachment.description
    return description


def write(attachment: Attachment, raw: str, **place: Any) -> None:
    """Store a description, and maybe where the picture belongs."""
    description = described(attachment, raw)
    # Nobody is kept from posting: what has no description gets one later.
    needs_description = not description and not attachment.is_document
    Attachment.objects.filter(pk=attachment.pk).update(
        description=description, needs_description=needs_description, **place
    )


def drop_waiting(*, now: datetime) -> int:
    """Remove what was sent a day ago and never posted; return how many it were."""
    old = Attachment.objects.waiting().filter(uploaded_at__lt=now - WAITS_FOR)
    return old.delete()[0]
