"""Votes on statements."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.choices import Stance


class Vote(models.Model):
    """One participant's present vote on one statement."""

    # Repeats statement.poll, so that all votes of a poll are one index range.
    poll = models.ForeignKey(
        "deliberation.Poll", on_delete=models.CASCADE, related_name="votes"
    )
    statement = models.ForeignKey(
        "deliberation.Statement", on_delete=models.CASCADE, related_name="votes"
    )
    participant = models.ForeignKey(
        "moderation.Participant", on_delete=models.CASCADE, related_name="votes"
    )
    stance = models.SmallIntegerField(_("vote"), choices=Stance)
    is_important = models.BooleanField(_("important to me"), default=False)
    cast_at = models.DateTimeField(_("cast"))

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        indexes = [models.Index(fields=["poll", "cast_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "statement"],
                name="one_vote_per_person_and_statement",
            ),
            models.CheckConstraint(
                condition=models.Q(stance__in=Stance.values),
                name="vote_is_agree_disagree_or_pass",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.get_stance_display()}"


class EarlierVote(models.Model):
    """A vote that its voter has since changed or cast again."""

    statement = models.ForeignKey(
        "deliberation.Statement", on_delete=models.CASCADE, related_name="earlier_votes"
    )
    participant = models.ForeignKey(
        "moderation.Participant", on_delete=models.CASCADE, related_name="earlier_votes"
    )
    stance = models.SmallIntegerField(choices=Stance)
    cast_at = models.DateTimeField()

    class Meta:
        verbose_name = _("earlier vote")
        verbose_name_plural = _("earlier votes")

    def __str__(self) -> str:
        return f"{self.statement_id} {self.get_stance_display()}"
