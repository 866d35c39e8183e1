"""What came of it: the city's answer to those who took part."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField

from forum.blocks import TEXT_FEATURES


class OutcomeMixin(models.Model):
    """What was decided, what people changed, what they did not change and why."""

    outcome_decided = RichTextField(
        _("what was decided"), blank=True, features=TEXT_FEATURES
    )
    outcome_themes = RichTextField(
        _("what people said"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("The themes, and how often each came up."),
    )
    outcome_changed = RichTextField(
        _("what changed because of what people said"),
        blank=True,
        features=TEXT_FEATURES,
    )
    outcome_unchanged = RichTextField(
        _("what did not change, and why"), blank=True, features=TEXT_FEATURES
    )
    answered_at = models.DateTimeField(
        _("answered on"),
        null=True,
        blank=True,
        help_text=_("From this moment on the page counts as answered."),
    )

    outcome_panels = [
        MultiFieldPanel(
            [
                FieldPanel("outcome_decided"),
                FieldPanel("outcome_themes"),
                FieldPanel("outcome_changed"),
                FieldPanel("outcome_unchanged"),
                FieldPanel("answered_at"),
            ],
            heading=_("Answer"),
            help_text=_("Fill this in once the decision is made."),
        )
    ]
    outcome_api_fields = [
        APIField("outcome_decided", writable=True),
        APIField("outcome_themes", writable=True),
        APIField("outcome_changed", writable=True),
        APIField("outcome_unchanged", writable=True),
        APIField("answered_at", writable=True),
    ]

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(outcome_decided=""),
                name="%(app_label)s_%(class)s_answer_has_words",
                violation_error_message=_("An answer must say what was decided."),
            ),
        ]
