"""What an editor types in for somebody else, and the code that they get."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from deliberation.choices import Channel, CommentStance
from deliberation.models import Discussion


class EntryForm(forms.Form):
    """A letter, a call, a recording; what the rules say of it the service tells."""

    channel = forms.ChoiceField(
        label=_("How it came in"), choices=Channel.typed_in, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What the person said, in their own words"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    language = forms.ChoiceField(label=_("Its language"), choices=settings.LANGUAGES)
    stance = forms.ChoiceField(
        label=_("What it is"),
        choices=[("", _("Not said")), *CommentStance.choices],
        required=False,
    )

    def __init__(self, *args: Any, discussion: Discussion, **kwargs: Any) -> None:
        """Offer the themes of the discussion, where it has some."""
        super().__init__(*args, **kwargs)
        if offered := discussion.offered_themes:
            self.fields["theme"] = forms.ChoiceField(
                label=_("What it is about"),
                choices=[("", _("Not said")), *((t.key, t.name) for t in offered)],
                required=False,
            )


class ReceiptForm(forms.Form):
    """A code from a receipt, however it is typed."""

    code = forms.CharField(
        label=_("Code on your receipt"),
        max_length=40,
        help_text=_("Twelve letters and digits, such as K7QF-29MX-T4RD."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
