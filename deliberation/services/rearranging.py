"""What an edit leaves of a comment's pictures and documents, and what it calls them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from deliberation.models import Attachment, Comment
from deliberation.services import attachments
from deliberation.services.attachments import Attached


def present(comment: Comment) -> list[Attachment]:
    """Return what a comment has now, in the order it is shown."""
    return list(comment.attachments.light()) if comment.has_attachments else []


def kept(
    present: Sequence[Attachment], attached: Sequence[Attached] | None, *, text: str
) -> list[Attached]:
    """Return what stays and as what: all as it is, where nothing is said of it.

    Raises attachments.NoSuchPicture: a comment that others answered gets no new picture.
    """
    if attached is None:
        return [attachments.as_attached(each) for each in present]
    attachments.require_once(attached, text=text)
    if not {each.key for each in attached} <= {each.key for each in present}:
        raise attachments.NoSuchPicture(
            _(
                "This comment has no such picture or document, and none can be added "
                "to a comment that is posted already."
            ),
            text=text,
        )
    return list(attached)


def is_other(present: Sequence[Attachment], kept: Sequence[Attached]) -> bool:
    """Say whether anything is to go, or to be called something else."""
    wanted = {each.key: each for each in kept}
    return any(
        each.key not in wanted
        or attachments.described(each, wanted[each.key].description) != each.description
        for each in present
    )


def is_done(present: Sequence[Attachment], attached: Sequence[Attached] | None) -> bool:
    """Say whether all is as it is wanted already."""
    if attached is None:
        return True
    here = {each.key for each in present}
    return here == {each.key for each in attached} and not is_other(present, attached)


def carry_out(present: Sequence[Attachment], kept: Sequence[Attached]) -> None:
    """Describe what stays, and remove the rest for good."""
    by_key = {each.key: each for each in present}
    for each in kept:
        attachments.write(by_key.pop(each.key), each.description)
    Attachment.objects.filter(pk__in=[each.pk for each in by_key.values()]).delete()
