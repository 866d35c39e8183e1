"""Which ways of taking part a page opens, and under which rules."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField, StreamField

from deliberation.choices import ResultsVisibility
from deliberation.models import Theme
from deliberation.models.discussion import LONGEST_KEY
from forum.blocks import TEXT_FEATURES

from .languages import LanguagesField

LONGEST_STATEMENT = 280
LONGEST_THEME, MOST_THEMES = 60, 20


class InvitationMixin(models.Model):
    """A discussion, a consensus poll, or both; opened when the page is published."""

    has_discussion = models.BooleanField(
        _("open a discussion on this page"),
        default=True,
        help_text=_("Unticking it later closes the discussion; nothing is deleted."),
    )
    discussion_themes = StreamField(
        [("theme", blocks.CharBlock(label=_("theme"), max_length=LONGEST_THEME))],
        verbose_name=_("themes of the discussion"),
        blank=True,
        max_num=MOST_THEMES,
        help_text=_(
            "What comments can be about; whoever writes may choose one, and readers "
            "can look for one. A new name keeps the comments; a theme taken off the "
            "list is offered no more, and comments that have it keep it."
        ),
    )
    poll_question = models.CharField(
        _("question of the poll"),
        max_length=200,
        blank=True,
        help_text=_(
            "Leave empty for no poll. In a consensus poll people agree or disagree "
            "with short statements, and see where most agree."
        ),
    )
    poll_introduction = models.TextField(_("introduction"), max_length=1000, blank=True)
    poll_statements = models.TextField(
        _("first statements"),
        max_length=20_000,
        blank=True,
        help_text=_(
            "One statement on each line, each a single idea of at most 280 "
            "characters, from different points of view. Fifteen to thirty are a good "
            "beginning; residents add their own."
        ),
    )
    poll_results = models.CharField(
        _("the results are shown"),
        max_length=12,
        choices=ResultsVisibility,
        default=ResultsVisibility.AFTER_VOTING,
    )
    policy = models.ForeignKey(
        "moderation.Policy",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("policy"),
        help_text=_("Leave empty to use the site's own policy."),
    )
    languages_welcome = LanguagesField(
        _("languages in which people may answer"),
        help_text=_("Tick none if every language is welcome."),
    )
    privacy_notice = RichTextField(
        _("privacy notice"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("Who is responsible for the data, what for, and people's rights."),
    )
    retention = models.CharField(
        _("how long contributions are kept"),
        max_length=200,
        blank=True,
        help_text=_("Such as “two years after the decision, then in the archive”."),
    )

    invitation_panels = [
        MultiFieldPanel(
            [FieldPanel("has_discussion"), FieldPanel("discussion_themes")],
            heading=_("Discussion"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("poll_question"),
                FieldPanel("poll_introduction"),
                FieldPanel("poll_statements"),
                FieldPanel("poll_results"),
            ],
            heading=_("Consensus poll"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("policy"),
                FieldPanel("languages_welcome"),
                FieldPanel("privacy_notice"),
                FieldPanel("retention"),
            ],
            heading=_("Rules and privacy"),
        ),
    ]
    invitation_api_fields = [
        APIField("has_discussion", writable=True),
        APIField("discussion_themes", writable=True),
        APIField("poll_question", writable=True),
        APIField("poll_introduction", writable=True),
        APIField("poll_statements", writable=True),
        APIField("poll_results", writable=True),
        APIField("languages_welcome", writable=True),
        APIField("privacy_notice", writable=True),
        APIField("retention", writable=True),
    ]

    class Meta:
        abstract = True

    def themes(self) -> list[Theme]:
        """Return the editor's themes; the id of its block tells one from another."""
        return [Theme(each.id, each.value) for each in self.discussion_themes]

    def seed_statements(self) -> list[str]:
        """Return the editor's statements, one by one, each once."""
        lines = (line.strip(" \t•-–") for line in self.poll_statements.splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def clean(self) -> None:
        """Refuse themes of one name, and statements too long or without a poll."""
        super().clean()
        named = [str(each.value).casefold() for each in self.discussion_themes]
        for name, count in Counter(named).items():
            if count > 1:
                raise ValidationError(
                    {"discussion_themes": _t("Two themes are called “%s”.") % name}
                )
        # Only a program can send such ids.
        keys = [each.id for each in self.discussion_themes if each.id]
        if len(set(keys)) < len(keys) or any(len(key) > LONGEST_KEY for key in keys):
            raise ValidationError(
                {"discussion_themes": _t("Each theme needs a short id of its own.")}
            )
        seeds = self.seed_statements()
        if seeds and not self.poll_question:
            raise ValidationError(_t("Statements need a question of the poll."))
        for seed in seeds:
            if len(seed) > LONGEST_STATEMENT:
                raise ValidationError(
                    _t(
                        "This statement has %(length)d characters, %(maximum)d are "
                        "allowed: %(beginning)s…"
                    )
                    % {
                        "length": len(seed),
                        "maximum": LONGEST_STATEMENT,
                        "beginning": seed[:60],
                    }
                )
