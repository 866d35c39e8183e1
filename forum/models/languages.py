"""A choice of several languages."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _


class LanguagesField(models.JSONField):
    """Stores language codes as a list; editors tick them."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"default": list, "blank": True, **options})

    def formfield(self, **options: Any) -> forms.Field:
        """Return checkboxes with the languages of the site."""
        options.pop("encoder", None)
        return forms.MultipleChoiceField(
            label=self.verbose_name,
            help_text=self.help_text,
            required=not self.blank,
            choices=lambda: settings.LANGUAGES,
            widget=forms.CheckboxSelectMultiple,
        )

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse whatever is not a list of the site's languages."""
        super().validate(value, model_instance)
        known = dict(settings.LANGUAGES)
        if not isinstance(value, list) or not all(code in known for code in value):
            raise ValidationError(_("Choose from the languages of this site."))
