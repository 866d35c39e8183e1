"""What comes by e-mail."""

from collections.abc import Iterable
from typing import Any

from django import forms

from moderation.choices import Mail
from moderation.news import Topic


class MailForm(forms.Form):
    """One choice for each topic."""

    def __init__(
        self, data: Any = None, *, choices: Iterable[tuple[Topic, Mail]]
    ) -> None:
        super().__init__(data)
        for topic, mail in choices:
            self.fields[topic.name] = forms.ChoiceField(
                label=str(topic.label),
                help_text=str(topic.help),
                choices=Mail.choices,
                initial=mail,
            )
