"""What came of it: the city's answer to those who took part."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField, StreamField

from deliberation.queries import citations
from forum.blocks import TEXT_FEATURES, CitationBlock


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
    rests_on = StreamField(
        [("citation", CitationBlock())],
        verbose_name=_("contributions it rests on"),
        blank=True,
        help_text=_(
            "Name the comments and statements that this answer uses, and those it does "
            "not use and why. Their authors are told, and each shows a link to here."
        ),
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
                FieldPanel("rests_on"),
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
        APIField("rests_on", writable=True),
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

    def clean(self) -> None:
        """Refuse to rest on what does not stand on this page.

        What was hidden since then may stay: it is not shown, and must not keep the
        page from being published.
        """
        super().clean()
        wrong = []
        for line in self.rests_on:
            try:
                citations.find(
                    line.value["link"], page=self.original(), only_public=False
                )
            except citations.UnknownLink as error:
                wrong.append(error.message)
        if wrong:
            raise ValidationError({"rests_on": wrong})
