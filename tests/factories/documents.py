"""Small PDFs as bytes, made on the spot."""

from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from moderation import sanitize


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


def written(*, root="", page="", **objects: str) -> bytes:
    """Return a PDF of one page as somebody could write it by hand.

    `root` and `page` are more entries of those two; `written(o5="(x)")` has 5 0 R,
    and o5_1 is 5 1 R.
    """
    bodies = {
        (1, 0): f"<< /Type /Catalog /Pages 2 0 R {root} >>",
        (2, 0): "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (3, 0): f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] {page} >>",
    }
    for name, body in objects.items():
        number, _, generation = name.removeprefix("o").partition("_")
        bodies[int(number), int(generation or 0)] = body
    file, table = b"%PDF-1.7\n", "xref\n0 1\n0000000000 65535 f \n"
    for (number, generation), body in bodies.items():
        table += f"{number} 1\n{len(file):010} {generation:05} n \n"
        file += f"{number} {generation} obj\n{body}\nendobj\n".encode("latin-1")
    end = f"trailer\n<< /Size 99 /Root 1 0 R >>\nstartxref\n{len(file)}\n%%EOF"
    return file + (table + end).encode()


def link(action) -> DictionaryObject:
    """Return a link on a page that does this."""
    return words(Type="/Annot", Subtype="/Link", A=action)


def cleaned(content: bytes) -> PdfReader:
    """Return what is kept of a PDF, to look into."""
    return PdfReader(BytesIO(sanitize.clean_document(content).content))


def everything(reader: PdfReader) -> str:
    """Return all that can be read in a file, as one text."""
    return "\n".join(
        repr(found)
        for number in range(1, reader.trailer["/Size"])
        if (found := reader.get_object(number)) is not None
    )


def _object(value):
    if isinstance(value, bool):
        return BooleanObject(value)
    if isinstance(value, list):
        return ArrayObject(map(_object, value))
    if isinstance(value, str):
        kind = NameObject if value.startswith("/") else TextStringObject
        return kind(value)
    return value
