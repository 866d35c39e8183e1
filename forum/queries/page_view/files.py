"""Files as the rules see them: by their content, not by their names."""

from dataclasses import asdict, replace
from typing import Any

from django.core.cache import cache
from django.utils.translation import get_language

from moderation.rules.pages import facts as seen
from moderation.rules.pages.captions import LONGEST
from moderation.rules.pages.file_types import media_type
from moderation.rules.pages.pdf import inspect

# A file type shows in its first bytes.
BEGINNING = 8192
KEPT_FOR = 30 * 24 * 60 * 60


def document(block: Any, path: str) -> seen.Document:
    """Return a file to read, with what a PDF says of itself."""
    facts = document_facts(block.value)
    return replace(facts, path=path, pdf=pdf(block.value["document"]))


def document_facts(value: Any) -> seen.Document:
    """Return what a link to a file says of it."""
    file = value["document"]
    return seen.Document(
        path="",
        title=value.get("title") or "",
        language=value.get("language") or "",
        file_name=file.filename if file else "",
        media_type=_kind(file),
        size=file.file_size if file else None,
        web_version=value.get("web_version") or "",
    )


def pdf(file: Any) -> seen.PdfFacts | None:
    """Return what a stored document says of itself; None if it is no PDF."""
    return _pdf(file) if _kind(file) == "application/pdf" else None


def video(block: Any, path: str) -> seen.Media:
    """Return a film."""
    value = block.value
    return seen.Media(
        path=path,
        title=value.get("title") or "",
        media_type=_kind(value["file"]),
        # A program may leave it out: then the editor's form would have ticked it.
        has_sound=value.get("has_sound") is not False,
        captions=_text(value.get("captions")) if value.get("captions") else None,
        transcript=value.get("transcript") or "",
        description=value.get("description") or "",
    )


def sound(block: Any, path: str) -> seen.Media:
    """Return a recording to hear."""
    value = block.value
    return seen.Media(
        path=path,
        title=value.get("title") or "",
        media_type=_kind(value["file"]),
        is_video=False,
        transcript=value.get("transcript") or "",
    )


def _kind(file: Any) -> str:
    beginning = _content(file, BEGINNING)
    return media_type(beginning) if beginning else ""


def _text(file: Any) -> str:
    return _content(file, LONGEST + 1).decode("utf-8", "replace")


def _pdf(file: Any) -> seen.PdfFacts:
    """Return what a PDF says of itself; reading one takes long, so it is kept."""
    key = f"forum:pdf:{get_language()}:{file.file_hash}"
    known = cache.get(key) if file.file_hash else None
    if known is None:
        known = asdict(inspect(_content(file)))
        cache.set(key, known, KEPT_FOR)
    return seen.PdfFacts(**known)


def _content(file: Any, most: int = -1) -> bytes:
    """Return the bytes of a stored document; none if the file is gone."""
    if file is None:
        return b""
    try:
        with file.open_file() as opened:
            return bytes(opened.read(most))
    except OSError:
        return b""
