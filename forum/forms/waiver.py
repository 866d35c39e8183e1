"""Signing for publishing against a rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class WaiverForm(forms.Form):
    """A public reason, and who gives it."""

    fingerprint = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why it is published all the same"),
        help_text=_("The public reads this beside the page."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    signed_as = forms.CharField(
        label=_("Signed by"),
        help_text=_("Name and office, as the public reads it."),
        max_length=150,
    )

    def __init__(self, *args: Any, signer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["signed_as"] = signer.get_full_name()
