"""Whom to ask, and how to answer without this website."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField


class ContactMixin(models.Model):
    """A person or office that can be reached in more than one way."""

    contact_name = models.CharField(
        _("who answers questions"),
        max_length=150,
        blank=True,
        help_text=_("A person and their office, such as “Ines Albrecht, Transport”."),
    )
    contact_email = models.EmailField(_("e-mail"), blank=True)
    contact_phone = models.CharField(
        _("phone"),
        max_length=80,
        blank=True,
        help_text=_("With the hours, such as “01335 5550142, Mon to Thu 9 to 15”."),
    )
    contact_address = models.TextField(
        _("address"),
        max_length=400,
        blank=True,
        help_text=_("Where to write to or to come to, and whether it is step-free."),
    )
    other_ways = models.TextField(
        _("other ways to answer"),
        max_length=1000,
        blank=True,
        help_text=_(
            "How people answer who do not use this website: on paper, by phone, in "
            "person, and where the paper form is."
        ),
    )

    contact_panels = [
        MultiFieldPanel(
            [
                FieldPanel("contact_name"),
                FieldRowPanel(
                    [FieldPanel("contact_email"), FieldPanel("contact_phone")]
                ),
                FieldPanel("contact_address"),
                FieldPanel("other_ways"),
            ],
            heading=_("Contact"),
        )
    ]
    contact_api_fields = [
        APIField("contact_name", writable=True),
        APIField("contact_email", writable=True),
        APIField("contact_phone", writable=True),
        APIField("contact_address", writable=True),
        APIField("other_ways", writable=True),
    ]

    class Meta:
        abstract = True

    def contact_channels(self) -> int:
        """Return in how many different ways the contact can be reached."""
        ways = (self.contact_email, self.contact_phone, self.contact_address)
        return sum(bool(way) for way in ways)
