"""What the forum tells one participant."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """A message to a participant, read on their own page."""

    participant = models.ForeignKey(
        "moderation.Participant", on_delete=models.CASCADE, related_name="notices"
    )
    decision = models.ForeignKey(
        "moderation.Decision", on_delete=models.PROTECT, null=True, blank=True
    )
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("message"), blank=True)
    # A path on this site, so that no notice can lead elsewhere.
    path = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [models.Index(fields=["participant", "-created_at"])]

    def __str__(self) -> str:
        return self.title
