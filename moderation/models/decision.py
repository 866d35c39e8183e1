"""A decision on one item, with its statement of reasons."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moderation.choices import RESTRICTING, Act, Automation, Category, Ground


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Ways to find decisions."""

    def of(self, content: models.Model) -> "DecisionQuerySet":
        """Keep those on one item."""
        return self.filter(
            content_type=ContentType.objects.get_for_model(content),
            object_id=content.pk,
        )

    def latest_first(self) -> "DecisionQuerySet":
        """Order with the one that counts on top."""
        return self.order_by("-created_at", "-pk")


class Decision(models.Model):
    """What was done to an item, by whom, under which rule and why.

    Append only: nothing of ours updates or deletes a row. The fields of the
    statement of reasons follow the DSA Transparency Database (schema of July 2025).
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    content = GenericForeignKey()

    act = models.CharField(_("decision"), max_length=10, choices=Act)
    previous_status = models.CharField(max_length=10)
    ground = models.CharField(_("ground"), max_length=40, choices=Ground, blank=True)
    rule_id = models.CharField(_("rule"), max_length=40, blank=True)
    rule_version = models.CharField(max_length=20, blank=True)
    rule_text = models.TextField(_("the rule in words"), max_length=2000, blank=True)
    category = models.CharField(
        _("what it is about"), max_length=80, choices=Category, blank=True
    )
    legal_ground = models.CharField(_("law"), max_length=500, blank=True)
    facts = models.TextField(_("reasons"), max_length=5000, blank=True)
    matched = models.CharField(_("what a rule noticed"), max_length=500, blank=True)
    automation = models.CharField(
        max_length=40, choices=Automation, default=Automation.NOT
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("decided"))
    # The earlier decision that this one takes back.
    reverses = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reversed_by",
    )
    # The author reads the reasons, and later appeals, by this code.
    receipt = models.CharField(max_length=40, unique=True, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        permissions = [
            ("review_content", _("Can review flagged and held contributions")),
            ("lead_review", _("Can oversee moderation and answer appeals")),
        ]
        indexes = [models.Index(fields=["content_type", "object_id"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(act__in=[act.value for act in RESTRICTING])
                | (~Q(ground="") & ~Q(rule_text="") & ~Q(facts="")),
                name="no_restriction_without_reasons",
            ),
            models.CheckConstraint(
                condition=~Q(ground=Ground.ILLEGAL) | ~Q(legal_ground=""),
                name="illegality_names_the_law",
            ),
            models.CheckConstraint(
                condition=Q(automation=Automation.FULLY) | Q(decided_by__isnull=False),
                name="a_person_or_a_rule_decides",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} ({self.receipt})"
