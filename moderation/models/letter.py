"""What of the forum's news goes out by e-mail."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moderation.choices import LetterState, Mail


class MailChoice(models.Model):
    """How a participant wants to hear of one topic; without a row, as is usual."""

    participant = models.ForeignKey(
        "moderation.Participant", on_delete=models.CASCADE, related_name="mail_choices"
    )
    topic = models.CharField(max_length=20)
    mail = models.CharField(max_length=10, choices=Mail)

    class Meta:
        verbose_name = _("choice of e-mails")
        verbose_name_plural = _("choices of e-mails")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "topic"], name="one_choice_per_topic"
            ),
            models.CheckConstraint(
                condition=Q(mail__in=Mail.values), name="mail_is_a_known_choice"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.mail}"


class Letter(models.Model):
    """One e-mail with news, which is sent once or not at all.

    A digest belongs to a `period`, the day it is for, and there is one for each.
    """

    participant = models.ForeignKey(
        "moderation.Participant", on_delete=models.CASCADE, related_name="letters"
    )
    mail = models.CharField(max_length=10, choices=Mail)
    period = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=LetterState, default=LetterState.WAITING
    )
    failures = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("e-mail with news")
        verbose_name_plural = _("e-mails with news")
        indexes = [
            models.Index(fields=["participant", "-created_at"]),
            models.Index(
                fields=["id"],
                condition=Q(state=LetterState.WAITING),
                name="letters_that_wait",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "mail", "period"], name="one_digest_per_period"
            ),
            models.CheckConstraint(
                condition=Q(mail=Mail.AT_ONCE, period__isnull=True)
                | Q(mail__in=[Mail.DAILY, Mail.WEEKLY], period__isnull=False),
                name="digest_has_a_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mail} {self.period or self.created_at:%Y-%m-%d}"
