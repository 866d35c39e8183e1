"""What everything that a city asks has in common."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.search import index

from deliberation import visited
from deliberation.choices import Stage
from forum.blocks import BODY_BLOCKS, DocumentBlock

from . import published
from .contact import ContactMixin
from .invitation import InvitationMixin
from .obligations import ObligationsMixin
from .outcome import OutcomeMixin


@dataclass(frozen=True)
class Step:
    """One stage of a page on its way: reached, present or still to come."""

    stage: Stage
    is_past: bool
    is_present: bool
    at: datetime | None


class ParticipationMixin(
    InvitationMixin, ContactMixin, OutcomeMixin, ObligationsMixin, models.Model
):
    """A page that opens, closes and is answered. Mix it into a page type."""

    summary = models.TextField(
        _("summary in plain language"),
        max_length=1000,
        help_text=_(
            "What this is about and what people can change, in 30 to 150 everyday "
            "words. Shown in lists, in search engines and at the top of the page."
        ),
    )
    opens_at = models.DateTimeField(
        _("opens"), null=True, help_text=_("From this moment on people can take part.")
    )
    closes_at = models.DateTimeField(
        _("closes"), null=True, help_text=_("At this moment taking part ends.")
    )
    body = StreamField(
        BODY_BLOCKS,
        verbose_name=_("background"),
        blank=True,
        help_text=_(
            "Why this is asked, the options, what they cost and whom they touch."
        ),
    )
    documents = StreamField(
        [("document", DocumentBlock())], verbose_name=_("documents"), blank=True
    )

    date_panels = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")])],
            heading=_("Time to take part"),
        ),
        *ObligationsMixin.obligation_panels,
    ]
    api_fields = [
        *published.API_FIELDS,
        APIField("summary", writable=True),
        APIField("opens_at", writable=True),
        APIField("closes_at", writable=True),
        APIField("body", writable=True),
        APIField("documents", writable=True),
        *InvitationMixin.invitation_api_fields,
        *ContactMixin.contact_api_fields,
        *OutcomeMixin.outcome_api_fields,
        *ObligationsMixin.obligation_api_fields,
    ]
    participation_search_fields = [
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("opens_at"),
        index.FilterField("closes_at"),
    ]

    class Meta:
        abstract = True
        constraints = [
            *OutcomeMixin.Meta.constraints,
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="%(app_label)s_%(class)s_closes_after_it_opens",
                violation_error_message=_("It must close after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(answered_at__gte=F("closes_at")),
                name="%(app_label)s_%(class)s_answered_after_it_closes",
                violation_error_message=_("The answer can only come after the close."),
            ),
        ]

    def stage_at(self, now: datetime) -> Stage:
        """Return the stage at a moment."""
        return Stage.at(
            now,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            answered_at=self.answered_at,
        )

    def steps_at(self, now: datetime) -> list[Step]:
        """Return the way of the page through its stages, seen from a moment."""
        stages = list(Stage)
        present = stages.index(self.stage_at(now))
        times = (self.first_published_at, self.opens_at, self.closes_at)
        return [
            Step(stage, number < present, number == present, at)
            for number, (stage, at) in enumerate(
                zip(stages, (*times, self.answered_at), strict=True)
            )
        ]

    def days_left(self, now: datetime) -> int | None:
        """Return the days until it closes, 0 on the last one; None if not open."""
        if not self.closes_at or self.stage_at(now) is not Stage.OPEN:
            return None
        return (_day(self.closes_at) - _day(now)).days

    def original(self) -> Self:
        """Return the page that holds the discussion: the first of its translations.

        People talk about one matter in one place, whatever language they read it in.
        """
        if not self.pk:
            return self
        source = self.alias_of.specific if self.alias_of_id else self
        family = type(self)._default_manager.filter(
            translation_key=source.translation_key
        )
        return family.order_by("pk").first() or self

    def validate_constraints(self, exclude: Any = None) -> None:
        """Check every constraint: the write API may send one of two dates only."""
        super().validate_constraints()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Show the page; the reader's browser keeps which threads they have read."""
        response = super().serve(request, *args, **kwargs)
        if hasattr(response, "add_post_render_callback"):
            response.add_post_render_callback(partial(visited.remember, request))
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Add what depends on the moment of the visit."""
        now = timezone.now()
        return super().get_context(request, *args, **kwargs) | {
            "now": now,
            "stage": self.stage_at(now),
            "steps": self.steps_at(now),
            "days_left": self.days_left(now),
            "original": self.original(),
        }


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
