"""Lists in pages: a limit, and an opaque cursor that stays true while others write."""

import base64
import json
from collections.abc import Sequence
from typing import Any, Self, cast

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field, ValidationInfo, model_validator

from moderation.refusals import Refusal

LARGEST_PAGE = 100


class BadCursor(Refusal):
    """The cursor was not one of ours."""


class PageQuery(Schema):
    """The query keys of every list; a key that is not known is an error."""

    limit: int = Field(20, ge=1, le=LARGEST_PAGE)
    cursor: str = Field("", max_length=500)

    @model_validator(mode="after")
    def _know_every_key(self, info: ValidationInfo) -> Self:
        # Ninja hands over the known keys only, so that extra="forbid" is not enough.
        asked = (info.context or {}).get("request")
        unknown = set(asked.GET if asked else ()) - set(type(self).model_fields)
        if unknown:
            keys = ", ".join(sorted(unknown))[:200]
            raise ValueError(_("This list has no such key: %(keys)s") % {"keys": keys})
        return self


def encode(*position: Any) -> str:
    """Return the cursor of a position: the sort key of the last item shown."""
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode().rstrip("=")


def decode(cursor: str, *kinds: type) -> Sequence[Any] | None:
    """Return the position of a cursor, None for an empty one.

    Raises BadCursor unless it holds exactly one value of each of the given kinds.
    """
    if not cursor:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        position = json.loads(base64.urlsafe_b64decode(padded.encode()))
    except (ValueError, RecursionError):
        position = None
    fits = (
        isinstance(position, list)
        and len(position) == len(kinds)
        and all(
            type(value) is kind for value, kind in zip(position, kinds, strict=True)
        )
    )
    if not fits:
        raise BadCursor(_("This cursor does not belong to this list."))
    return cast(list[Any], position)
