"""What the API says of pictures and documents."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from ninja import Schema

from deliberation.models import Attachment
from deliberation.models.attachment import AttachmentKind
from deliberation.services.attachments import Attached
from moderation.api.bodies import In


class AttachedIn(In):
    """A file by its key, described or to be described by somebody else."""

    key: str
    description: str = ""
    needs_description: bool = False


class AttachmentOut(Schema):
    """A picture, as WebP with `width` and `height`, or a PDF with `pages`.

    `alt` is what is read out in the picture's place, or the document's name; `size`
    is in bytes.
    """

    key: str
    kind: AttachmentKind
    url: str
    alt: str
    description: str
    needs_description: bool
    width: int | None
    height: int | None
    pages: int | None
    size: int


def attachment(source: Attachment) -> dict[str, Any]:
    """Return a file as `AttachmentOut` has it."""
    address = "document" if source.is_document else "attachment"
    return {
        "key": source.key,
        "kind": source.kind,
        "url": reverse(f"deliberation:{address}", args=[source.key]),
        "alt": source.name if source.is_document else source.alt,
        "description": source.description,
        "needs_description": source.needs_description,
        "width": source.width,
        "height": source.height,
        "pages": source.pages,
        "size": source.size,
    }


def attached(sent: Iterable[AttachedIn]) -> list[Attached]:
    """Return the files of a body as the service takes them."""
    return [Attached(**each.model_dump()) for each in sent]
