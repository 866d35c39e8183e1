"""A person as the forum knows them."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation.choices import Standing


class ParticipantQuerySet(models.QuerySet["Participant"]):
    """Ways to find participants."""

    def with_account(self) -> "ParticipantQuerySet":
        """Keep those who can sign in."""
        return self.filter(account__isnull=False)


class Participant(models.Model):
    """Pseudonym, standing and language; linked to an account or to a guest token.

    Imported contributors have neither, but an origin that keeps a second import
    from making them again. Whoever erased their data has none of the three.
    """

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="participant",
    )
    guest_token_hash = models.CharField(
        max_length=64, null=True, blank=True, unique=True, editable=False
    )
    origin = models.CharField(
        max_length=200, null=True, blank=True, unique=True, editable=False
    )
    pseudonym = models.CharField(_("pseudonym"), max_length=40)
    # What remains of a pseudonym when look-alike letters are folded together.
    skeleton = models.CharField(max_length=80, unique=True, editable=False)
    standing = models.CharField(
        _("standing"), max_length=10, choices=Standing, default=Standing.NEW
    )
    language = models.CharField(_("language"), max_length=20, blank=True)
    created_at = models.DateTimeField(_("joined"))
    # When they ticked the rules of the house, which they do once.
    agreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Until when a suspension keeps them from writing; it ends by itself.
    suspended_until = models.DateTimeField(null=True, blank=True, editable=False)
    # Until when they may write only now and then.
    slowed_until = models.DateTimeField(null=True, blank=True, editable=False)
    # Set when too many of their reports had turned out to be unfounded.
    reports_warned_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When the data is erased, if the participant asked for it; and when it was.
    erasure_due_at = models.DateTimeField(null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        indexes = [
            models.Index(
                fields=["erasure_due_at"],
                condition=Q(erasure_due_at__isnull=False),
                name="erasures_that_are_due",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=True) | Q(guest_token_hash__isnull=True),
                name="participant_is_account_or_guest",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(
                    account__isnull=True,
                    guest_token_hash__isnull=True,
                    origin__isnull=True,
                ),
                name="the_erased_cannot_be_found",
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym

    @property
    def is_guest(self) -> bool:
        """Say whether the participant is known by a token only."""
        return self.guest_token_hash is not None

    @property
    def has_agreed(self) -> bool:
        """Say whether they ticked the house rules; those who were imported need not."""
        return self.agreed_at is not None or self.origin is not None

    @property
    def may_write(self) -> bool:
        """Say whether the participant's standing lets them take part now."""
        return self.may_write_at(timezone.now())

    def may_write_at(self, now: datetime) -> bool:
        """Say whether standing and suspensions let them take part at a moment."""
        is_free = self.suspended_until is None or self.suspended_until <= now
        return is_free and Standing(self.standing).may_write
