"""What participants want to hear of."""

from typing import Any

import swapper
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Follow(models.Model):
    """Somebody follows a page, for its stages; or a discussion, for its comments."""

    participant = models.ForeignKey(
        "moderation.Participant", on_delete=models.CASCADE, related_name="follows"
    )
    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="follows",
    )
    discussion = models.ForeignKey(
        "deliberation.Discussion",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="follows",
    )
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "page"], name="one_follow_per_page"
            ),
            models.UniqueConstraint(
                fields=["participant", "discussion"], name="one_follow_per_discussion"
            ),
            models.CheckConstraint(
                condition=Q(page__isnull=True, discussion__isnull=False)
                | Q(page__isnull=False, discussion__isnull=True),
                name="follows_a_page_or_a_discussion",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.participant_id} page {self.page_id or '-'} discussion {self.discussion_id or '-'}"

    @property
    def about(self) -> Page:
        """Return the page that it is about, or on which the discussion stands."""
        discussion: Any = self.discussion
        found: Page = self.page or discussion.page
        return found
