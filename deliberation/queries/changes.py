"""What an edit changed, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from django.conf import settings

from deliberation.models import Attachment, Comment, CommentVersion
from deliberation.models.attachment import AttachmentKind

_WORD = re.compile(r"\s*\S+|\s+")

Kind = Literal["same", "added", "removed"]


@dataclass(frozen=True)
class Piece:
    """Some words that stayed, came or went."""

    kind: Kind
    text: str


@dataclass(frozen=True, kw_only=True)
class File:
    """A picture or document as it was described, and whether it went with an edit."""

    key: str
    kind: AttachmentKind
    description: str
    taken_out: bool = False

    @property
    def is_document(self) -> bool:
        """Say whether it was read and not looked at."""
        return self.kind == AttachmentKind.DOCUMENT


@dataclass(frozen=True)
class Wording:
    """How a comment reads or read, and what changed from the wording before it.

    `changes` is empty for the first wording that stood in public, and where only what
    its author says of it became another.
    """

    source: Comment | CommentVersion
    changes: tuple[Piece, ...]
    # The name of the theme it had.
    theme: str = ""
    # The name of its language, where the wordings are not all in one.
    language: str = ""
    files: tuple[File, ...] = ()


def wordings(
    comment: Comment,
    versions: Sequence[CommentVersion],
    attachments: Sequence[Attachment] = (),
) -> tuple[Wording, ...]:
    """Return the present wording, which has these files, and the earlier ones.

    The latest first.
    """
    now = [each.as_worded for each in attachments]
    described = [now, *(version.attachments for version in versions)]
    stayed = [now, *described[:-1]]
    sources: list[Comment | CommentVersion] = [comment, *versions]
    before: list[CommentVersion | None] = [*versions, None]
    several = len({source.language for source in sources}) > 1
    names = dict(settings.LANGUAGES)
    return tuple(
        Wording(
            source,
            tuple(words(old.text, source.text))
            if old and old.text != source.text
            else (),
            comment.discussion.name_of_theme(source.theme),
            str(names.get(source.language, source.language)) if several else "",
            files(had, left),
        )
        for source, old, had, left in zip(
            sources, before, described, stayed, strict=True
        )
    )


def files(
    had: Sequence[dict[str, str]], left: Sequence[dict[str, str]] | None = None
) -> tuple[File, ...]:
    """Return the files of a wording; `left` are those of the one after it, if any."""
    stayed = {each["key"] for each in (had if left is None else left)}
    return tuple(
        File(
            key=each["key"],
            kind=AttachmentKind(each["kind"]),
            description=each["description"],
            taken_out=each["key"] not in stayed,
        )
        for each in had
    )


def words(before: str, after: str) -> Iterator[Piece]:
    """Yield the words of both texts in their order, those that went first.

    Frequent words of long texts are no anchors, so that no text takes long.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    for _op, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if old[a:b] == new[c:d]:
            yield Piece("same", "".join(old[a:b]))
            continue
        if a < b:
            yield Piece("removed", "".join(old[a:b]))
        if c < d:
            yield Piece("added", "".join(new[c:d]))
