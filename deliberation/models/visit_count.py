"""How much a discussion is read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisitCount(models.Model):
    """How often the first page of a discussion was opened on one day, by anybody.

    Counted in the balanced order, which makes up for it. Says nothing about people.
    """

    discussion = models.ForeignKey(
        "deliberation.Discussion",
        on_delete=models.CASCADE,
        related_name="visit_counts",
    )
    day = models.DateField(_("day"))
    visits = models.PositiveIntegerField(_("visits"), default=0)

    class Meta:
        verbose_name = _("visits of a day")
        verbose_name_plural = _("visits by day")
        constraints = [
            models.UniqueConstraint(
                fields=["discussion", "day"], name="one_visit_count_per_day"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.discussion_id} {self.day}: {self.visits}"
