"""The form by which a reader reports something."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation.services.flags import LONGEST_TEXT


class FlagForm(forms.Form):
    """Reason, words of one's own, and who reports where nobody is signed in."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("In your own words"),
        help_text=_(
            "Needed if it is illegal or something else: what exactly, and why?"
        ),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    legal_ground = forms.CharField(
        label=_("Which law does it break?"),
        help_text=_("Only if it is illegal, and as far as you know."),
        max_length=500,
        required=False,
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Only to tell you what came of it. The author never learns it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    good_faith = forms.BooleanField(
        label=_(
            "What I report is, to the best of my knowledge, accurate and complete."
        ),
        help_text=_("Needed if it is illegal."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        is_known: bool,
        reasons: Sequence[tuple[str, Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        reason: Any = self.fields["reason"]
        reason.choices = reasons
        if is_known:
            del self.fields["name"], self.fields["email"]
