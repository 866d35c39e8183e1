"""Decisions on contributions: what a rule or a moderator does, and why."""

from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from moderation.choices import (
    ON_REPORTS,
    Act,
    Automation,
    Category,
    ContentStatus,
    Ground,
)
from moderation.models import Claim, Decision, Flag, Interim, ModeratedContent
from moderation.queries import desk
from moderation.refusals import Refusal, Why
from moderation.rules import Finding
from moderation.rules.registry import get
from moderation.services import (
    notices,
    reasons,
    receipts,
    register,
    reporters,
    sanctions,
    standing,
)
from moderation.services.reasons import IncompleteReasons, Reasons
from moderation.signals import decision_made

__all__ = [
    "AlreadyDecided",
    "IncompleteReasons",
    "MayNotDecide",
    "NotApplicable",
    "decide",
    "end_interim",
    "hold_by_rule",
    "hold_on_reports",
]


class MayNotDecide(Refusal):
    """The person is not, or not here, the one to decide."""

    why = Why.NOT_ALLOWED


class AlreadyDecided(Refusal):
    """Somebody else was faster; `decision` is theirs."""

    why = Why.CONFLICT

    def __init__(self, message: str, *, decision: Decision, text: str = "") -> None:
        super().__init__(message, text=text)
        self.decision = decision
        self.extra = {
            "decision": {
                "id": decision.pk,
                "act": decision.act,
                "rule": decision.rule_id,
                "facts": decision.facts,
                "decided_at": decision.created_at.isoformat(),
            }
        }


class NotApplicable(Refusal):
    """The item does not stand in a way in which this could be decided."""

    why = Why.CONFLICT


@transaction.atomic
def hold_by_rule(
    *, content: ModeratedContent, finding: Finding, now: datetime
) -> Decision:
    """Hold an item until a moderator has read it, and say which rule did so."""
    held = _lock(content)
    return _carry_out(
        content=content,
        previous=held,
        act=Act.HOLD,
        now=now,
        matched=finding.matched[:500],
        automation=Automation.FULLY,
        stated=Reasons(
            ground=Ground.RULES,
            rule_id=finding.rule[:40],
            rule_version=finding.version,
            rule_text=str(get(finding.rule).title),
            category=Category.HOUSE_RULES,
            facts=str(finding.message),
        ),
    )


@transaction.atomic
def hold_on_reports(
    *, content: ModeratedContent, reports: int, now: datetime
) -> Decision:
    """Put an item aside because trusted readers reported it; see `interim`."""
    present = _lock(content)
    with notices.language_of(content.author, content.language):
        stated = Reasons(
            ground=Ground.RULES,
            rule_id=ON_REPORTS,
            rule_version="1",
            rule_text=_(
                "What several trusted readers report is put aside until a moderator "
                "has read it, for 48 hours at most."
            ),
            category=Category.HOUSE_RULES,
            facts=_("%(number)d trusted readers reported it.") % {"number": reports},
        )
    return _carry_out(
        content=content,
        previous=present,
        act=Act.HOLD,
        now=now,
        automation=Automation.FULLY,
        stated=stated,
    )


@transaction.atomic
def end_interim(*, interim: Interim, now: datetime) -> bool:
    """Show an item again that nobody has decided on; say whether it was so."""
    content: ModeratedContent = interim.decision.content  # type: ignore[assignment]
    present = _lock(content)
    if not Interim.objects.open().filter(pk=interim.pk).exists():
        return False
    if present != ContentStatus.HELD:
        Interim.objects.filter(pk=interim.pk).update(ended_at=now)
        return False
    with notices.language_of(content.author, content.language):
        facts = _("Nobody decided within 48 hours, so it is shown again.")
    _carry_out(
        content=content,
        previous=present,
        act=Act.PUBLISH,
        now=now,
        automation=Automation.FULLY,
        stated=Reasons(facts=facts),
        answers=False,
    )
    return True


@transaction.atomic
def decide(
    *,
    content: ModeratedContent,
    act: str,
    decided_by: Any,
    now: datetime,
    ground: str = "",
    rule_id: str = "",
    rule_text: str = "",
    legal_ground: str = "",
    facts: str = "",
    seen: int | None = None,
    besides: str = "",
) -> Decision:
    """Carry out a moderator's decision on an item, and tell whom it concerns.

    `seen` is the id of the latest decision the moderator knew of (0 if there was
    none); None asks for no comparison. `besides` warns or suspends the author of
    what is hidden. `content.status` is brought up to date. Raises MayNotDecide,
    IncompleteReasons, AlreadyDecided, NotApplicable, or what `sanctions.give` raises.
    """
    wanted = _require_right(content, act, decided_by)
    present = _lock(content)
    _require_first(content, seen, facts)
    _require_applicable(present, wanted, facts)
    if wanted == Act.RESTORE and not content.text:
        raise NotApplicable(
            _("Its text was removed when its time was over."), text=facts
        )
    stated = reasons.state(
        act=wanted,
        language=_language_of_author(content),
        ground=ground,
        rule_id=rule_id,
        rule_text=rule_text,
        legal_ground=legal_ground,
        facts=facts,
    )
    decision = _carry_out(
        content=content,
        previous=present,
        act=wanted,
        now=now,
        decided_by=decided_by,
        automation=_automation(content),
        stated=stated,
    )
    if besides and wanted == Act.HIDE:
        sanctions.give(decision=decision, content=content, kind=besides, now=now)
    if wanted == Act.RESTORE:
        sanctions.lift(content=content, now=now)
    Claim.objects.of(content).delete()
    return decision


def _lock(content: ModeratedContent) -> ContentStatus:
    """Keep everybody else from the item, and return how it stands."""
    row = type(content)._default_manager.select_for_update().get(pk=content.pk)
    return ContentStatus(row.status)


def _require_right(content: ModeratedContent, act: str, decided_by: Any) -> Act:
    if not decided_by.has_perm("moderation.review_content"):
        raise MayNotDecide(_("Only moderators decide on contributions."))
    if not desk.of(decided_by).may_see(content):
        raise MayNotDecide(_("Others are assigned to this consultation."))
    if content.author and content.author.account_id == decided_by.pk:
        raise MayNotDecide(_("Nobody decides on their own contribution."))
    if act not in Act.values or act == Act.HOLD:
        raise NotApplicable(_("There is no such decision."))
    return Act(act)


def _require_first(content: ModeratedContent, seen: int | None, text: str) -> None:
    latest = Decision.objects.of(content).latest_first().first()
    if seen is not None and latest and latest.pk != seen:
        raise AlreadyDecided(
            _("Somebody else has just decided on this: %(act)s.")
            % {"act": latest.get_act_display()},
            decision=latest,
            text=text,
        )


def _require_applicable(present: ContentStatus, act: Act, text: str) -> None:
    if present not in act.applies_to:
        raise NotApplicable(
            _("This cannot be decided as “%(act)s”: the contribution is %(status)s.")
            % {"act": act.label, "status": present.label},
            text=text,
        )


def _automation(content: ModeratedContent) -> Automation:
    """Say whether a rule's finding led the moderator here."""
    latest = Decision.objects.of(content).latest_first().first()
    was_held_by_rule = latest and latest.automation == Automation.FULLY
    noticed = Flag.objects.of(content).waiting().exclude(rule_id="").exists()
    return Automation.PARTIALLY if was_held_by_rule or noticed else Automation.NOT


def _carry_out(
    *,
    content: ModeratedContent,
    previous: ContentStatus,
    act: Act,
    now: datetime,
    stated: Reasons,
    answers: bool = True,
    **fields: Any,
) -> Decision:
    """Store a decision and all that follows; `answers` says whether flags end by it."""
    status = _status_after(content, previous, act)
    waiting = Flag.objects.of(content).waiting()
    waited_since = _waiting_since(content, previous, waiting)
    decision = Decision.objects.create(
        content_type=ContentType.objects.get_for_model(content),
        object_id=content.pk,
        act=act,
        previous_status=previous,
        created_at=now,
        receipt=receipts.new(),
        **asdict(stated),
        **fields,
    )
    content.status = status
    content.save(update_fields=["status"])
    if act == Act.HOLD:
        answers = False
    else:
        Interim.objects.of(content).open().update(ended_at=now)
    answered = list(waiting.select_related("reporter")) if answers else []
    Flag.objects.filter(pk__in=[flag.pk for flag in answered]).update(
        answered_by=decision
    )
    if act == Act.PUBLISH and content.author:
        standing.review(participant=content.author, now=now)
    register.append(decision=decision, content=content, waited_since=waited_since)
    notices.of_decision(decision=decision, content=content, answered=answered)
    if act in {Act.KEEP, Act.PUBLISH}:
        reporters.review(answered=answered, decision=decision)
    announce = partial(
        decision_made.send_robust, sender=Decision, decision=decision, content=content
    )
    transaction.on_commit(announce)
    return decision


def _status_after(
    content: ModeratedContent, previous: ContentStatus, act: Act
) -> ContentStatus:
    if act == Act.HOLD:
        return ContentStatus.HELD
    if act == Act.HIDE:
        return ContentStatus.HIDDEN
    if act == Act.KEEP:
        return previous
    if act == Act.RESTORE and _was_withdrawn(content):
        return ContentStatus.WITHDRAWN
    return ContentStatus.PUBLISHED


def _was_withdrawn(content: ModeratedContent) -> bool:
    """Say whether its author had already taken the item back when it was hidden."""
    hiding = Decision.objects.of(content).filter(act=Act.HIDE).latest_first().first()
    return hiding is not None and hiding.previous_status == ContentStatus.WITHDRAWN


def _waiting_since(
    content: ModeratedContent, previous: ContentStatus, waiting: Any
) -> datetime | None:
    """Return since when the item has been waiting for a decision, if it has."""
    first_flag: datetime | None = waiting.aggregate(at=Min("created_at"))["at"]
    if previous != ContentStatus.HELD or Interim.objects.of(content).open().exists():
        return first_flag
    held_at = content.edited_at or content.created_at
    return min(held_at, first_flag) if first_flag else held_at


def _language_of_author(content: ModeratedContent) -> str:
    author = content.author
    return (author.language if author else "") or content.language
