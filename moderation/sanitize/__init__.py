"""What people type, made clean as text and safe as HTML; what they send, as a file.

    text = sanitize.clean_text(raw)     # stored, judged by the rules, edited again
    html = sanitize.render(text)        # stored beside it, shown as it is
    picture = sanitize.clean_picture(content)
    document = sanitize.clean_document(content)

The first two are total: any string goes in, none raises. All run once, on write.
"""

from moderation.sanitize.addresses import WEB_ADDRESS, host, web_addresses
from moderation.sanitize.documents import (
    CleanDocument,
    NoDocument,
    clean_document,
    is_document,
)
from moderation.sanitize.html import Within, render, words
from moderation.sanitize.pictures import (
    MOST_BYTES,
    CleanPicture,
    NoPicture,
    TooLarge,
    clean_picture,
)
from moderation.sanitize.text import clean_text, unquoted

__all__ = [
    "MOST_BYTES",
    "WEB_ADDRESS",
    "CleanDocument",
    "CleanPicture",
    "NoDocument",
    "NoPicture",
    "TooLarge",
    "Within",
    "clean_document",
    "clean_picture",
    "clean_text",
    "host",
    "is_document",
    "render",
    "unquoted",
    "web_addresses",
    "words",
]
