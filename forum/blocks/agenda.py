"""What a hearing goes through."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class AgendaItemBlock(blocks.StructBlock):
    """One point of an agenda."""

    starts = blocks.TimeBlock(label=_("from"), required=False)
    title = blocks.CharBlock(label=_("point"), max_length=200)
    detail = blocks.CharBlock(
        label=_("who, or what for"), max_length=300, required=False
    )

    class Meta:
        icon = "list-ol"
        label = _("point")
