"""What opens and closes on a page."""

from datetime import datetime

import swapper
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from deliberation.choices import Stage


class OpenWindow(models.Model):
    """Belongs to one page, or to one section of it, and is open for a time.

    Without dates it is open for as long as its page is published.
    """

    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        related_name="%(class)ss",
        verbose_name=_("page"),
    )
    section = models.SlugField(_("section"), max_length=80, blank=True, default="")
    title = models.CharField(_("title"), max_length=200)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    policy = models.ForeignKey(
        "moderation.Policy",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("policy"),
        help_text=_("Leave empty to use the site's own policy."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["page", "section"], name="one_%(class)s_per_section"
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="%(class)s_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def stage_at(self, now: datetime) -> Stage:
        """Return the stage at a moment."""
        return Stage.at(now, opens_at=self.opens_at, closes_at=self.closes_at)
