"""What an official answer rests on."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CitationForm(forms.Form):
    """One contribution, by its address."""

    link = forms.CharField(
        label=_("Address of the comment or statement"),
        help_text=_(
            "The date of a comment is the link to it: copy its address and paste it "
            "here. It must stand on the same page as this answer."
        ),
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    is_used = forms.TypedChoiceField(
        label=_("What became of it"),
        choices=[("1", _("It was used")), ("0", _("It was considered, and not used"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        initial="1",
    )
    reason = forms.CharField(
        label=_("How it was used, or why not"),
        help_text=_("Needed if it was not used. Everybody can read it."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
