"""What the forum adds to the editors' admin; Wagtail imports this by its name."""

from . import checklist, first_page, listings, publishing

__all__ = ["checklist", "first_page", "listings", "publishing"]
