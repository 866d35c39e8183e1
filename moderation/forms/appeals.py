"""The form of an appeal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation.services.appeals import LONGEST_TEXT


class AppealForm(forms.Form):
    """Why the decision is wrong."""

    text = forms.CharField(
        label=_("Why is the decision wrong?"),
        help_text=_(
            "Somebody else than before reads this and decides. You can appeal once."
        ),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
