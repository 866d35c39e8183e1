"""The list of everything a city asks."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField

from .base import Page


class ForumIndexPage(Page):
    """Lists what is open, announced, closed and answered, in this order."""

    intro = models.CharField(_("introduction"), max_length=300, blank=True)

    subpage_types = ["forum.ConsultationPage", "forum.HearingPage"]
    content_panels = [*Page.content_panels, FieldPanel("intro")]
    api_fields = [APIField("intro", writable=True)]

    class Meta:
        verbose_name = _("list of consultations and hearings")
        verbose_name_plural = _("lists of consultations and hearings")
