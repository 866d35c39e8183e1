"""Consensus polls: statements that people agree with, disagree with or pass on."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.choices import ResultsVisibility
from moderation.models import ModeratedContent
from moderation.rules import Verdict

from . import large_json
from .window import OpenWindow


class Poll(OpenWindow):
    """A question, the statements that answer it, and how it is run."""

    introduction = models.TextField(_("introduction"), max_length=1000, blank=True)
    residents_may_submit = models.BooleanField(
        _("residents may submit statements"), default=True
    )
    statement_maximum = models.PositiveSmallIntegerField(
        _("longest statement, in characters"),
        default=280,
        validators=[MinValueValidator(80), MaxValueValidator(500)],
    )
    results = models.CharField(
        _("results are shown"),
        max_length=12,
        choices=ResultsVisibility,
        default=ResultsVisibility.AFTER_VOTING,
    )
    is_open_data = models.BooleanField(
        _("votes may be downloaded without names"), default=True
    )

    # By somebody's hand. The reason is public: people were told another moment.
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_because = models.TextField(max_length=500, blank=True, editable=False)

    class Meta(OpenWindow.Meta):
        verbose_name = _("poll")
        verbose_name_plural = _("polls")

    def has_contributions(self) -> bool:
        """Say whether anybody has voted or submitted a statement."""
        return self.votes.exists() or self.statements.filter(is_seed=False).exists()


class Statement(ModeratedContent):
    """A short sentence to vote on, by the editor (seed) or by a resident."""

    # Else votes could be traced: nobody is asked about a statement of their own.
    is_signed: ClassVar[bool] = False

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="statements")
    # Its number in the poll and in every export (Polis calls it tid).
    number = models.PositiveIntegerField(_("number"))
    is_seed = models.BooleanField(_("seed"), default=False)
    # About the voters, not about the question: shown, but kept out of the maths.
    is_meta = models.BooleanField(_("about the voters"), default=False)
    # Somebody of the city read it and let it in (Polis: moderated 1, not 0).
    is_accepted = models.BooleanField(_("accepted"), default=False)
    replaces = models.OneToOneField(
        "self",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="replaced_by",
    )

    # What the rules said, on the instance that was submitted just now.
    verdict: Verdict | None = None

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        indexes = ModeratedContent.Meta.indexes
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "number"], name="one_statement_per_number"
            ),
            models.CheckConstraint(
                condition=~Q(replaces=models.F("id")), name="replaces_another"
            ),
        ]


class PollResult(models.Model):
    """What the maths found at one moment. Pages read this, never the votes."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="snapshots")
    computed_at = models.DateTimeField()
    method = models.CharField(max_length=40)
    voters = models.PositiveIntegerField()
    votes = models.PositiveIntegerField()
    # The latest vote the maths knew of: whoever has a higher id came after.
    last_vote = models.PositiveBigIntegerField(default=0)
    # Everything that may be shown: plain JSON with its method and parameters.
    findings = models.JSONField(encoder=large_json.Encoder, decoder=large_json.Decoder)
    # Conspicuous voters, as numbers only, and what is found without them (or null).
    blocks = models.JSONField(default=list)
    without = models.JSONField(
        null=True, encoder=large_json.Encoder, decoder=large_json.Decoder
    )
    # For the way the groups went: the sizes alone, largest letter last.
    group_sizes = models.JSONField(default=list)
    # How much each statement needs votes, by its id.
    weights = models.JSONField(default=dict)
    # Each voter's place on the map and group, packed; never leaves the server whole.
    places = models.BinaryField(default=b"")

    class Meta:
        verbose_name = _("poll result")
        verbose_name_plural = _("poll results")
        indexes = [models.Index(fields=["poll", "-computed_at"])]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.computed_at:%Y-%m-%d %H:%M}"
