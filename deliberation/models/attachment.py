"""Pictures and documents that come with comments."""

import secrets
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

LONGEST_DESCRIPTION = 500


def new_key() -> str:
    """Return a name that nobody can guess and that says nothing."""
    return secrets.token_urlsafe(16)


class AttachmentKind(models.TextChoices):
    """What a file is, by its bytes."""

    PICTURE = "picture", _("picture")
    DOCUMENT = "document", _("document")


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Ways to find attachments; their bytes are left out unless asked for."""

    def waiting(self) -> Self:
        """Keep what was sent and not posted with a comment yet."""
        return self.filter(comment__isnull=True)

    def light(self) -> Self:
        """Leave the bytes in the database, in the order they are shown."""
        return self.defer("content").order_by("position", "pk")


class Attachment(models.Model):
    """A picture or document of a comment, or one that waits for its comment.

    Its bytes are kept in the database: nothing but the view that checks who may see
    the comment can hand them out, and they go with the comment's row.
    """

    key = models.CharField(max_length=22, unique=True, default=new_key, editable=False)
    discussion = models.ForeignKey(
        "deliberation.Discussion", on_delete=models.CASCADE, related_name="attachments"
    )
    uploader = models.ForeignKey(
        "moderation.Participant", on_delete=models.CASCADE, related_name="attachments"
    )
    comment = models.ForeignKey(
        "deliberation.Comment",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="attachments",
    )
    kind = models.CharField(
        max_length=10, choices=AttachmentKind, default=AttachmentKind.PICTURE
    )
    position = models.PositiveSmallIntegerField(default=0)
    description = models.CharField(
        _("description"), max_length=LONGEST_DESCRIPTION, blank=True
    )
    # Whoever cannot describe it themselves asks the city to do it.
    needs_description = models.BooleanField(default=False)
    # Of a picture; a document has pages.
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    pages = models.PositiveIntegerField(null=True)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        indexes = [
            models.Index(
                fields=["uploaded_at"],
                condition=Q(comment__isnull=True),
                name="attachments_that_wait",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=AttachmentKind.PICTURE, width__gt=0, height__gt=0)
                | Q(kind=AttachmentKind.DOCUMENT, pages__gt=0),
                name="attachment_is_a_picture_or_has_pages",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_document(self) -> bool:
        """Say whether it is read and not looked at."""
        return self.kind == AttachmentKind.DOCUMENT

    @property
    def as_worded(self) -> dict[str, str]:
        """Return what an earlier version keeps of it: words, never the file."""
        names = ("key", "kind", "description")
        return {name: str(getattr(self, name)) for name in names}

    @property
    def name(self) -> str:
        """Return what a document is called; a link says no more."""
        return self.description or _t("A document without a name")

    @property
    def alt(self) -> str:
        """Return what is read out in its place."""
        return self.description or _t("A picture that nobody has described yet")
