"""Forms of the snippets that lead moderators keep."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from moderation.forms.rules import clean_rules
from moderation.models import HouseRule, Participant
from moderation.refusals import Refusal
from moderation.services import standing


class LanguageForm(WagtailAdminModelForm):
    """Offers the languages of the site by their names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "language" in self.fields:
            widget = forms.Select(choices=settings.LANGUAGES)
            self.fields["language"].widget = widget


class HouseRuleForm(LanguageForm):
    """Raises the version whenever the words change."""

    def save(self, commit: bool = True) -> HouseRule:  # noqa: FBT001, FBT002
        rule: HouseRule = self.instance
        if {"title", "text"} & set(self.changed_data):
            if rule.pk:
                rule.version += 1
            rule.changed_at = timezone.now()
        return super().save(commit)


class PolicyForm(WagtailAdminModelForm):
    """Says in words which rule or option does not exist."""

    def clean_rules(self) -> Any:
        return clean_rules(self.cleaned_data["rules"])


class StandingForm(WagtailAdminModelForm):
    """All that anybody changes of a participant by hand."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        try:
            standing.require_lead(self.instance, decided_by=self.for_user)
        except Refusal as error:
            raise forms.ValidationError(error.message) from None
        return cleaned

    def save(self, commit: bool = True) -> Participant:  # noqa: FBT001, FBT002
        return standing.set_by_lead(
            participant=self.instance,
            standing=self.cleaned_data["standing"],
            decided_by=self.for_user,
        )
