"""A contribution that an answer names."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


class CitationBlock(blocks.StructBlock):
    """A comment or statement of this page, and what became of it."""

    link = blocks.CharBlock(
        label=_("address of the comment or statement"),
        max_length=500,
        help_text=_("The date of a comment is the link to it: copy and paste it here."),
    )
    became = blocks.ChoiceBlock(
        label=_("what became of it"),
        choices=[
            ("used", _("It was used")),
            ("not_used", _("It was considered, and not used")),
        ],
        default="used",
    )
    reason = blocks.TextBlock(
        label=_("how it was used, or why not"),
        max_length=1000,
        required=False,
        help_text=_("Needed if it was not used. Everybody can read it."),
    )

    class Meta:
        icon = "link"
        label = _("contribution")

    def clean(self, value: Any) -> Any:
        """Refuse to set a contribution aside without a reason."""
        cleaned = super().clean(value)
        if cleaned["became"] == "not_used" and not cleaned["reason"].strip():
            raise StructBlockValidationError(
                block_errors={
                    "reason": ValidationError(
                        _("Please say in a few words why this was not used.")
                    )
                }
            )
        return cleaned
