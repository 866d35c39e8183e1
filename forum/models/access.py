"""Whether everyone can come, get in, hear, see and speak."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
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
FEATURES = (*BUILDING, *LANGUAGE, *LIFE)


@dataclass(frozen=True)
class Access:
    """One answer, as the page shows it."""

    name: str
    label: str | Promise
    answer: str
    words: str | Promise
    note: str


def _answer(label: Promise) -> models.CharField:
    return models.CharField(label, max_length=10, choices=AccessAnswer, blank=True)


def _note() -> models.CharField:
    return models.CharField(
        _("note"),
        max_length=250,
        blank=True,
        help_text=_("Where, how, and for a “no” what you do instead."),
    )


def _rows(names: tuple[str, ...]) -> list[FieldRowPanel]:
    return [
        FieldRowPanel([FieldPanel(name), FieldPanel(f"{name}_note")]) for name in names
    ]


class AccessMixin(models.Model):
    """The questions that people who might stay away ask before they come."""

    step_free = _answer(_("step-free route"))
    step_free_note = _note()
    toilet = _answer(_("accessible toilet"))
    toilet_note = _note()
    hearing_loop = _answer(_("hearing loop"))
    hearing_loop_note = _note()
    seating = _answer(_("seats for everyone, also with a wheelchair"))
    seating_note = _note()
    quiet_room = _answer(_("quiet room"))
    quiet_room_note = _note()
    assistance_animals = _answer(_("assistance animals"))
    assistance_animals_note = _note()
    parking = _answer(_("accessible parking"))
    parking_note = _note()
    transport = _answer(_("bus or train nearby"))
    transport_note = _note()
    sign_language = _answer(_("sign language interpretation"))
    sign_language_note = _note()
    captions = _answer(_("live captions"))
    captions_note = _note()
    interpretation = _answer(_("interpretation into other languages"))
    interpretation_note = _note()
    childcare = _answer(_("childcare"))
    childcare_note = _note()
    suitable_hours = _answer(_("a time that suits people who work or care"))
    suitable_hours_note = _note()
    travel_costs = _answer(_("travel costs are paid"))
    travel_costs_note = _note()
    request_how = models.CharField(
        _("how to ask for it"),
        max_length=250,
        blank=True,
        help_text=_("Where people ask for whatever is there on request."),
    )
    request_by = models.DateTimeField(_("ask until"), null=True, blank=True)

    access_panels = [
        MultiFieldPanel(_rows(BUILDING), heading=_("The building")),
        MultiFieldPanel(_rows(LANGUAGE), heading=_("Language")),
        MultiFieldPanel(_rows(LIFE), heading=_("Everyday life")),
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
