"""A report of one item."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moderation.choices import FlagReason


class FlagQuerySet(models.QuerySet["Flag"]):
    """Ways to find flags."""

    def waiting(self) -> "FlagQuerySet":
        """Keep those that no decision has answered."""
        return self.filter(answered_by__isnull=True)

    def of(self, content: models.Model) -> "FlagQuerySet":
        """Keep those of one item."""
        return self.filter(
            content_type=ContentType.objects.get_for_model(content),
            object_id=content.pk,
        )


class Flag(models.Model):
    """One person's, or one rule's, report of one item."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    content = GenericForeignKey()

    # A `FlagReason`, or the short name of a house rule that the city wrote itself.
    reason = models.CharField(_("reason"), max_length=40)
    # How that rule was called then.
    reason_title = models.CharField(max_length=120, blank=True, default="")
    text = models.TextField(_("in your own words"), max_length=2000, blank=True)
    legal_ground = models.CharField(_("law"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("reported"))
    # The receipt by which a reporter without an account follows what happens.
    receipt = models.CharField(max_length=40, unique=True, editable=False)

    reporter = models.ForeignKey(
        "moderation.Participant",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="flags_raised",
    )
    reporter_name = models.CharField(_("your name"), max_length=120, blank=True)
    reporter_email = models.EmailField(_("your e-mail address"), blank=True)
    # In which whoever has no account read the form, and reads the answer.
    language = models.CharField(max_length=20, blank=True, default="", editable=False)

    rule_id = models.CharField(_("rule"), max_length=40, blank=True)
    rule_version = models.CharField(max_length=20, blank=True)
    matched = models.CharField(_("what it noticed"), max_length=500, blank=True)
    # Where in the text; empty when the finding is about the text as a whole.
    start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    end = models.PositiveIntegerField(null=True, blank=True, editable=False)

    answered_by = models.ForeignKey(
        "moderation.Decision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="answers",
    )

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        indexes = [
            models.Index(fields=["content_type", "object_id"]),
            models.Index(
                fields=["content_type", "object_id"],
                condition=Q(answered_by__isnull=True),
                name="flags_that_wait",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "reporter"],
                condition=Q(reporter__isnull=False),
                name="one_flag_per_person_and_item",
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id", "reporter_email"],
                condition=~Q(reporter_email=""),
                name="one_flag_per_address_and_item",
            ),
            models.CheckConstraint(
                condition=Q(reporter__isnull=False)
                | ~Q(reporter_email="")
                | ~Q(rule_id=""),
                name="flag_comes_from_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason_in_words} ({self.receipt})"

    @property
    def reason_in_words(self) -> str:
        """Return why it was reported, for people to read."""
        known = dict(FlagReason.choices)
        return self.reason_title or str(known.get(self.reason, self.reason))
