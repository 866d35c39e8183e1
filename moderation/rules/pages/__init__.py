"""The rules for what editors publish: who can read, hear and answer it.

    report = audit(view, policy.rules_for("statutory_plan"))

`view` is a `PageView` that the caller fills; nothing here reads a database, a network
or the clock. A reader starts with the modules below: they hold one rule or two each.
`docs/rules.md` explains all of them.
"""

from moderation.rules.pages import (  # noqa: F401
    abbreviations,
    alternatives,
    answers,
    consultation_content,
    consultation_people,
    consultation_time,
    documents,
    embeds,
    forms,
    headings,
    hearing_access,
    hearing_notice,
    images,
    instructions,
    invitation,
    languages,
    links,
    media,
    paragraphs,
    presentation,
    readability,
    speakers,
    tables,
    titles,
    typography,
    wording,
)
from moderation.rules.pages.audit import Report, audit
from moderation.rules.pages.base import Location, PageFinding, PageRule, Severity
from moderation.rules.pages.view import Block, Kind, PageView, Translation

__all__ = [
    "Block",
    "Kind",
    "Location",
    "PageFinding",
    "PageRule",
    "PageView",
    "Report",
    "Severity",
    "Translation",
    "audit",
]
