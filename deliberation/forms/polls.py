"""What people send to a poll."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from deliberation.choices import Stance

LARGEST_ID = 2**63 - 1
WORDS = [(stance.word, stance.label) for stance in Stance]


class VoteForm(forms.Form):
    """One of three buttons, and whether it matters."""

    statement = forms.IntegerField(min_value=1, max_value=LARGEST_ID)
    stance = forms.ChoiceField(choices=WORDS)
    important = forms.BooleanField(required=False)

    def clean_stance(self) -> Stance:
        """Return the stance that the button's word means."""
        return Stance[self.cleaned_data["stance"].upper()]


class StatementForm(forms.Form):
    """A statement of one's own; the rules judge it, not the form."""

    text = forms.CharField(
        label=_("Your statement"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    language = forms.ChoiceField(
        label=_("Its language"),
        choices=lambda: [("", _("Found out from the text")), *settings.LANGUAGES],
        required=False,
    )
    # Asked once, before somebody's first contribution.
    agreed = forms.BooleanField(
        label=_("I have read these rules and will keep them."), required=False
    )
    # What the author has seen as hints, and sends it as it is: `Hints.shown`.
    anyway = forms.CharField(required=False, widget=forms.HiddenInput)
    # One of the author's own that this one takes the place of.
    replaces = forms.IntegerField(
        min_value=1, max_value=LARGEST_ID, required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, longest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = _(
            "One idea in one sentence, at most %(longest)d characters. "
            "Others will agree with it or not."
        ) % {"longest": longest}


class AnswerForm:
    """The options that were ticked; what is no number is left to the service."""

    def __init__(self, data: QueryDict) -> None:
        self.values = data.getlist("option")

    def chosen(self) -> set[int]:
        """Return the ids that were sent, 0 for what cannot be one."""
        return {
            int(value) if value.isascii() and value.isdigit() and len(value) < 19 else 0
            for value in self.values
        }
