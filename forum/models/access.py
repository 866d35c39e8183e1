"""Whether everyone can come, get in, hear, see and speak."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField

from forum.choices import AccessAnswer

BUILDING = (
    "step_free",
    "toilet",
    "hearing_loop",
    "seating",
    "quiet_room",
    "assistance_animals",
    "parking",
    "transport",
)
LANGUAGE = ("sign_language", "captions", "interpretation")
LIFE = ("childcare", "suitable_hours", "travel_costs")
HELP = _(
    "Answer every question: people plan their way by it. The note says where and how, "
    "and for a “no” what you do instead."
)
FEATURES = (*BUILDING, *LANGUAGE, *LIFE)


@dataclass(frozen=True)
class Access:
    """One answer, as the page shows it."""

    name: str
    label: str | Promise
    answer: str
    words: str | Promise
    note: str


def _question(label: Promise) -> tuple[models.CharField, models.CharField]:
    """Return the fields for an answer and for its note."""
    answer = models.CharField(label, max_length=10, choices=AccessAnswer, blank=True)
    words = format_lazy("{}: {}", label, _("note"))
    return answer, models.CharField(words, max_length=250, blank=True)


def _rows(names: tuple[str, ...]) -> list[FieldRowPanel]:
    return [
        FieldRowPanel([FieldPanel(name), FieldPanel(f"{name}_note")]) for name in names
    ]


class AccessMixin(models.Model):
    """The questions that people who might stay away ask before they come."""

    step_free, step_free_note = _question(_("step-free route"))
    toilet, toilet_note = _question(_("accessible toilet"))
    hearing_loop, hearing_loop_note = _question(_("hearing loop"))
    seating, seating_note = _question(_("seats for everyone, also with a wheelchair"))
    quiet_room, quiet_room_note = _question(_("quiet room"))
    assistance_animals, assistance_animals_note = _question(_("assistance animals"))
    parking, parking_note = _question(_("accessible parking"))
    transport, transport_note = _question(_("bus or train nearby"))
    sign_language, sign_language_note = _question(_("sign language interpretation"))
    captions, captions_note = _question(_("live captions"))
    interpretation, interpretation_note = _question(
        _("interpretation into other languages")
    )
    childcare, childcare_note = _question(_("childcare"))
    suitable_hours, suitable_hours_note = _question(
        _("a time that suits people who work or care")
    )
    travel_costs, travel_costs_note = _question(_("travel costs are paid"))
    request_how = models.CharField(
        _("how to ask for it"),
        max_length=250,
        blank=True,
        help_text=_("Where people ask for whatever is there on request."),
    )
    request_by = models.DateTimeField(_("ask until"), null=True, blank=True)

    access_panels = [
        MultiFieldPanel(_rows(BUILDING), heading=_("The building"), help_text=HELP),
        MultiFieldPanel(_rows(LANGUAGE), heading=_("Language"), help_text=HELP),
        MultiFieldPanel(_rows(LIFE), heading=_("Everyday life"), help_text=HELP),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("request_how"), FieldPanel("request_by")])],
            heading=_("On request"),
        ),
    ]
    access_api_fields = [
        *(
            APIField(f"{name}{part}", writable=True)
            for name in FEATURES
            for part in ("", "_note")
        ),
        APIField("request_how", writable=True),
        APIField("request_by", writable=True),
    ]

    class Meta:
        abstract = True

    def access(self) -> list[Access]:
        """Return every question with its answer; `answer` is empty if none is given."""
        return [
            Access(
                name=name,
                label=self._meta.get_field(name).verbose_name,
                answer=getattr(self, name),
                words=getattr(self, f"get_{name}_display")() or _("Not answered yet"),
                note=getattr(self, f"{name}_note"),
            )
            for name in FEATURES
        ]
