"""Who wants to speak at a hearing, and for how long everyone may."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.api import APIField

from moderation.rules.pages.speakers import Request, Turn, speaking_order


class SpeakerFields(models.Model):
    """One person on the list, which is public."""

    name = models.CharField(
        _("name"),
        max_length=100,
        help_text=_("As the public list shows it: ask the person first."),
    )
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    has_spoken = models.BooleanField(
        _("has spoken at an earlier meeting on this matter"), default=False
    )

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("asked_at")]),
        FieldPanel("has_spoken"),
    ]
    api_fields = [
        APIField("name", writable=True),
        APIField("asked_at", writable=True),
        APIField("has_spoken", writable=True),
    ]

    class Meta:
        abstract = True


class SpeakingMixin(models.Model):
    """Time to speak, shared equally."""

    how_to_speak = models.TextField(
        _("how to put your name down to speak"), max_length=1000, blank=True
    )
    speaking_minutes = models.PositiveSmallIntegerField(
        _("minutes for all speakers together"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(24 * 60)],
        help_text=_(
            "Everyone gets the same: one to five minutes each. Whoever speaks for the "
            "first time is first."
        ),
    )

    speaking_api_fields = [
        APIField("how_to_speak", writable=True),
        APIField("speaking_minutes", writable=True),
    ]

    class Meta:
        abstract = True

    def speaking_order(self) -> tuple[Turn, ...]:
        """Return the list of speakers in its order, with everyone's time."""
        listed: Any = getattr(self, "speakers")  # noqa: B009 - on the concrete page
        return speaking_order(
            (
                Request(
                    name=each.name, asked_at=each.asked_at, has_spoken=each.has_spoken
                )
                for each in listed.all()
            ),
            seconds=60 * (self.speaking_minutes or 0),
        )
