"""What the forum tells one participant."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """A message to a participant, read under “What happened”.

    It is about a decision, in words written then; or it is of another `kind` and about
    something that an app above knows, and `news` puts it into words when it is read.
    One that gathers (many comments in one discussion) counts from `since` on.
    """

    DECISION = "decision"

    participant = models.ForeignKey(
        "moderation.Participant",
        on_delete=models.CASCADE,
        related_name="notices",
        # Most of the indexes below begin with it.
        db_index=False,
    )
    kind = models.CharField(max_length=20, default=DECISION)
    decision = models.ForeignKey(
        "moderation.Decision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        # `notices_of_decisions` serves it.
        db_index=False,
    )
    content_type = models.ForeignKey(
        ContentType,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        # Nobody asks for all notices about things of one type.
        db_index=False,
    )
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    since = models.DateTimeField(null=True, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    body = models.TextField(_("message"), blank=True)
    # A path on this site, so that no notice can lead elsewhere.
    path = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    # The e-mail that tells of it, once there is one: no other will.
    letter = models.ForeignKey(
        "moderation.Letter",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="notices",
        # `notices_in_letters` serves it.
        db_index=False,
    )

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["participant", "-created_at"]),
            models.Index(
                fields=["participant", "-id"],
                condition=Q(read_at__isnull=True),
                name="notices_that_are_new",
            ),
            models.Index(
                fields=["kind", "participant"],
                condition=Q(read_at__isnull=True, letter__isnull=True),
                name="notices_without_letter",
            ),
            models.Index(
                fields=["letter"],
                condition=Q(letter__isnull=False),
                name="notices_in_letters",
            ),
            models.Index(
                fields=["decision"],
                condition=Q(decision__isnull=False),
                name="notices_of_decisions",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "kind", "content_type", "object_id"],
                condition=Q(since__isnull=True),
                name="told_once_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["participant", "kind", "content_type", "object_id"],
                condition=Q(since__isnull=False, read_at__isnull=True),
                name="gathered_in_one_new_notice",
            ),
            models.CheckConstraint(
                condition=~Q(title="")
                | Q(content_type__isnull=False, object_id__isnull=False),
                name="notice_is_about_something",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.kind} #{self.object_id}"
