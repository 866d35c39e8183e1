"""What the forum adds to the editors' admin; Wagtail imports this by its name."""

from . import checklist, listings, publishing

__all__ = ["checklist", "listings", "publishing"]
