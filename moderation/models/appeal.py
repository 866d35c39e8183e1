"""An objection to a decision, answered by another person."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moderation.choices import Outcome, Side


class AppealQuerySet(models.QuerySet["Appeal"]):
    """Ways to find appeals."""

    def waiting(self) -> "AppealQuerySet":
        """Keep those that nobody has answered."""
        return self.filter(answered_at__isnull=True)


class Appeal(models.Model):
    """What the author, or a reporter, says against one decision.

    `first_decided_by` repeats who decided, so that the database itself can see to it
    that somebody else answers.
    """

    decision = models.ForeignKey(
        "moderation.Decision", on_delete=models.PROTECT, related_name="appeals"
    )
    side = models.CharField(max_length=10, choices=Side)
    flag = models.OneToOneField(
        "moderation.Flag",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appeal",
    )
    first_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    text = models.TextField(_("why the decision is wrong"), max_length=5000)
    created_at = models.DateTimeField(_("appealed"))

    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(_("reasons"), max_length=5000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    # The decision that took the place of the first one.
    new_decision = models.OneToOneField(
        "moderation.Decision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="from_appeal",
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(answered_at__isnull=True),
                name="appeals_that_wait",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(side=Side.AUTHOR),
                name="one_appeal_of_the_author",
            ),
            models.CheckConstraint(
                condition=Q(side=Side.AUTHOR, flag__isnull=True)
                | Q(side=Side.REPORTER, flag__isnull=False),
                name="reporters_appeal_by_their_flag",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True)
                | (~Q(outcome="") & ~Q(answer="") & Q(answered_by__isnull=False)),
                name="appeals_are_answered_by_a_person_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(first_decided_by__isnull=True)
                | Q(answered_by__isnull=True)
                | ~Q(answered_by=F("first_decided_by")),
                name="somebody_else_answers_the_appeal",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.text[:60]}"
