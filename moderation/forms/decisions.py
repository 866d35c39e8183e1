"""What a moderator fills in to decide."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation.choices import Act, Besides, Ground, Outcome
from moderation.models import SavedReply
from moderation.queries import house_rules

WORDS = {
    Act.PUBLISH: _("Publish it"),
    Act.KEEP: _("Keep it as it is"),
    Act.HIDE: _("Hide it"),
    Act.ASK: _("Hide it and ask the author to edit it"),
    Act.REDACT: _("Remove a passage, show the rest"),
    Act.MERGE: _("Merge it with another that says the same"),
    Act.MOVE: _("Move the thread to another discussion"),
    Act.RESTORE: _("Take the last decision back"),
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

    act = forms.ChoiceField(label=_("What is to be done?"), widget=forms.RadioSelect)
    passage = forms.CharField(
        label=_("The passage to remove"),
        help_text=_(
            "Copied from the text exactly as it stands there. It goes wherever it "
            "stands, with a mark in its place, and can come back."
        ),
        max_length=6000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    same_as = forms.IntegerField(
        label=_("Number of the one that says the same"),
        help_text=_(
            "On the same page. Readers are led there; votes on this one are kept."
        ),
        required=False,
        min_value=1,
        max_value=2**63 - 1,
    )
    move_to = forms.ChoiceField(label=_("Where it belongs"), required=False)
    reply = forms.ChoiceField(
        label=_("Saved reasons"),
        help_text=_("Used if you write none of your own below."),
        required=False,
    )
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
            "A suspension needs an earlier warning, except for what is illegal; it "
            "lasts 24 hours at first, then 72 hours, 7 and 30 days."
        ),
        choices=[
            ("", _("Nothing more")),
            (Besides.WARN, _("Warn them")),
            (Besides.SLOW, _("Slow them down: one contribution an hour for a week")),
            (Besides.SUSPEND, _("Suspend them")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    seen = forms.IntegerField(
        required=False, min_value=0, max_value=2**63 - 1, widget=forms.HiddenInput
    )

    field_order = [
        "act", "passage", "same_as", "move_to", "ground", "rule_id", "legal_ground",
        "reply", "facts", "besides", "seen",
    ]  # fmt: skip
    # Which acts ask for a field; what is not named here is always shown.
    asked_by = {
        "passage": [Act.REDACT],
        "same_as": [Act.MERGE],
        "move_to": [Act.MOVE],
        **dict.fromkeys(
            ("ground", "rule_id", "legal_ground", "reply", "besides"),
            [act for act in Act if act.restricts],
        ),
    }

    def __init__(
        self,
        *args: Any,
        acts: Sequence[Act],
        places: Sequence[tuple[str, str]] = (),
        replies: Sequence[SavedReply] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.replies = {str(reply.pk): reply for reply in replies}
        self._choose("act", [(act.value, WORDS[act]) for act in acts])
        self._choose("move_to", [("", _("Choose a discussion")), *places])
        named = [(pk, f"{r.title} ({r.rule_id})") for pk, r in self.replies.items()]
        self._choose("reply", [("", _("None")), *named])
        asked = {"passage": Act.REDACT, "same_as": Act.MERGE, "move_to": Act.MOVE}
        for name, act in asked.items():
            if act not in acts:
                del self.fields[name]
        if not replies:
            del self.fields["reply"]

    def rows(self) -> list[tuple[forms.BoundField, str]]:
        """Return the fields in their order, each with the acts that ask for it."""
        return [
            (field, " ".join(self.asked_by.get(field.name, ())))
            for field in self.visible_fields()
        ]

    def clean(self) -> dict[str, Any]:
        """Take the saved reasons where no others are given."""
        cleaned = super().clean() or self.cleaned_data
        reply = self.replies.get(cleaned.pop("reply", ""))
        if reply and not cleaned.get("facts"):
            cleaned["facts"] = reply.text
        return cleaned

    def _choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


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
