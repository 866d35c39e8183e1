"""What a file is, by its content and not by its name."""

import filetype

# Families that one content may rightly have several names of.
_ENDINGS = {
    "application/msword": ("doc",),
    "application/pdf": ("pdf",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (
        "pptx",
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (
        "docx",
    ),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/zip": ("zip", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub"),
    "audio/mpeg": ("mp3",),
    "image/gif": ("gif",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    "text/csv": ("csv", "txt"),
    "text/html": ("html", "htm"),
    "text/plain": ("txt", "csv", "md", "vtt"),
    "video/mp4": ("mp4", "m4v"),
    "video/webm": ("webm",),
}

# Endings whose content is always recognised: anything else under them is a disguise.
_CERTAIN = frozenset(
    [
        "csv",
        "docx",
        "gif",
        "htm",
        "html",
        "jpeg",
        "jpg",
        "odt",
        "pdf",
        "png",
        "pptx",
        "txt",
        "vtt",
        "webp",
        "xlsx",
    ]
)

FORMATS = {
    "application/msword": "Word",
    "application/pdf": "PDF",
    "application/x-msdownload": "EXE",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (
        "PowerPoint"
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.oasis.opendocument.text": "OpenDocument",
    "text/csv": "CSV",
    "text/plain": "TXT",
}


def media_type(content: bytes) -> str:
    """Return the media type by the first bytes of a file; plain text if it is that."""
    found = filetype.guess_mime(content[:8192])
    if found:
        return str(found)
    if b"\x00" in content[:8192]:
        return "application/octet-stream"
    start = content[:512].lstrip().lower()
    is_html = start.startswith((b"<!doctype html", b"<html"))
    return "text/html" if is_html else "text/plain"


def ending(file_name: str) -> str:
    """Return the ending of a file name in lower case, without its dot."""
    stem, dot, last = file_name.rpartition(".")
    return last.lower() if dot and stem else ""


def fits(file_name: str, content_type: str) -> bool:
    """Say whether a name may stand for such a content; yes where nothing is known."""
    last, known = ending(file_name), _ENDINGS.get(content_type)
    if not (last and content_type):
        return True
    return last in known if known else last not in _CERTAIN


def format_name(content_type: str, file_name: str = "") -> str:
    """Return what people call a format: PDF, Word, PNG."""
    known = FORMATS.get(content_type)
    return known or (ending(file_name) or content_type.rpartition("/")[2]).upper()
