"""Appeals: raised by whom a decision concerns, answered by somebody else."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from moderation import contents, sanitize
from moderation.choices import Act, ContentStatus, Outcome, Side
from moderation.models import Appeal, Decision, Flag, ModeratedContent
from moderation.queries import appeals as standing_appeals
from moderation.queries import changes, people
from moderation.refusals import Refusal, Why
from moderation.services import notices, register, review
from moderation.signals import appeal_answered, appeal_raised

LONGEST_TEXT = 5000


class CannotAppeal(Refusal):
    """The decision can not, or no longer, be appealed against."""

    why = Why.CONFLICT


class IncompleteAppeal(Refusal):
    """The appeal does not say why."""


class MayNotAnswer(Refusal):
    """The person is not the one to answer this appeal."""

    why = Why.NOT_ALLOWED


class AlreadyAnswered(Refusal):
    """Somebody else has answered the appeal."""

    why = Why.CONFLICT


@transaction.atomic
def raise_by_author(*, decision: Decision, text: str, now: datetime) -> Appeal:
    """Store the author's appeal against a decision that took something from them."""
    text = _require_text(text)
    if not standing_appeals.author_may_appeal(decision, now=now):
        raise CannotAppeal(_why_not(standing_appeals.of_author(decision)), text=text)
    return _raise(decision=decision, side=Side.AUTHOR, text=text, now=now)


@transaction.atomic
def raise_by_reporter(*, flag: Flag, text: str, now: datetime) -> Appeal:
    """Store a reporter's appeal against leaving what they reported."""
    text = _require_text(text)
    if not standing_appeals.reporter_may_appeal(flag, now=now):
        raise CannotAppeal(_why_not(standing_appeals.of_reporter(flag)), text=text)
    decision: Decision = flag.answered_by  # type: ignore[assignment]
    return _raise(decision=decision, side=Side.REPORTER, flag=flag, text=text, now=now)


@transaction.atomic
def answer(
    *,
    appeal: Appeal,
    outcome: str,
    answer: str,
    answered_by: Any,
    now: datetime,
    **reasons: str,
) -> Appeal:
    """Answer an appeal with reasons; overturning it makes a new decision.

    An author who is right gets the contribution back as it was. A reporter who is
    right has it hidden, for which `reasons` (ground, rule_id, legal_ground) are
    needed. If a moderator, or the answer to another's appeal, has done so meanwhile,
    nothing is done twice. Raises MayNotAnswer, AlreadyAnswered, IncompleteAppeal, or what
    `review.decide` raises.
    """
    locked = Appeal.objects.select_for_update().get(pk=appeal.pk)
    decision = locked.decision
    content: ModeratedContent = decision.content  # type: ignore[assignment]
    _require_other(locked, content, answered_by)
    if locked.answered_at:
        raise AlreadyAnswered(
            _("Somebody else has just answered this appeal: %(outcome)s.")
            % {"outcome": locked.get_outcome_display()},
            text=answer,
        )
    answer = _require_text(answer)
    if outcome not in Outcome.values:
        raise IncompleteAppeal(_("Say whether the decision stands."), text=answer)
    if outcome == Outcome.OVERTURNED:
        locked.new_decision = _overturn(
            locked, content, answer, answered_by, now, reasons
        )
    locked.outcome, locked.answer = outcome, answer
    locked.answered_by, locked.answered_at = answered_by, now
    locked.save()
    register.append_event(
        decision=decision, event="answer", now=now, side=locked.side, outcome=outcome
    )
    notices.of_answer(appeal=locked, content=content, now=now)
    _announce(appeal_answered, locked)
    return locked


def _overturn(
    appeal: Appeal,
    content: ModeratedContent,
    facts: str,
    answered_by: Any,
    now: datetime,
    reasons: dict[str, Any],
) -> Decision | None:
    """Decide anew; None where others have meanwhile done what the appeal wants."""
    back = appeal.side == Side.AUTHOR
    if back and not changes.is_in_force(appeal.decision):
        return None
    if not back and content.status == ContentStatus.HIDDEN:
        return None
    return review.decide(
        content=content,
        act=Act.RESTORE if back else Act.HIDE,
        decided_by=answered_by,
        now=now,
        facts=facts,
        **({"reverses": appeal.decision} if back else reasons),
    )


def _raise(*, decision: Decision, now: datetime, **fields: Any) -> Appeal:
    try:
        with transaction.atomic():
            appeal = Appeal.objects.create(
                decision=decision,
                first_decided_by=decision.decided_by,
                created_at=now,
                **fields,
            )
    except IntegrityError:
        # Sent twice at the same moment: the first one stands.
        raise CannotAppeal(_once(), text=fields["text"]) from None
    register.append_event(decision=decision, event="appeal", now=now, side=appeal.side)
    _announce(appeal_raised, appeal)
    return appeal


def _announce(signal: Any, appeal: Appeal) -> None:
    send = partial(signal.send_robust, sender=Appeal, appeal=appeal)
    transaction.on_commit(send)


def hindrance(*, appeal: Appeal, by: Any) -> str:
    """Return why somebody may not answer an appeal; "" if they may."""
    content: ModeratedContent = appeal.decision.content  # type: ignore[assignment]
    try:
        _require_other(appeal, content, by)
    except MayNotAnswer as refusal:
        return str(refusal.message)
    return ""


def _require_other(appeal: Appeal, content: ModeratedContent, by: Any) -> None:
    if not by.has_perm("moderation.lead_review"):
        raise MayNotAnswer(_("Only lead moderators answer appeals."))
    if appeal.first_decided_by_id == by.pk:
        raise MayNotAnswer(_("You made this decision: somebody else must answer."))
    if content.author and content.author.account_id == by.pk:
        raise MayNotAnswer(_("Nobody decides on their own contribution."))
    if people.edits(by, contents.of(content).page_id(content)):
        raise MayNotAnswer(
            _("You work on this consultation: somebody else must answer.")
        )
    reporter = appeal.flag.reporter if appeal.flag else None
    if reporter and reporter.account_id == by.pk:
        raise MayNotAnswer(_("Nobody decides on their own appeal."))


def _require_text(text: str) -> str:
    text = sanitize.clean_text(text)
    if not text:
        raise IncompleteAppeal(_("Say in your own words why."))
    if len(text) > LONGEST_TEXT:
        raise IncompleteAppeal(
            _("Your reasons have %(length)s characters; at most %(most)s fit.")
            % {
                "length": number_format(len(text), force_grouping=True),
                "most": number_format(LONGEST_TEXT, force_grouping=True),
            },
            text=text,
        )
    return text


def _why_not(earlier: Appeal | None) -> str:
    if earlier:
        return _once()
    return _("This decision can not, or no longer, be appealed against.")


def _once() -> str:
    return _("You have appealed against this decision before. It will be answered.")
