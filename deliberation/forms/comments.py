"""What people type into a thread."""

import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from deliberation.choices import CommentStance
from deliberation.models import Comment, Discussion


def new_token() -> str:
    """Return what tells one showing of a form from another."""
    return secrets.token_urlsafe(16)


class CommentForm(forms.Form):
    """A comment or a reply. What the rules say of it is the service's to tell.

    The token makes a form that is sent twice act once.
    """

    text = forms.CharField(
        label=_("Your comment"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Please write something first.")},
    )
    language = forms.ChoiceField(
        label=_("Language of your comment"),
        choices=lambda: [("", _("Found out from the text")), *settings.LANGUAGES],
        required=False,
    )
    stance = forms.ChoiceField(
        label=_("What it is"),
        # Made when they are shown: each form copies all that it has.
        choices=lambda: [("", _("I leave it open")), *CommentStance.choices],
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )
    picture = forms.FileField(
        label=_("File of the picture"),
        required=False,
        help_text=_(
            "JPEG, PNG, WebP or GIF, up to 12 megabytes. Where and when it was taken "
            "is removed from the file."
        ),
    )
    # Asked once, before somebody's first contribution.
    agreed = forms.BooleanField(
        label=_("I have read these rules and will keep them."), required=False
    )
    # What this draft was shown as advice, which it is once: `Advice.shown`.
    advised = forms.CharField(widget=forms.HiddenInput, required=False)
    token = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=64, initial=new_token
    )

    def __init__(
        self,
        *args: Any,
        discussion: Discussion,
        parent: Comment | None = None,
        **kwargs: Any,
    ):
        """Offer the site's languages; first of all, to find it out."""
        name = f"reply-{parent.pk}" if parent else f"discussion-{discussion.pk}"
        super().__init__(*args, **kwargs)
        self.auto_id = f"{name}-%s"
        self._offer(discussion, own=self.initial.get("theme", ""))
        if parent:
            self.fields["text"].label = _("Your reply")

    def _offer(self, discussion: Discussion, *, own: str) -> None:
        """Let choose among the themes offered now, and the one a comment has already."""
        choices = [
            (each.key, each.name)
            for each in discussion.themes
            if each.is_offered or each.key == own
        ]
        if choices:
            self.fields["theme"] = forms.ChoiceField(
                label=_("What it is about"),
                choices=[("", _("I leave it open")), *choices],
                required=False,
            )


class EditForm(CommentForm):
    """A new wording. `version` is that of the wording the author saw."""

    version = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any):
        """Begin with how the comment reads now."""
        initial = {
            "text": comment.text,
            "language": comment.language,
            "stance": comment.stance,
            "theme": comment.theme,
            "version": comment.version,
        }
        super().__init__(
            *args, discussion=comment.discussion, initial=initial, **kwargs
        )
        known = dict(settings.LANGUAGES)
        own = {comment.language: comment.language_name}
        self.fields["language"] = forms.ChoiceField(
            label=self.fields["language"].label, choices=list((own | known).items())
        )
