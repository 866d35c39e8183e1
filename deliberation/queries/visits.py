"""Who reads a discussion, and what they may do in it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self

from django.core.cache import cache
from wagtail.models import Page

from deliberation.choices import Stage
from deliberation.models import Comment, Discussion
from moderation.choices import ContentStatus, Review, Standing
from moderation.models import Participant, Policy
from moderation.queries import policies
from moderation.queries.house_rules import catalogue
from moderation.rules import Kind


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Whoever reads. `key` tells readers apart, for the balanced order only."""

    key: str
    participant: Participant | None = None
    sees_held: bool = False

    @property
    def pk(self) -> int:
        """Return the participant's id, or one that nobody has."""
        return self.participant.pk if self.participant else 0


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One reader in one discussion at one moment, and what they may do in it."""

    discussion: Discussion
    policy: Policy
    reader: Reader
    now: datetime
    # Somebody may have an account and not have taken part yet.
    has_account: bool = False
    speaks_for_page: bool = False
    # When the reader was here last, if their browser knows.
    since: datetime | None = None

    def of(self, participant: Participant) -> Self:
        """Return the visit of a reader who has become this participant by writing."""
        return replace(self, reader=replace(self.reader, participant=participant))

    @property
    def stage(self) -> Stage:
        """Return how far the discussion has come."""
        return self.discussion.stage_at(self.now)

    @property
    def is_open(self) -> bool:
        """Say whether the discussion takes contributions."""
        return self.stage.accepts_contributions

    @property
    def is_known(self) -> bool:
        """Say whether the reader has an account or has taken part as a guest."""
        return self.has_account or self.reader.participant is not None

    @property
    def must_agree(self) -> bool:
        """Say whether this reader ticks the house rules before they first post."""
        person = self.reader.participant
        return self.policy.asks_to_agree and not (person and person.has_agreed)

    @property
    def may_take_part(self) -> bool:
        """Say whether this reader may post and react now."""
        return self.is_open and self.is_admitted

    @property
    def is_admitted(self) -> bool:
        """Say whether this reader could take part while the discussion is open."""
        if not Review(self.policy.review).admits:
            return False
        person = self.reader.participant
        if person and not person.may_write:
            return False
        is_guest = person.is_guest if person else not self.has_account
        return self.policy.guests_may_comment or not is_guest


def speaks_for(account: Any, page: Page) -> bool:
    """Say whether an account may answer officially: whoever may edit the page."""
    if not account.has_perm("wagtailadmin.access_admin"):
        return False
    return bool(page.permissions_for_user(account).can_edit())


def is_editable(comment: Comment, policy: Policy, *, now: datetime) -> bool:
    """Say whether its author may still edit a comment, if the discussion is open."""
    return now <= editable_until(comment, policy) and comment.status in {
        ContentStatus.PUBLISHED,
        ContentStatus.HELD,
    }


def editable_until(comment: Comment, policy: Policy) -> datetime:
    """Return the last moment at which its author may edit a comment unasked."""
    return comment.created_at + timedelta(minutes=policy.edit_minutes)


def limits(
    policy: Policy, person: Participant | None, *, kind: Kind = Kind.COMMENT
) -> list[str]:
    """Return what bounds a person's posts, so that no refusal comes as a surprise."""
    is_new = person is None or person.standing == Standing.NEW
    rules = policies.rules_of(policy)
    return [told for rule in rules for told in rule.limits(kind, newcomer=is_new)]


def house_rules(policy: Policy, language: str) -> list[str]:
    """Return the rules that are shown where people write, one sentence or so each."""
    own = [line.strip() for line in policy.house_rules.splitlines() if line.strip()]
    if own:
        return own
    # They are on every page with a form, and change once in a year.
    key, seconds = f"folkmoot:house-rules:{language}", 5
    found = cache.get_or_set(
        key, lambda: [rule.text for rule in catalogue(language)], seconds
    )
    return list(found or ())
