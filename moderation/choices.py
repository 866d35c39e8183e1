"""The closed lists of words that the floor decides with."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """How well the forum knows a participant."""

    NEW = "new", _("new")
    KNOWN = "known", _("known")
    TRUSTED = "trusted", _("trusted")
    SUSPENDED = "suspended", _("suspended")

    @property
    def may_write(self) -> bool:
        """Say whether a participant of this standing may post, vote and react."""
        return self is not Standing.SUSPENDED


class ContentStatus(models.TextChoices):
    """Where a contribution stands. There is no 'deleted': nothing is wiped."""

    PUBLISHED = "published", _("published")
    HELD = "held", _("waiting for review")
    HIDDEN = "hidden", _("hidden")
    WITHDRAWN = "withdrawn", _("withdrawn")

    @property
    def is_public(self) -> bool:
        """Say whether everyone may read the text."""
        return self is ContentStatus.PUBLISHED

    @property
    def leaves_placeholder(self) -> bool:
        """Say whether readers are told that something stood here."""
        return self in {ContentStatus.HIDDEN, ContentStatus.WITHDRAWN}


class FlagReason(models.TextChoices):
    """Why a reader reports something: the house rules in short."""

    ILLEGAL = "illegal", _("It is illegal")
    THREAT = "threat", _("It threatens or incites violence")
    HATE = "hate", _("It degrades people for who they are")
    INSULT = "insult", _("It insults or harasses somebody")
    PERSONAL_DATA = "personal_data", _("It reveals somebody's personal data")
    SPAM = "spam", _("It is advertising or spam")
    OFF_TOPIC = "off_topic", _("It has nothing to do with the subject")
    RULE = "rule", _("A rule of the house noticed something")
    OTHER = "other", _("Something else")

    @classmethod
    def for_readers(cls) -> list[tuple[str, str]]:
        """Return the choices a person may pick: all but the machine's own."""
        return [choice for choice in cls.choices if choice[0] != cls.RULE]


class Act(models.TextChoices):
    """What a decision does to one item."""

    PUBLISH = "publish", _("published")
    KEEP = "keep", _("kept as it is")
    HOLD = "hold", _("held for review")
    HIDE = "hide", _("hidden")
    RESTORE = "restore", _("restored")

    @property
    def restricts(self) -> bool:
        """Say whether the act takes something from the author."""
        return self in {Act.HOLD, Act.HIDE}

    @property
    def status(self) -> ContentStatus:
        """Return the status an item has after this act."""
        return {
            Act.HOLD: ContentStatus.HELD,
            Act.HIDE: ContentStatus.HIDDEN,
        }.get(self, ContentStatus.PUBLISHED)


class Ground(models.TextChoices):
    """On what a restriction rests (the two grounds of the DSA's database)."""

    ILLEGAL = "DECISION_GROUND_ILLEGAL_CONTENT", _("illegal content")
    RULES = "DECISION_GROUND_INCOMPATIBLE_CONTENT", _("against the house rules")


class Automation(models.TextChoices):
    """How far a machine decided (the values of the DSA's database)."""

    FULLY = "AUTOMATED_DECISION_FULLY", _("by a rule, without a person")
    PARTIALLY = "AUTOMATED_DECISION_PARTIALLY", _("by a person, on a rule's finding")
    NOT = "AUTOMATED_DECISION_NOT_AUTOMATED", _("by a person")


class Review(models.TextChoices):
    """When a moderator looks at a contribution."""

    AFTER = "after", _("publish first, review what is reported")
    NEWCOMERS = "newcomers", _("review newcomers' contributions first")
    BEFORE = "before", _("review everything first")
