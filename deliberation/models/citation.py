"""From an answer back to what people said."""

import swapper
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CitationQuerySet(models.QuerySet["Citation"]):
    """Ways to find citations."""

    def with_all(self) -> "CitationQuerySet":
        """Read along what a line about a citation shows."""
        return self.select_related(
            "answer__author",
            "answer__discussion__page",
            "page",
            "comment__author",
            "comment__discussion__page",
            "statement__author",
            "statement__poll__page",
        )


class Citation(models.Model):
    """An answer names a contribution: used, or considered and not used, and why.

    The answer is an official comment, or the page itself with what came of it.
    """

    answer = models.ForeignKey(
        "deliberation.Comment",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
    )
    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
    )
    comment = models.ForeignKey(
        "deliberation.Comment",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="cited_in",
    )
    statement = models.ForeignKey(
        "deliberation.Statement",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="cited_in",
    )
    is_used = models.BooleanField(_("used"))
    reason = models.TextField(_("why"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=20)
    created_at = models.DateTimeField()

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__isnull=True, page__isnull=False)
                | Q(answer__isnull=False, page__isnull=True),
                name="citation_is_by_a_comment_or_a_page",
            ),
            models.CheckConstraint(
                condition=Q(comment__isnull=True, statement__isnull=False)
                | Q(comment__isnull=False, statement__isnull=True),
                name="citation_is_of_a_comment_or_a_statement",
            ),
            models.CheckConstraint(
                condition=Q(is_used=True) | ~Q(reason=""),
                name="what_is_not_used_has_a_reason",
            ),
            *(
                models.UniqueConstraint(
                    fields=[by, of], name=f"one_citation_of_{of}_by_{by}"
                )
                for by in ("answer", "page")
                for of in ("comment", "statement")
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {'used' if self.is_used else 'not used'}"

    @property
    def cited(self) -> models.Model:
        """Return the comment or statement."""
        return self.comment or self.statement
