"""What those who follow a page were told of its way."""

import swapper
from django.db import models
from django.utils.translation import gettext_lazy as _

from forum.choices import News


class Announcement(models.Model):
    """A page opened, closes soon or was answered: told once for each such moment.

    A close that is moved is another moment, and is told again.
    """

    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        related_name="announcements",
    )
    what = models.CharField(max_length=10, choices=News)
    moment = models.DateTimeField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "what", "moment"], name="announced_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} #{self.page_id} {self.moment:%Y-%m-%d}"
