"""Reasons that moderators need often."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedReply(models.Model):
    """Words for the reasons of a decision, for one rule in one language."""

    rule_id = models.CharField(
        _("short name of the rule"),
        max_length=40,
        validators=[RegexValidator(r"^[a-z0-9_-]+\Z")],
        help_text=_("As in the house rules, for example “insult”."),
    )
    language = models.CharField(_("language"), max_length=20)
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(
        _("reasons"),
        max_length=5000,
        help_text=_("The author reads this. A moderator may change it each time."),
    )

    class Meta:
        verbose_name = _("saved reply")
        verbose_name_plural = _("saved replies")
        constraints = [
            models.UniqueConstraint(
                fields=["rule_id", "language", "title"], name="one_reply_of_a_title"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"
