"""Votes on statements."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.choices import Stance


class Vote(models.Model):
    """One participant's present vote on one statement.

    Whoever votes anew gets a vote with a new id, and the old one becomes an
    `EarlierVote`. So the ids tell which votes a reader has not seen yet.
    """

    # Repeats statement.poll, so that all votes of a poll are one index range.
    poll = models.ForeignKey(
        "deliberation.Poll",
        on_delete=models.CASCADE,
        related_name="votes",
        db_index=False,
    )
    statement = models.ForeignKey(
        "deliberation.Statement", on_delete=models.CASCADE, related_name="votes"
    )
    participant = models.ForeignKey(
        "moderation.Participant",
        on_delete=models.CASCADE,
        related_name="votes",
        db_index=False,
    )
    stance = models.SmallIntegerField(_("vote"), choices=Stance)
    is_important = models.BooleanField(_("important to me"), default=False)
    cast_at = models.DateTimeField(_("cast"))

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        indexes = [
            models.Index(fields=["poll", "id"], name="votes_of_a_poll"),
            models.Index(
                fields=["poll", "statement"],
                condition=models.Q(is_important=True),
                name="important_votes_of_a_poll",
            ),
        ]
        constraints = [
            # The poll stands between the two so that somebody's votes in one poll
            # are one range of this index.
            models.UniqueConstraint(
                fields=["participant", "poll", "statement"],
                name="one_vote_per_person_and_statement",
            ),
            models.CheckConstraint(
                condition=models.Q(stance__in=Stance.values),
                name="vote_is_agree_disagree_or_pass",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.get_stance_display()}"


class Invitation(models.Model):
    """Lets one guest into one poll, whatever its policy says of guests.

    The guest is made with the link and known by its token, so that a link gives one
    vote however often and wherever it is opened.
    """

    poll = models.ForeignKey(
        "deliberation.Poll", on_delete=models.CASCADE, related_name="invitations"
    )
    participant = models.OneToOneField(
        "moderation.Participant", on_delete=models.CASCADE, related_name="invitation"
    )
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"{self.poll_id} {self.made_at:%Y-%m-%d}"


class EarlierVote(models.Model):
    """A vote that its voter has since changed, cast again or taken back."""

    poll = models.ForeignKey(
        "deliberation.Poll",
        on_delete=models.CASCADE,
        related_name="earlier_votes",
        db_index=False,
    )
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
        indexes = [models.Index(fields=["poll", "id"], name="earlier_votes_of_a_poll")]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.get_stance_display()}"


class PackedVotes(models.Model):
    """All votes of a poll in a few bytes each, up to the marks; may be thrown away."""

    poll = models.OneToOneField(
        "deliberation.Poll",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="packed_votes",
    )
    last_vote = models.PositiveBigIntegerField(default=0)
    last_earlier_vote = models.PositiveBigIntegerField(default=0)
    arrays = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.poll_id} ≤ {self.last_vote}"
