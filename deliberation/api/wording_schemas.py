"""What the API says of wordings: earlier ones, and those of machines."""

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

from deliberation.choices import CommentStance
from deliberation.models import CommentVersion
from deliberation.models.attachment import AttachmentKind
from deliberation.queries.changes import Wording


class PieceOut(Schema):
    """Some words that stayed, came or went."""

    kind: Literal["same", "added", "removed"]
    text: str


class FileOut(Schema):
    """A picture or document as it was described; the file itself may be gone."""

    key: str
    kind: AttachmentKind
    description: str
    taken_out: bool = Field(description="Whether the next edit took it out.")


class VersionOut(Schema):
    """One wording of a comment."""

    text: str
    html: str
    language: str
    stance: CommentStance | None
    theme: str | None = Field(description="The name of the theme it had.")
    written_at: datetime
    attachments: list[FileOut]
    changes: list[PieceOut] = Field(
        description="Against the wording before it; empty for the first public one, "
        "and where the words are the same."
    )


class HistoryOut(Schema):
    """How a comment reads, and how it read before, the latest first."""

    items: list[VersionOut]


class TranslationOut(Schema):
    """A comment as a machine translates it: nobody has checked it."""

    is_machine_made: Literal[True] = True
    language: str
    text: str
    html: str
    original: str
    original_language: str


def version(wording: Wording) -> dict[str, Any]:
    """Return one wording of a comment as `VersionOut` has it."""
    source = wording.source
    return {
        "text": source.text,
        "html": source.html,
        "language": source.language,
        "stance": source.stance or None,
        "theme": wording.theme or None,
        "written_at": source.written_at
        if isinstance(source, CommentVersion)
        else source.edited_at or source.created_at,
        "attachments": [
            {
                "key": each.key,
                "kind": each.kind,
                "description": each.description,
                "taken_out": each.taken_out,
            }
            for each in wording.files
        ],
        "changes": [
            {"kind": piece.kind, "text": piece.text} for piece in wording.changes
        ],
    }
