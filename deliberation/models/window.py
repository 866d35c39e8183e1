"""What opens and closes on a page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import swapper
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from deliberation.choices import Stage


class PeopleSpoke(PermissionDenied):
    """Somebody would delete what residents have written or voted."""

    def __init__(self, window: "OpenWindow") -> None:
        super().__init__(
            _t(
                "People have taken part in “%(title)s”, so its page cannot be "
                "deleted. Unpublish it instead."
            )
            % {"title": window.title}
        )


def keep_what_people_said(
    collector: Any, field: Any, windows: Sequence["OpenWindow"], using: str
) -> None:
    """Let a page take its empty discussions and polls along, and no others.

    An `on_delete` rule, so that no way of deleting a page leads around it. Raises
    PeopleSpoke, which admin and page API answer with "403, and why".
    """
    for window in windows:
        if window.has_contributions():
            raise PeopleSpoke(window)
    models.CASCADE(collector, field, windows, using)


class OpenWindow(models.Model):
    """Belongs to one page, or to one section of it, and is open for a time.

    Without dates it is open for as long as its page is published.
    """

    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=keep_what_people_said,
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

    # Whether any page is, as `queries.visibility` finds out beside it.
    pages_are_restricted: bool

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

    def has_contributions(self) -> bool:
        """Say whether anybody has written or voted here."""
        raise NotImplementedError
