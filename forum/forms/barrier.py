"""Telling the city what shuts somebody out."""

from django import forms
from django.utils.translation import gettext_lazy as _


class BarrierForm(forms.Form):
    """What does not work, where, and how to reach whoever says so."""

    what = forms.CharField(
        label=_("What does not work for you?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    where = forms.CharField(
        label=_("On which page?"),
        required=False,
        max_length=500,
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Only to answer you. You may leave it out."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
