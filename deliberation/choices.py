"""The closed lists of words that residents take part with."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """How far something that opens and closes has come. Never stored."""

    ANNOUNCED = "announced", _("announced")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    ANSWERED = "answered", _("answered")

    @classmethod
    def at(
        cls,
        now: datetime,
        *,
        opens_at: datetime | None,
        closes_at: datetime | None,
        answered_at: datetime | None = None,
    ) -> Self:
        """Return the stage at a moment. Open includes its beginning, not its end."""
        if answered_at and answered_at <= now:
            return cls.ANSWERED
        if closes_at and closes_at <= now:
            return cls.CLOSED
        if opens_at and opens_at > now:
            return cls.ANNOUNCED
        return cls.OPEN

    @property
    def accepts_contributions(self) -> bool:
        """Say whether people may post, vote and react."""
        return self is Stage.OPEN


class Stance(models.IntegerChoices):
    """A vote on a statement. The signs are those of every Polis CSV export."""

    DISAGREE = -1, _("disagree")
    PASS = 0, _("pass")
    AGREE = 1, _("agree")

    @property
    def word(self) -> str:
        """Return the stance as the API spells it."""
        return self.name.lower()


class CommentStance(models.TextChoices):
    """What somebody means a comment to be; they need not say."""

    FOR = "for", _("For")
    AGAINST = "against", _("Against")
    NEUTRAL = "neutral", _("Neutral")
    QUESTION = "question", _("Question")
    IDEA = "idea", _("Idea")


class Channel(models.TextChoices):
    """By which way a comment came in."""

    ONLINE = "online", _("online")
    PAPER = "paper", _("on paper")
    PHONE = "phone", _("by phone")
    AUDIO = "audio", _("as a recording")
    IN_PERSON = "in_person", _("in person")

    @classmethod
    def typed_in(cls) -> list[tuple[str, str | Promise]]:
        """Return the choices of whoever types in what somebody else said."""
        return [choice for choice in cls.choices if choice[0] != cls.ONLINE]


class ReactionKind(models.TextChoices):
    """What a reader answers to a comment without writing."""

    AGREE = "agree", _("I agree")
    DISAGREE = "disagree", _("I see it differently")
    WELL_ARGUED = "well_argued", _("Well argued")


class ResultsVisibility(models.TextChoices):
    """When the results of a poll are shown, on every path."""

    ALWAYS = "always", _("always")
    AFTER_VOTING = "after_voting", _("to whoever has voted, and after the close")
    AFTER_CLOSE = "after_close", _("after the close")


class Sort(models.TextChoices):
    """In which order the threads of a discussion are read."""

    BALANCED = "balanced", _("Balanced")
    BRIDGING = "bridging", _("Bridging")
    NEWEST = "newest", _("Newest")
    OLDEST = "oldest", _("Oldest")

    @property
    def explanation(self) -> str | Promise:
        """Return one sentence that says what the order means."""
        return {
            Sort.BALANCED: _(
                "Every comment gets its share of readers, late ones too; the order is "
                "another one for each reader and each day."
            ),
            Sort.BRIDGING: _(
                "What is liked across sides that usually disagree comes first; many "
                "votes from one side alone lift nothing."
            ),
            Sort.NEWEST: _("What was written last comes first."),
            Sort.OLDEST: _("What was written first comes first."),
        }[self]


class QuestionKind(models.TextChoices):
    """What may be answered to a simple question."""

    SINGLE = "single", _("one answer")
    MULTIPLE = "multiple", _("several answers")
    SCALE = "scale", _("a step on a scale")

    @property
    def takes_one(self) -> bool:
        """Say whether a person chooses exactly one option."""
        return self is not QuestionKind.MULTIPLE
