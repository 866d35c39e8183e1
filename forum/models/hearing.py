"""A meeting at which people are heard, in a room and from afar."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.api import APIField
from wagtail.models import Orderable

from .access import AccessMixin
from .base import Page
from .papers import PapersMixin
from .participation import ParticipationMixin
from .speakers import SpeakerFields, SpeakingMixin


class SessionFields(models.Model):
    """One meeting: when, where and how to join from afar."""

    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.TextField(
        _("place"),
        max_length=300,
        blank=True,
        help_text=_("The address in words, with room and entrance."),
    )
    join_url = models.URLField(_("video link"), max_length=500, blank=True)
    join_phone = models.CharField(
        _("phone number to listen and speak"), max_length=100, blank=True
    )
    join_steps = models.TextField(
        _("how to join, step by step"), max_length=1000, blank=True
    )

    panels = [
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("place"),
        FieldRowPanel([FieldPanel("join_url"), FieldPanel("join_phone")]),
        FieldPanel("join_steps"),
    ]
    api_fields = [
        APIField("starts_at", writable=True),
        APIField("ends_at", writable=True),
        APIField("place", writable=True),
        APIField("join_url", writable=True),
        APIField("join_phone", writable=True),
        APIField("join_steps", writable=True),
    ]

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                violation_error_message=_("A meeting must end after it begins."),
            ),
        ]

    @property
    def is_remote(self) -> bool:
        """Say whether one can take part from afar."""
        return bool(self.join_url or self.join_phone)


class HearingMixin(AccessMixin, PapersMixin, SpeakingMixin, ParticipationMixin):
    """What a hearing tells those who may come. Mix it into a page type of your own.

    The page type also needs `sessions` and `speakers`: child models made from
    SessionFields and SpeakerFields.
    """

    not_remote_because = models.CharField(
        _("if nobody can join from afar: why"), max_length=250, blank=True
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        InlinePanel("sessions", heading=_("Meetings"), label=_("Meeting")),
        FieldPanel("not_remote_because"),
        FieldPanel("agenda"),
        FieldPanel("body"),
        FieldPanel("documents"),
        *PapersMixin.papers_panels,
    ]
    speaking_panels = [
        FieldPanel("how_to_speak"),
        FieldPanel("speaking_minutes"),
        InlinePanel("speakers", heading=_("Speakers"), label=_("Speaker")),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("What it is about")),
            ObjectList(AccessMixin.access_panels, heading=_("Access")),
            ObjectList(speaking_panels, heading=_("Speaking")),
            ObjectList(
                [
                    *ParticipationMixin.date_panels,
                    *ParticipationMixin.invitation_panels,
                ],
                heading=_("Taking part"),
            ),
            ObjectList(ParticipationMixin.contact_panels, heading=_("Contact")),
            ObjectList(ParticipationMixin.outcome_panels, heading=_("Answer")),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )
    api_fields = [
        *ParticipationMixin.api_fields,
        APIField("sessions", writable=True),
        APIField("speakers", writable=True),
        APIField("not_remote_because", writable=True),
        *PapersMixin.papers_api_fields,
        *SpeakingMixin.speaking_api_fields,
        *AccessMixin.access_api_fields,
    ]

    class Meta(ParticipationMixin.Meta):
        abstract = True


class HearingPage(HearingMixin, Page):
    """A hearing."""

    template = "forum/hearing_page.html"
    parent_page_types = ["forum.ForumIndexPage"]
    subpage_types: list[str] = []
    search_fields = [
        *Page.search_fields,
        *ParticipationMixin.participation_search_fields,
    ]

    class Meta(HearingMixin.Meta):
        verbose_name = _("hearing")
        verbose_name_plural = _("hearings")


class HearingSession(SessionFields, Orderable):
    """One meeting of a hearing."""

    page = ParentalKey(HearingPage, on_delete=models.CASCADE, related_name="sessions")

    class Meta(SessionFields.Meta):
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["sort_order"]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class HearingSpeaker(SpeakerFields, Orderable):
    """One person who wants to speak at a hearing."""

    page = ParentalKey(HearingPage, on_delete=models.CASCADE, related_name="speakers")

    class Meta(Orderable.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")

    def __str__(self) -> str:
        return self.name
