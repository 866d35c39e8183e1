"""Rules as a lead moderator writes them."""

from typing import Any

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from moderation.models import Policy
from moderation.rules import from_policy


def clean_rules(rules: Any) -> Any:
    """Return rules that could run, or raise ValidationError saying what is wrong."""
    if not isinstance(rules, list):
        raise forms.ValidationError(Policy._meta.get_field("rules").help_text)
    try:
        from_policy(rules)
    except ImproperlyConfigured as error:
        raise forms.ValidationError(str(error)) from None
    return rules


class DryRunForm(forms.Form):
    """Rules to be tried on what people have written."""

    rules = forms.JSONField(
        label=_("Rules"),
        help_text=Policy._meta.get_field("rules").help_text,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )

    def clean_rules(self) -> Any:
        """Say in words which rule or option does not exist."""
        return clean_rules(self.cleaned_data["rules"])
