"""What the API says of pictures."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from ninja import Schema

from deliberation.models import Attachment
from deliberation.services.attachments import Attached
from moderation.api.bodies import In


class AttachedIn(In):
    """A picture by its key, described or to be described by somebody else."""

    key: str
    description: str = ""
    needs_description: bool = False


class AttachmentOut(Schema):
    """A picture, as WebP. `alt` is what is read out in its place."""

    key: str
    url: str
    alt: str
    description: str
    needs_description: bool
    width: int
    height: int


def attachment(source: Attachment) -> dict[str, Any]:
    """Return a picture as `AttachmentOut` has it."""
    return {
        "key": source.key,
        "url": reverse("deliberation:attachment", args=[source.key]),
        "alt": source.alt,
        "description": source.description,
        "needs_description": source.needs_description,
        "width": source.width,
        "height": source.height,
    }


def attached(sent: Iterable[AttachedIn]) -> list[Attached]:
    """Return pictures of a body as the service takes them."""
    return [Attached(**each.model_dump()) for each in sent]
