"""Under which rules people take part."""

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moderation.choices import APPEAL_DAYS, Attachments, Erasure, Review


def default_rules() -> list[list[Any]]:
    """Return the rules of a new policy: (name, options), in their order."""
    return [
        ["length", {}],
        ["links", {}],
        ["repetition", {}],
        ["pace", {}],
        ["in_a_row", {}],
        ["personal_data", {}],
        ["blocked_words", {}],
        ["heated_wording", {}],
        ["images", {}],
        ["documents", {}],
        ["dominance", {}],
    ]


class Policy(models.Model):
    """One city's choice of rules, review and guests, for a site or a discussion."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    is_default = models.BooleanField(
        _("applies wherever no other policy is chosen"), default=False
    )
    review = models.CharField(
        _("review"), max_length=10, choices=Review, default=Review.AFTER
    )
    guests_may_comment = models.BooleanField(_("guests may comment"), default=False)
    guests_may_vote = models.BooleanField(_("guests may vote in polls"), default=True)
    asks_to_agree = models.BooleanField(
        _("people tick the house rules once, before their first contribution"),
        default=True,
    )
    attachments = models.CharField(
        _("what may come with a comment"),
        max_length=10,
        choices=Attachments,
        default=Attachments.IMAGES,
    )
    edit_minutes = models.PositiveIntegerField(
        _("minutes in which an author may edit a comment"), default=30
    )
    erasure = models.CharField(
        _("contributions of people who erase their data"),
        max_length=10,
        choices=Erasure,
        default=Erasure.WITHDRAW,
    )
    keep_hidden_days = models.PositiveIntegerField(
        _("days for which the text of what is hidden is kept"),
        default=200,
        validators=[MinValueValidator(APPEAL_DAYS)],
        help_text=_("At least as long as one can appeal."),
    )
    known_after = models.PositiveSmallIntegerField(
        _("public contributions after which a newcomer is known"), default=3
    )
    known_days = models.PositiveSmallIntegerField(
        _("days after which a newcomer is known"), default=2
    )
    trusted_after = models.PositiveSmallIntegerField(
        _("public contributions after which somebody known is trusted"), default=20
    )
    trusted_days = models.PositiveSmallIntegerField(
        _("days after which somebody known is trusted"),
        default=30,
        help_text=_("And in which nothing of theirs was hidden."),
    )
    hides_on_reports = models.BooleanField(
        _("what trusted readers report is hidden until it is decided on"),
        default=True,
        help_text=_("By at least three of them, and for 48 hours at most."),
    )
    hiding_score = models.FloatField(
        _("weight of reports that hides"),
        default=4.0,
        validators=[MinValueValidator(3.0)],
    )
    rules = models.JSONField(
        _("rules"),
        default=default_rules,
        help_text=_(
            "The rules that run, in their order, each with its options: "
            '[["length", {"maximum": 6000}], ["links", {}]].'
        ),
    )
    redress = models.TextField(
        _("where else people may turn"),
        max_length=1000,
        default="",
        blank=True,
        help_text=_(
            "Shown below every statement of reasons: an ombudsman, an out-of-court "
            "body, the court in charge, each with its address."
        ),
    )
    house_rules = models.TextField(
        _("house rules"),
        help_text=_("Shown where people write, one rule on each line."),
        default="",
        blank=True,
    )

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="one_default_policy",
            ),
        ]

    def __str__(self) -> str:
        return self.name
