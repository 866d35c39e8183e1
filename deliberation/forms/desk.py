"""What a facilitator changes in a poll."""

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.models import Poll


class SettingsForm(forms.ModelForm):
    """How a poll is run. Title and dates belong to its page."""

    class Meta:
        model = Poll
        fields = (
            "residents_may_submit",
            "statement_maximum",
            "results",
            "is_open_data",
        )


class InviteForm(forms.Form):
    """How many links to make."""

    number = forms.IntegerField(label=_("How many links"), min_value=1, initial=10)


class RewordForm(forms.Form):
    """Other words for a statement of the city's own."""

    statement = forms.IntegerField(
        min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput
    )
    text = forms.CharField(label=_("New words"), max_length=500)


class AboutVotersForm(forms.Form):
    """Which statement says who somebody is, or after all what they think."""

    statement = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    is_meta = forms.TypedChoiceField(
        choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1"
    )
