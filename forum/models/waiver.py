"""Who signed for publishing against a rule; what somebody need not be told again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .base import Page


class Waiver(models.Model):
    """A public reason for publishing a page against one finding.

    It holds for this finding on this page only: `fingerprint` changes with the place,
    the quoted words and the numbers in the message.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="waivers")
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    rule = models.CharField(_("rule"), max_length=20)
    path = models.CharField(_("place"), max_length=200, blank=True)
    message = models.TextField(_("finding"))
    fingerprint = models.CharField(max_length=64)
    reason = models.TextField(_("reason"), max_length=1000)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    signed_as = models.CharField(_("name and office"), max_length=150)
    signed_at = models.DateTimeField(_("signed on"))
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        permissions = [
            ("sign_waiver", _("Can sign publicly for publishing against a finding"))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "fingerprint"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_waiver_for_a_finding",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.signed_as}"


class Dismissal(models.Model):
    """A hint that one editor does not want to see on a page again."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "user", "fingerprint"], name="one_dismissal_of_a_hint"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.fingerprint[:8]}"


class Withholding(models.Model):
    """A scheduled publication that the rules stopped, until its page is published."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    told = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("stopped on"))
    findings = models.PositiveIntegerField(_("findings"))

    def __str__(self) -> str:
        return f"{self.page_id}: {self.at:%Y-%m-%d %H:%M}"
