"""From whatever somebody sends to a PDF that can be read and does nothing by itself.

What is kept is written anew from the pages: no script, no form that sends itself, no
file inside the file, and nothing of who wrote it with what, survives that.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from moderation.sanitize.addresses import leads_to_web
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
    *("/EmbeddedFiles", "/EF", "/AF", "/Collection", "/Threads"),
    *("/Renditions", "/RichMediaContent", "/RichMediaSettings", "/3DD", "/3DV"),
    *("/Movie", "/Sound"),
    *("/Metadata", "/PieceInfo", "/Perms", "/Legal", "/DSS"),
}
_ACTIVE_NOTES = {"/RichMedia", "/Movie", "/Screen", "/Sound", "/FileAttachment", "/3D"}
# Where an action may stand, and those that lead somewhere and do nothing else.
_ACTIONS, _LEADING = {"/A", "/PA", "/Next"}, {"/URI", "/GoTo", "/Named"}


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
    seen: set[int] = set()
    waiting: list[Any] = [root]
    while waiting:
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            if found.idnum in seen:
                continue
            seen.add(found.idnum)
            if len(seen) > MOST_OBJECTS:
                raise TooLarge
            found = found.get_object()
        if isinstance(found, DictionaryObject):
            for key in [key for key in found if _is_more(key, found)]:
                del found[key]
            waiting += dict.values(found)
        elif isinstance(found, ArrayObject):
            found[:] = [each for each in found if not _is_active_note(each)]
            waiting += found


def _is_more(key: str, holder: DictionaryObject) -> bool:
    if key in _NEVER:
        return True
    value = holder[key]
    if key not in _ACTIONS or not isinstance(value, DictionaryObject):
        return False
    kind = value.get("/S")
    if kind is None:
        # Bookmarks are chained by the same word, and tags have attributes by it.
        return False
    address = str(value.get("/URI", ""))
    return kind not in _LEADING or (kind == "/URI" and not leads_to_web(address))


def _is_active_note(each: Any) -> bool:
    note = each.get_object() if isinstance(each, IndirectObject) else each
    return isinstance(note, DictionaryObject) and note.get("/Subtype") in _ACTIVE_NOTES
