"""Decisions of moderators: who may make them, on what, and with which reasons."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from moderation.choices import Act, Automation, ContentStatus
from moderation.models import Claim, Decision, Flag, ModeratedContent
from moderation.queries import changes as changed
from moderation.queries import desk
from moderation.refusals import Refusal, Why
from moderation.services import acts, changes, reasons, sanctions
from moderation.services.reasons import IncompleteReasons

__all__ = [
    "AlreadyDecided",
    "IncompleteReasons",
    "MayNotDecide",
    "NotApplicable",
    "decide",
    "require_first",
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
    passage: str = "",
    same_as: int | None = None,
    move_to: str = "",
    reverses: Decision | None = None,
) -> Decision:
    """Carry out a moderator's decision on an item, and tell whom it concerns.

    `seen` is the id of the latest decision the moderator knew of (0 if there was
    none); None asks for no comparison. `besides` warns, slows or suspends the author
    of what is restricted. `passage`, `same_as` and `move_to` say what is redacted,
    merged and moved; `reverses` what is taken back, by default the latest decision
    that took something. `content` is brought up to date. Raises MayNotDecide,
    IncompleteReasons, AlreadyDecided, NotApplicable, or what `sanctions.give` and
    `changes.prepare` raise.
    """
    wanted = _require_right(content, act, decided_by)
    present = acts.lock(content)
    require_first(content=content, seen=seen, text=facts)
    if wanted == Act.RESTORE:
        reverses = _require_reversible(content, present, reverses, facts)
    else:
        reverses = None
        _require_applicable(present, wanted, facts)
    stated = reasons.state(
        act=wanted,
        language=_language_of_author(content),
        ground=ground,
        rule_id=rule_id,
        rule_text=rule_text,
        legal_ground=legal_ground,
        facts=facts,
    )
    change = changes.prepare(
        content=content,
        act=wanted,
        passage=passage,
        same_as=same_as,
        move_to=move_to,
        by=decided_by,
        text=facts,
    )
    decision = acts.carry_out(
        content=content,
        previous=present,
        act=wanted,
        now=now,
        decided_by=decided_by,
        automation=_automation(content),
        stated=stated,
        reverses=reverses,
    )
    if change:
        change.decision = decision
        change.save()
    if besides and wanted.restricts:
        sanctions.give(decision=decision, content=content, kind=besides, now=now)
    if reverses:
        changes.put_back(content=content, decision=reverses)
        sanctions.lift(decision=reverses, now=now)
    Claim.objects.of(content).delete()
    return decision


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


def require_first(
    *, content: ModeratedContent, seen: int | None, text: str = ""
) -> None:
    """Raise AlreadyDecided if somebody decided since; see `decide` for `seen`."""
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


def _require_reversible(
    content: ModeratedContent,
    present: ContentStatus,
    reverses: Decision | None,
    text: str,
) -> Decision | None:
    """Return the decision to take back, or raise NotApplicable.

    None for what came here hidden from elsewhere: no decision of ours hid it.
    """
    found = reverses or changed.latest_in_force(content)
    if found is None and present == ContentStatus.HIDDEN and content.text:
        return None
    if found is None or not changed.is_in_force(found):
        raise NotApplicable(
            _("There is nothing to take back: no decision restricts it."), text=text
        )
    if changed.lost_its_text(found, content):
        raise NotApplicable(
            _("Its text was removed when its time was over."), text=text
        )
    return found


def _automation(content: ModeratedContent) -> Automation:
    """Say whether a rule's finding led the moderator here."""
    latest = Decision.objects.of(content).latest_first().first()
    was_held_by_rule = latest and latest.automation == Automation.FULLY
    noticed = Flag.objects.of(content).waiting().exclude(rule_id="").exists()
    return Automation.PARTIALLY if was_held_by_rule or noticed else Automation.NOT


def _language_of_author(content: ModeratedContent) -> str:
    author = content.author
    return (author.language if author else "") or content.language
