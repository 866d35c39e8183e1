"""From whatever somebody sends to a PDF that can be read and does nothing by itself.

What is kept is written anew from the pages: no script, no form that sends itself, no
file inside the file, and nothing of who wrote it with what, survives that.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    StreamObject,
)

from moderation.sanitize import actions
from moderation.sanitize.pictures import MOST_BYTES, TooLarge

PDF_TYPE = "application/pdf"
# A plan or an expert's report passes; what unfolds to a library does not.
MOST_PAGES = 300
# The sign may stand a little way in (ISO 32000, annex on reading).
_SIGN, _WITHIN = b"%PDF-", 1024
MOST_OBJECTS = 200_000
# What acts by itself, asks, plays, carries other files, or tells of the author.
_NEVER = {
    *("/OpenAction", "/AA", "/JS", "/JavaScript", "/AcroForm", "/XFA"),
    *("/EmbeddedFiles", "/EF", "/RF", "/AF", "/Collection", "/Threads"),
    *("/AlternatePresentations", "/Requirements", "/SpiderInfo"),
    *("/Renditions", "/RichMediaContent", "/RichMediaSettings", "/3DD", "/3DV"),
    *("/Movie", "/Sound"),
    *("/Metadata", "/PieceInfo", "/Perms", "/Legal", "/DSS"),
}
_ACTIVE_NOTES = {"/RichMedia", "/Movie", "/Screen", "/Sound", "/FileAttachment", "/3D"}
# By which a stream is read out of another file.
_ELSEWHERE = {"/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI"}
# By which a note on a page names its author.
_SIGNED = {"/T"}


class NoDocument(ValueError):
    """The bytes are no PDF, a damaged one, or one locked by a password."""


@dataclass(frozen=True)
class CleanDocument:
    """A document as it is stored; `title` is what it calls itself, perhaps nothing."""

    content: bytes
    pages: int
    title: str


def is_document(content: bytes) -> bool:
    """Say whether the bytes claim to be a PDF, whatever the file is called."""
    return _SIGN in content[:_WITHIN]


def clean_document(content: bytes) -> CleanDocument:
    """Return the document written anew. Raises NoDocument or TooLarge.

    What screen readers go by stays: tags, title, language, bookmarks.
    """
    if len(content) > MOST_BYTES:
        raise TooLarge
    try:
        return _written_anew(PdfReader(BytesIO(content)))
    except TooLarge:
        raise
    # A broken file breaks its reader in any way.
    except Exception as error:
        raise NoDocument from error


def _written_anew(reader: PdfReader) -> CleanDocument:
    if reader.is_encrypted or not reader.pages:
        raise NoDocument
    pages = len(reader.pages)
    if pages > MOST_PAGES:
        raise TooLarge
    title = str((reader.metadata.title if reader.metadata else "") or "").strip()
    _strip(reader.root_object)
    # Takes over what can be reached from the root, and so nothing that was removed.
    writer = PdfWriter(clone_from=reader)
    writer.metadata = {"/Title": title}
    file = BytesIO()
    writer.write(file)
    if file.tell() > MOST_BYTES:
        raise TooLarge
    return CleanDocument(file.getvalue(), pages, title)


def _strip(root: DictionaryObject) -> None:
    """Remove whatever is more than pages, all the way down."""
    seen: set[tuple[int, int, bool]] = set()
    # Each with whether it stands in the place of an action.
    waiting: list[tuple[Any, bool]] = [(root, False)]
    while waiting:
        found, placed = waiting.pop()
        if isinstance(found, IndirectObject):
            mark = (found.idnum, found.generation, placed)
            if mark in seen:
                continue
            seen.add(mark)
            if len(seen) > MOST_OBJECTS:
                raise TooLarge
            waiting.append((found.get_object(), placed))
        elif isinstance(found, DictionaryObject):
            waiting += _lightened(found)
        elif isinstance(found, ArrayObject):
            found[:] = [each for each in found if not _is_more(each, placed=placed)]
            waiting += [(each, placed) for each in found]


def _lightened(holder: DictionaryObject) -> list[tuple[Any, bool]]:
    """Take out of a dictionary what is more; return what is left to be looked at."""
    left = []
    never = _NEVER
    if isinstance(holder, StreamObject):
        never = never | _ELSEWHERE
    elif "/Rect" in holder:
        never = never | _SIGNED
    for key, value in list(dict.items(holder)):
        placed = key in actions.PLACES
        if key in never or _is_more(value, placed=placed):
            del holder[key]
        else:
            left.append((value, placed))
    return left


def _is_more(value: Any, *, placed: bool) -> bool:
    return _is_active_note(value) or actions.does_more(value, placed=placed)


def _is_active_note(value: Any) -> bool:
    note = actions.whole(value)
    if not isinstance(note, DictionaryObject):
        return False
    return actions.entry(note, "/Subtype") in _ACTIVE_NOTES
