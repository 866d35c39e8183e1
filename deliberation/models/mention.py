"""Whom comments name."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mention(models.Model):
    """Somebody is named in a comment: written @[like this], by the name of that time.

    `beside` is the comment by which the reader finds out who that is.
    """

    comment = models.ForeignKey(
        "deliberation.Comment", on_delete=models.CASCADE, related_name="mentions"
    )
    participant = models.ForeignKey(
        "moderation.Participant", on_delete=models.CASCADE, related_name="mentions"
    )
    beside = models.ForeignKey(
        "deliberation.Comment", on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("name as it was written"), max_length=80)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "name"], name="one_mention_per_name"
            ),
        ]

    def __str__(self) -> str:
        return f"@[{self.name}] in #{self.comment_id}"
