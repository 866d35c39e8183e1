"""What the floor knows of anything people write."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from moderation import sanitize
from moderation.choices import ContentStatus


class ModeratedQuerySet(models.QuerySet[Any]):
    """Who may see what, in the words of a sentence."""

    def public(self) -> Self:
        """Keep what everyone may read."""
        return self.filter(status=ContentStatus.PUBLISHED)

    def held(self) -> Self:
        """Keep what waits for a moderator."""
        return self.filter(status=ContentStatus.HELD)

    def standing_in_public(self) -> Self:
        """Keep what readers see, as text or as a placeholder."""
        return self.exclude(status=ContentStatus.HELD)


class ModeratedContent(models.Model):
    """A contribution under the rules of the house.

    `text` is what the person typed, cleaned; `html` is its safe rendering, made
    once when it is written. Moderation changes the status, never the text.
    """

    author = models.ForeignKey(
        "moderation.Participant",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("author"),
        # The index below serves it.
        db_index=False,
    )
    text = models.TextField(_("text"))
    html = models.TextField(editable=False)
    language = models.CharField(_("language"), max_length=20)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=ContentStatus,
        default=ContentStatus.PUBLISHED,
    )
    created_at = models.DateTimeField(_("written"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    # Since when everyone may read it, where it had to wait for a moderator first.
    released_at = models.DateTimeField(
        _("released"), null=True, blank=True, editable=False
    )
    flags = GenericRelation("moderation.Flag")
    decisions = GenericRelation("moderation.Decision")

    objects = ModeratedQuerySet.as_manager()

    # Whether readers are told who wrote it.
    is_signed: ClassVar[bool] = True

    class Meta:
        abstract = True
        # How much somebody wrote lately, or has in public, is asked at each post.
        indexes: ClassVar = [
            models.Index(
                fields=["author", "-created_at", "status"], name="%(class)ss_by_author"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.text[:60]}"

    @property
    def is_public(self) -> bool:
        """Say whether everyone may read the text."""
        return ContentStatus(self.status).is_public

    @property
    def shown_since(self) -> datetime:
        """Return since when everyone may read it, once they may."""
        return self.released_at or self.created_at

    @property
    def words(self) -> str:
        """Return the text for a short quote, in which `**` would mean nothing."""
        return sanitize.words(self.html) or self.text

    @property
    def dir(self) -> str:
        """Return the direction that the text's language is written in."""
        try:
            return "rtl" if get_language_info(self.language)["bidi"] else "ltr"
        except KeyError:
            return "auto"

    @property
    def language_name(self) -> str:
        """Return the name of the text's language in that language."""
        names = dict(settings.LANGUAGES)
        return str(names.get(self.language, self.language))
