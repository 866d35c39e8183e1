"""What readers answer without writing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.choices import ReactionKind


class Reaction(models.Model):
    """One participant's one reaction to one comment."""

    comment = models.ForeignKey(
        "deliberation.Comment", on_delete=models.CASCADE, related_name="reactions"
    )
    participant = models.ForeignKey(
        "moderation.Participant", on_delete=models.CASCADE, related_name="reactions"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=ReactionKind)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "participant"],
                name="one_reaction_per_person_and_comment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.comment_id}"


class BridgingRun(models.Model):
    """What the last ranking of a discussion left for the next one to start from."""

    discussion = models.OneToOneField(
        "deliberation.Discussion", on_delete=models.CASCADE, related_name="bridging_run"
    )
    memory = models.JSONField(default=dict)
    computed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("ranking")
        verbose_name_plural = _("rankings")

    def __str__(self) -> str:
        return f"#{self.discussion_id} {self.computed_at:%Y-%m-%d %H:%M}"
