"""A question to everybody, with what is open and what is decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.api import APIField
from wagtail.fields import RichTextField

from forum.blocks import TEXT_FEATURES
from forum.choices import ParticipationLevel

from .base import Page
from .participation import ParticipationMixin


class ConsultationMixin(ParticipationMixin):
    """What a consultation says before it asks. Mix it into a page type of your own."""

    asked = RichTextField(
        _("what we ask"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("The question itself, as you would put it to a neighbour."),
    )
    still_open = RichTextField(
        _("what is open"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("What people's answers can still change."),
    )
    already_decided = RichTextField(
        _("what is already decided"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("What is not up for debate, and why."),
    )
    participation_level = models.CharField(
        _("level of participation"),
        max_length=12,
        choices=ParticipationLevel,
        blank=True,
        help_text=_("The page shows the promise that goes with it."),
    )
    who_decides = models.CharField(
        _("who decides"),
        max_length=200,
        blank=True,
        help_text=_("Such as “Town Council, on advice of the Transport Committee”."),
    )
    decision_date = models.DateField(_("decision expected on"), null=True, blank=True)
    use_of_answers = models.TextField(
        _("how the answers will be used"),
        max_length=1500,
        blank=True,
        help_text=_("Who reads them, what goes to the deciding body, and when."),
    )
    affected_groups = models.TextField(
        _("who is touched most"), max_length=1000, blank=True
    )
    outreach = models.TextField(
        _("how they are reached"),
        max_length=1000,
        blank=True,
        help_text=_("Such as letters to every household, the school, the care home."),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("asked"),
        MultiFieldPanel(
            [FieldPanel("still_open"), FieldPanel("already_decided")],
            heading=_("What can still change"),
        ),
        FieldPanel("body"),
        FieldPanel("documents"),
    ]
    decision_panels = [
        *ParticipationMixin.date_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("who_decides"), FieldPanel("decision_date")]),
                FieldPanel("participation_level"),
                FieldPanel("use_of_answers"),
            ],
            heading=_("Decision"),
        ),
        MultiFieldPanel(
            [FieldPanel("affected_groups"), FieldPanel("outreach")],
            heading=_("People"),
        ),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("What is asked")),
            ObjectList(decision_panels, heading=_("Dates and decision")),
            ObjectList(ParticipationMixin.invitation_panels, heading=_("Taking part")),
            ObjectList(ParticipationMixin.contact_panels, heading=_("Contact")),
            ObjectList(ParticipationMixin.outcome_panels, heading=_("Answer")),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )
    api_fields = [
        *ParticipationMixin.api_fields,
        APIField("asked", writable=True),
        APIField("still_open", writable=True),
        APIField("already_decided", writable=True),
        APIField("participation_level", writable=True),
        APIField("who_decides", writable=True),
        APIField("decision_date", writable=True),
        APIField("use_of_answers", writable=True),
        APIField("affected_groups", writable=True),
        APIField("outreach", writable=True),
    ]

    class Meta(ParticipationMixin.Meta):
        abstract = True

    def promise(self) -> str:
        """Return what the city promises at this level of participation."""
        level = self.participation_level
        return ParticipationLevel(level).promise if level else ""


class ConsultationPage(ConsultationMixin, Page):
    """A consultation."""

    template = "forum/consultation_page.html"
    parent_page_types = ["forum.ForumIndexPage"]
    subpage_types: list[str] = []
    search_fields = [
        *Page.search_fields,
        *ParticipationMixin.participation_search_fields,
    ]

    class Meta(ConsultationMixin.Meta):
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
