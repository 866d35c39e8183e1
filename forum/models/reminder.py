"""That somebody was reminded of what the city owes."""

from django.db import models

from .base import Page


class Reminder(models.Model):
    """One reminder; the constraint sees to it that nobody gets it twice."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=20)
    due = models.DateField()
    days_before = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "what", "due", "days_before"],
                name="one_reminder_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.what}, {self.days_before}"
