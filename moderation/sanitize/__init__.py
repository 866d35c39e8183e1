"""What people type, made clean as text and safe as HTML; what they show, as a picture.

    text = sanitize.clean_text(raw)     # stored, judged by the rules, edited again
    html = sanitize.render(text)        # stored beside it, shown as it is
    picture = sanitize.clean_picture(content)

The first two are total: any string goes in, none raises. All run once, on write.
"""

from moderation.sanitize.addresses import WEB_ADDRESS, host
from moderation.sanitize.html import Within, render
from moderation.sanitize.pictures import (
    MOST_BYTES,
    CleanPicture,
    NoPicture,
    TooLarge,
    clean_picture,
)
from moderation.sanitize.text import clean_text

__all__ = [
    "MOST_BYTES",
    "WEB_ADDRESS",
    "CleanPicture",
    "NoPicture",
    "TooLarge",
    "Within",
    "clean_picture",
    "clean_text",
    "host",
    "render",
]
