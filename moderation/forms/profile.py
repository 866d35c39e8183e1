"""What a participant chooses about themself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation.language import spoken


class ProfileForm(forms.Form):
    """The name that others see, and the language of letters."""

    pseudonym = forms.CharField(
        label=_("Name that others see"),
        help_text=_("It need not be your real name. Everybody can read it."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    language = forms.ChoiceField(
        label=_("Language of notices and letters"), choices=spoken
    )
