"""Small PDFs as bytes, made on the spot."""

from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)


def words(**entries) -> DictionaryObject:
    """Return a dictionary of a PDF: `words(S="/Launch", F="cmd")`."""
    return DictionaryObject(
        {NameObject(f"/{key}"): _object(value) for key, value in entries.items()}
    )


def pdf(
    pages=2, *, title="", author="", locked=False, on_page=None, at_root=None
) -> bytes:
    """Return a PDF; `on_page` and `at_root` are entries of its first page and root."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    writer.metadata = {"/Title": title, "/Author": author, "/Creator": "Typewriter"}
    writer.root_object.update(words(Lang="en", MarkInfo=words(Marked=True)))
    writer.root_object.update(at_root or {})
    if on_page:
        writer.pages[0].update(on_page)
    if locked:
        writer.encrypt("secret")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def _object(value):
    if isinstance(value, bool):
        return BooleanObject(value)
    if isinstance(value, list):
        return ArrayObject(map(_object, value))
    if isinstance(value, str):
        kind = NameObject if value.startswith("/") else TextStringObject
        return kind(value)
    return value
