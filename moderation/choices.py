"""The closed lists of words that the floor decides with."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

# Author and reporters may object for this long (DSA Art. 20: at least six months).
APPEAL_DAYS = 183

# The rule under which trusted readers' reports put something aside.
ON_REPORTS = "reports"


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
    """Why a reader reports something: the software's own house rules in short.

    Where a city has written rules, these take their place; see `house_rules.reasons`.
    """

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
    def for_readers(cls) -> list[tuple[str, Any]]:
        """Return the choices a person may pick: all but the machine's own."""
        return [choice for choice in cls.choices if choice[0] != cls.RULE]

    @classmethod
    def around(cls, rules: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
        """Return the choices where a city has rules (code, title) of its own."""
        ends = [(each.value, each.label) for each in (cls.ILLEGAL, cls.OTHER)]
        taken = {*dict(ends), cls.RULE.value}
        return [ends[0], *(rule for rule in rules if rule[0] not in taken), ends[1]]


class Act(models.TextChoices):
    """What a decision does to one item."""

    PUBLISH = "publish", _("published")
    KEEP = "keep", _("kept as it is")
    HOLD = "hold", _("held for review")
    HIDE = "hide", _("hidden")
    ASK = "ask", _("hidden until it is edited")
    REDACT = "redact", _("a passage was removed")
    MERGE = "merge", _("merged with another of the same")
    MOVE = "move", _("moved to another discussion")
    RESTORE = "restore", _("restored")

    @property
    def restricts(self) -> bool:
        """Say whether the act takes something from the author."""
        return self in RESTRICTING

    @property
    def hides(self) -> bool:
        """Say whether a moderator's act leaves nothing of the text to be read."""
        return self in HIDING

    @property
    def applies_to(self) -> set[ContentStatus]:
        """Return the statuses in which an item can be decided on in this way."""
        return {
            Act.PUBLISH: {ContentStatus.HELD},
            Act.KEEP: {ContentStatus.PUBLISHED, ContentStatus.WITHDRAWN},
            Act.HOLD: {ContentStatus.PUBLISHED, ContentStatus.HELD},
            Act.HIDE: {
                ContentStatus.PUBLISHED,
                ContentStatus.HELD,
                ContentStatus.WITHDRAWN,
            },
            Act.ASK: {ContentStatus.PUBLISHED, ContentStatus.HELD},
            Act.REDACT: {ContentStatus.PUBLISHED, ContentStatus.HELD},
            Act.MERGE: {ContentStatus.PUBLISHED, ContentStatus.HELD},
            Act.MOVE: {ContentStatus.PUBLISHED, ContentStatus.HELD},
            Act.RESTORE: {ContentStatus.HIDDEN},
        }[self]

    @classmethod
    def for_moderators(cls, status: str) -> list["Act"]:
        """Return what a moderator can decide on an item that stands like this."""
        return [act for act in cls if act != cls.HOLD and status in act.applies_to]


HIDING = (Act.HIDE, Act.ASK, Act.MERGE)
# What a moderator does and an appeal may undo.
REVERSIBLE = (*HIDING, Act.REDACT, Act.MOVE)
RESTRICTING = (Act.HOLD, *REVERSIBLE)


class Ground(models.TextChoices):
    """On what a restriction rests (the two grounds of the DSA's database)."""

    ILLEGAL = "DECISION_GROUND_ILLEGAL_CONTENT", _("illegal content")
    RULES = "DECISION_GROUND_INCOMPATIBLE_CONTENT", _("against the house rules")


class Category(models.TextChoices):
    """What a restriction is about (categories of the DSA's database)."""

    ANIMALS = "STATEMENT_CATEGORY_ANIMAL_WELFARE", _("animal welfare")
    CONSUMERS = "STATEMENT_CATEGORY_CONSUMER_INFORMATION", _("consumer information")
    CYBER_VIOLENCE = "STATEMENT_CATEGORY_CYBER_VIOLENCE", _("cyber violence")
    AGAINST_WOMEN = (
        "STATEMENT_CATEGORY_CYBER_VIOLENCE_AGAINST_WOMEN",
        _("cyber violence against women"),
    )
    PRIVACY = (
        "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
        _("data protection and privacy"),
    )
    SPEECH = (
        "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
        _("illegal or harmful speech"),
    )
    PROPERTY = (
        "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
        _("intellectual property"),
    )
    ELECTIONS = (
        "STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
        _("harm to civic discourse or elections"),
    )
    UNSPECIFIED = "STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE", _("not specified")
    HOUSE_RULES = (
        "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
        _("another rule of the house"),
    )
    MINORS = "STATEMENT_CATEGORY_PROTECTION_OF_MINORS", _("protection of minors")
    SECURITY = "STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY", _("public security")
    FRAUD = "STATEMENT_CATEGORY_SCAMS_AND_FRAUD", _("scams and fraud")
    SELF_HARM = "STATEMENT_CATEGORY_SELF_HARM", _("self-harm")
    PRODUCTS = (
        "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS",
        _("unsafe or prohibited products"),
    )
    VIOLENCE = "STATEMENT_CATEGORY_VIOLENCE", _("violence")


class Automation(models.TextChoices):
    """How far a machine decided (the values of the DSA's database)."""

    FULLY = "AUTOMATED_DECISION_FULLY", _("by a rule, without a person")
    PARTIALLY = "AUTOMATED_DECISION_PARTIALLY", _("by a person, on a rule's finding")
    NOT = "AUTOMATED_DECISION_NOT_AUTOMATED", _("by a person")


class Review(models.TextChoices):
    """When a moderator looks at a contribution."""

    AFTER = "after", _("publish first, review what is reported")
    NEWCOMERS = "newcomers", _("review newcomers' contributions first")
    LINKS = "links", _("review contributions with links first")
    BEFORE = "before", _("review everything first")
    CLOSED = "closed", _("closed: nobody writes for the time being")

    @property
    def admits(self) -> bool:
        """Say whether anybody may write."""
        return self is not Review.CLOSED


class Attachments(models.TextChoices):
    """What may come with a comment besides words."""

    NONE = "none", _("nothing")
    IMAGES = "images", _("pictures")
    DOCUMENTS = "documents", _("pictures and documents (PDF)")

    @property
    def admits_images(self) -> bool:
        """Say whether pictures may come with a comment."""
        return self is not Attachments.NONE

    @property
    def admits_documents(self) -> bool:
        """Say whether documents may, too."""
        return self is Attachments.DOCUMENTS


class Erasure(models.TextChoices):
    """What becomes of published contributions whose author's data is erased."""

    WITHDRAW = "withdraw", _("they are withdrawn and their text is removed")
    ANONYMISE = "anonymise", _("they stay, without a name")


class Side(models.TextChoices):
    """Who appeals."""

    AUTHOR = "author", _("the author")
    REPORTER = "reporter", _("somebody who reported it")


class Besides(models.TextChoices):
    """What a decision may do to the author, besides hiding an item."""

    WARN = "warn", _("warning")
    SLOW = "slow", _("slowing down")
    SUSPEND = "suspend", _("suspension")


class Outcome(models.TextChoices):
    """What an appeal led to."""

    UPHELD = "upheld", _("the decision stands")
    OVERTURNED = "overturned", _("the decision was overturned")


class Mail(models.TextChoices):
    """How somebody hears of a topic by e-mail."""

    OFF = "off", _("not by e-mail")
    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day, gathered")
    WEEKLY = "weekly", _("once a week, gathered")


class LetterState(models.TextChoices):
    """How far an e-mail with news has come."""

    WAITING = "waiting", _("waiting")
    # Also if the machine stopped meanwhile: nobody knows whether it went out.
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    EMPTY = "empty", _("not needed any more")
    FAILED = "failed", _("could not be sent")
