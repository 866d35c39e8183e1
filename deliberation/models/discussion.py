"""The threads that belong to one page."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from .window import OpenWindow

# As long as the id of a block of Wagtail's, which keys usually are.
LONGEST_KEY = 36


@dataclass(frozen=True)
class Theme:
    """What a comment can be about. One that is taken off the list stays known."""

    key: str
    name: str
    is_offered: bool = True


class Discussion(OpenWindow):
    """Where people talk about one page, or about one section of it."""

    # With the discussion, because every page of comments needs them and few have many.
    theme_list = models.JSONField(_("themes"), default=list, blank=True, editable=False)

    class Meta(OpenWindow.Meta):
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")

    @property
    def themes(self) -> tuple[Theme, ...]:
        """Return the themes in the editor's order, those not offered any more last."""
        return tuple(Theme(**each) for each in self.theme_list)

    @property
    def offered_themes(self) -> tuple[Theme, ...]:
        """Return the themes that a comment can be given now."""
        return tuple(theme for theme in self.themes if theme.is_offered)

    def set_themes(self, themes: Iterable[Theme]) -> None:
        """Put these in place of the themes there are; does not save."""
        self.theme_list = [asdict(theme) for theme in themes]

    def name_of_theme(self, key: str) -> str:
        """Return what the theme with this key is called; nothing if there is none."""
        return next(
            (each["name"] for each in self.theme_list if each["key"] == key), ""
        )

    def has_contributions(self) -> bool:
        """Say whether anybody has written here."""
        return self.comments.exists()
