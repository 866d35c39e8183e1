"""What a decision does to an author, besides hiding what they wrote."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moderation.choices import Besides


class Sanction(models.Model):
    """A warning, or a restriction of the account until a date. Its reasons are its decision's."""

    participant = models.ForeignKey(
        "moderation.Participant", on_delete=models.PROTECT, related_name="sanctions"
    )
    decision = models.OneToOneField(
        "moderation.Decision", on_delete=models.PROTECT, related_name="sanction"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Besides)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("given"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    # When its decision was reversed: from then on it never was.
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=Besides.WARN, ends_at__isnull=True)
                | Q(
                    kind__in=[Besides.SLOW.value, Besides.SUSPEND.value],
                    ends_at__gt=models.F("created_at"),
                ),
                name="suspensions_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"
