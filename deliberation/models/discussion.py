"""The threads that belong to one page."""

from django.utils.translation import gettext_lazy as _

from .window import OpenWindow


class Discussion(OpenWindow):
    """Where people talk about one page, or about one section of it."""

    class Meta(OpenWindow.Meta):
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")

    def has_contributions(self) -> bool:
        """Say whether anybody has written here."""
        return self.comments.exists()
