"""What belongs to a hearing on paper and on tape: agenda, minutes, recording."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField

from forum.blocks import MEDIA_BLOCKS, AgendaItemBlock


class PapersMixin(models.Model):
    """Papers with the day on which the public got them."""

    agenda = StreamField(
        [("point", AgendaItemBlock())], verbose_name=_("agenda"), blank=True
    )
    agenda_published_at = models.DateTimeField(
        _("agenda published on"), null=True, blank=True, editable=False
    )
    minutes_published_at = models.DateTimeField(
        _("minutes published on"),
        null=True,
        blank=True,
        help_text=_("Add the minutes to the documents, and say here when."),
    )
    recording = StreamField(
        MEDIA_BLOCKS,
        verbose_name=_("recording"),
        blank=True,
        max_num=1,
        help_text=_("With captions and a transcript."),
    )
    recording_published_at = models.DateTimeField(
        _("recording published on"), null=True, blank=True, editable=False
    )

    papers_panels = [FieldPanel("minutes_published_at"), FieldPanel("recording")]
    papers_api_fields = [
        APIField("agenda", writable=True),
        APIField("agenda_published_at"),
        APIField("minutes_published_at", writable=True),
        APIField("recording", writable=True),
        APIField("recording_published_at"),
    ]

    class Meta:
        abstract = True

    def newly_public_papers(self, now: datetime) -> dict[str, datetime | None]:
        """Return since when the public has agenda and recording; None for no longer."""
        return {
            f"{name}_published_at": (getattr(self, f"{name}_published_at") or now)
            if getattr(self, name)
            else None
            for name in ("agenda", "recording")
        }
