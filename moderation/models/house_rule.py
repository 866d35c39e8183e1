"""What the house asks of everybody, in words that a decision can quote."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import RevisionMixin

from moderation.choices import Category


class HouseRule(RevisionMixin, models.Model):
    """One rule in one language. Decisions quote its words and keep its version.

    `version` goes up by one with every change of the words; what they were before
    is in the revisions, with date and editor.
    """

    code = models.CharField(
        _("short name"),
        max_length=40,
        validators=[RegexValidator(r"^[a-z0-9_-]+\Z")],
        help_text=_("The same in every language, for example “insult”."),
    )
    language = models.CharField(_("language"), max_length=20)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("the rule in words"), max_length=2000)
    category = models.CharField(
        _("what it is about"),
        max_length=80,
        choices=Category,
        default=Category.HOUSE_RULES,
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    changed_at = models.DateTimeField(_("changed"), editable=False)
    is_retired = models.BooleanField(_("no longer used in decisions"), default=False)

    class Meta:
        verbose_name = _("house rule")
        verbose_name_plural = _("house rules")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "language"], name="one_house_rule_per_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"
