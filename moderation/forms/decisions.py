"""What a moderator fills in to decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation.choices import Act, Besides, Ground, Outcome
from moderation.queries import house_rules

WORDS = {
    Act.PUBLISH: _("Publish it"),
    Act.KEEP: _("Keep it as it is"),
    Act.HIDE: _("Hide it"),
    Act.RESTORE: _("Show it again"),
}


class ReasonsForm(forms.Form):
    """The reasons for taking something from an author."""

    ground = forms.ChoiceField(
        label=_("Why may it not stay?"),
        choices=[
            (Ground.RULES, _("It breaks a rule of the house")),
            (Ground.ILLEGAL, _("It is illegal")),
        ],
        initial=Ground.RULES,
        required=False,
        widget=forms.RadioSelect,
    )
    rule_id = forms.ChoiceField(
        label=_("The rule"),
        help_text=_("Its words are quoted to the author, in their language."),
        required=False,
        widget=forms.RadioSelect,
    )
    legal_ground = forms.CharField(
        label=_("The law, if it is illegal"),
        help_text=_("Name the act and the section."),
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule_id"].choices = [  # type: ignore[attr-defined]
            (rule.code, f"{rule.title}: {rule.text}")
            for rule in house_rules.catalogue(language)
        ]


class DecisionForm(ReasonsForm):
    """A decision on one item as it stands."""

    act = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    facts = forms.CharField(
        label=_("Reasons in your own words"),
        help_text=_(
            "The author reads this. Say what in the text breaks the rule; name "
            "nobody and quote no personal data."
        ),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    besides = forms.ChoiceField(
        label=_("And the author?"),
        help_text=_(
            "Only with hiding. A suspension needs an earlier warning, except for what "
            "is illegal; it lasts 24 hours at first, then 72 hours, 7 and 30 days."
        ),
        choices=[
            ("", _("Nothing more")),
            (Besides.WARN, _("Warn them")),
            (Besides.SUSPEND, _("Suspend them")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    seen = forms.IntegerField(
        required=False, min_value=0, max_value=2**63 - 1, widget=forms.HiddenInput
    )

    field_order = [
        "act", "ground", "rule_id", "legal_ground", "facts", "besides", "seen",
    ]  # fmt: skip

    def __init__(self, *args: Any, status: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = [  # type: ignore[attr-defined]
            (act.value, WORDS[act]) for act in Act.for_moderators(status)
        ]


class AnswerForm(ReasonsForm):
    """The answer to an appeal; the reasons apply when a reporter is right."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[
            (Outcome.UPHELD, _("The decision stands")),
            (Outcome.OVERTURNED, _("The decision is overturned")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Reasons in your own words"),
        help_text=_("Whoever appealed reads this."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    field_order = ["outcome", "ground", "rule_id", "legal_ground", "answer"]

    def __init__(self, *args: Any, hides: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not hides:
            for name in ("ground", "rule_id", "legal_ground"):
                del self.fields[name]
