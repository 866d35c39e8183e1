"""What a page owes by its kind of process, and what was corrected once people answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField

from forum.choices import Asked, ProcessType


class CorrectionBlock(blocks.StructBlock):
    """A dated note on words that were changed after people had answered."""

    field = blocks.ChoiceBlock(label=_("what was changed"), choices=Asked.choices)
    at = blocks.DateTimeBlock(label=_("when"))
    note = blocks.TextBlock(
        label=_("what changed, and why"),
        max_length=1000,
        help_text=_("Quote the old words: people answered to them."),
    )

    class Meta:
        icon = "warning"
        label = _("correction")
        template = "forum/blocks/correction.html"


class ObligationsMixin(models.Model):
    """The kind of process, whose law sets floors, and the list of corrections."""

    process_type = models.CharField(
        _("kind of process"),
        max_length=20,
        choices=ProcessType,
        blank=True,
        help_text=_(
            "The law sets floors for some kinds: how long they last, how early they "
            "are announced."
        ),
    )
    corrections = StreamField(
        [("correction", CorrectionBlock())],
        verbose_name=_("corrections"),
        blank=True,
        help_text=_(
            "Once people have answered, questions and the words of the poll change "
            "only with a dated correction, which the page shows."
        ),
    )

    obligation_panels = [
        MultiFieldPanel(
            [FieldPanel("process_type"), FieldPanel("corrections")],
            heading=_("Process"),
        )
    ]
    obligation_api_fields = [
        APIField("process_type", writable=True),
        APIField("corrections", writable=True),
    ]

    class Meta:
        abstract = True
