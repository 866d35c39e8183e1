"""What people type, made clean as text and safe as HTML.

    text = sanitize.clean_text(raw)     # stored, judged by the rules, edited again
    html = sanitize.render(text)        # stored beside it, shown as it is

Both are total: any string goes in, none raises. Both run once, on write.
"""

from moderation.sanitize.addresses import WEB_ADDRESS, host
from moderation.sanitize.html import Within, render
from moderation.sanitize.text import clean_text

__all__ = ["WEB_ADDRESS", "Within", "clean_text", "host", "render"]
