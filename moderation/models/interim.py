"""What is hidden on reports alone, and for how long."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class InterimQuerySet(models.QuerySet["Interim"]):
    """Ways to find what is hidden for a while."""

    def open(self) -> "InterimQuerySet":
        """Keep what nobody has decided on and no time has ended."""
        return self.filter(ended_at__isnull=True)

    def of(self, content: models.Model) -> "InterimQuerySet":
        """Keep those of one item."""
        return self.filter(
            content_type=ContentType.objects.get_for_model(content),
            object_id=content.pk,
        )


class Interim(models.Model):
    """An item put aside because trusted readers reported it; once in its life.

    It ends with a decision, or by itself at `ends_at`.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    decision = models.OneToOneField(
        "moderation.Decision", on_delete=models.PROTECT, related_name="interim"
    )
    ends_at = models.DateTimeField(_("ends"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = InterimQuerySet.as_manager()

    class Meta:
        verbose_name = _("hidden on reports")
        verbose_name_plural = _("hidden on reports")
        indexes = [
            models.Index(
                fields=["ends_at"],
                condition=Q(ended_at__isnull=True),
                name="interims_that_are_open",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], name="one_interim_per_item"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}-{self.object_id}"
