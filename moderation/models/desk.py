"""What moderators tell each other about an item."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class DeskQuerySet(models.QuerySet[Any]):
    """Ways to find what belongs to an item."""

    def of(self, content: models.Model) -> "DeskQuerySet":
        """Keep what belongs to one item."""
        return self.filter(
            content_type=ContentType.objects.get_for_model(content),
            object_id=content.pk,
        )


class OnItem(models.Model):
    """Belongs to one item and one moderator."""

    content_type = models.ForeignKey(
        ContentType, on_delete=models.CASCADE, related_name="+"
    )
    object_id = models.PositiveBigIntegerField()
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )

    objects = DeskQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.content_type_id}-{self.object_id}"


class Claim(OnItem):
    """A moderator is reading this item; for a while, lest two do the same work."""

    until = models.DateTimeField(_("until"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], name="one_claim_per_item"
            ),
        ]


class DeskNote(OnItem):
    """What one moderator wants the others to know. Never shown outside the desk."""

    text = models.TextField(_("note"), max_length=2000)
    created_at = models.DateTimeField(_("written"))

    class Meta:
        indexes = [models.Index(fields=["content_type", "object_id"])]
