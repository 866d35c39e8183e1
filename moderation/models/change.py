"""What a decision changed besides how an item stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """How an item was before a decision changed it, so that it can be put back.

    Never shown but to its author and to moderators.
    """

    decision = models.OneToOneField(
        "moderation.Decision", on_delete=models.PROTECT, related_name="change"
    )
    # The wording before a passage was removed.
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    # Where it stood before it was moved, in the words of its port.
    place = models.JSONField(default=dict, blank=True)
    # The item of the same kind that says the same.
    same_as = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("change by a decision")
        verbose_name_plural = _("changes by decisions")

    def __str__(self) -> str:
        return f"{self.decision_id}"
