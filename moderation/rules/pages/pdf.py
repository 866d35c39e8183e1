"""What a PDF says of itself to a screen reader."""

from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from pypdf import PdfReader

from moderation.rules.pages.facts import PdfFacts

LARGEST = 60 * 1024 * 1024
PAGES_READ = 3


def inspect(content: bytes) -> PdfFacts:
    """Return whether a PDF is tagged, its title and language, and if it has text.

    Never raises: what cannot be read is said in `problem`.
    """
    if len(content) > LARGEST:
        return PdfFacts(problem=_("The file is too large to be checked."))
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            return PdfFacts(problem=_("The file is locked with a password."))
        return _facts(reader)
    except Exception:  # noqa: BLE001 - a broken file breaks its reader in any way
        return PdfFacts(problem=_("The file is damaged or no PDF."))


def _facts(reader: PdfReader) -> PdfFacts:
    catalog: Any = reader.trailer["/Root"]
    marks: Any = catalog.get("/MarkInfo")
    marked = bool(marks and marks.get_object().get("/Marked", False))
    information = reader.metadata
    return PdfFacts(
        is_tagged=marked and "/StructTreeRoot" in catalog,
        title=str((information.title if information else "") or "").strip(),
        language=str(catalog.get("/Lang", "")).strip(),
        has_text=any(page.extract_text().strip() for page in reader.pages[:PAGES_READ]),
        pages=len(reader.pages),
    )
