"""The public register of decisions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegisterEntry(models.Model):
    """One public line about a decision, chained to the line before by its hash.

    `entry` holds what the public may know: never the text, never the person.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    decision = models.ForeignKey(
        "moderation.Decision", on_delete=models.PROTECT, related_name="register_entries"
    )
    entry = models.JSONField(_("entry"))
    # Unique, so that two writers at once cannot fork the chain.
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("register entry")
        verbose_name_plural = _("register")

    def __str__(self) -> str:
        return f"{self.number} {self.hash[:12]}"
