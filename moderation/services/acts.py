"""Carrying out what was decided: the decision itself, and all that follows from it."""

from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Min

from moderation.choices import Act, ContentStatus
from moderation.models import Decision, Flag, Interim, ModeratedContent
from moderation.services import (
    notices,
    receipts,
    register,
    reporters,
    standing,
)
from moderation.services.reasons import Reasons
from moderation.signals import decision_made


def lock(content: ModeratedContent) -> ContentStatus:
    """Keep everybody else from the item, and return how it stands."""
    row = type(content)._default_manager.select_for_update().get(pk=content.pk)
    return ContentStatus(row.status)


def carry_out(
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
    reverses = fields.get("reverses")
    status = _status_after(previous, act, reverses)
    waiting = Flag.objects.of(content).waiting()
    waited = _waited_from_the_start(content, previous)
    waited_since = _waiting_since(content, waiting, waited=waited)
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
    if status.is_public and (waited or _was_never_shown(reverses)):
        content.released_at = now
    content.save(update_fields=["status", "released_at"])
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
    previous: ContentStatus, act: Act, reverses: Decision | None
) -> ContentStatus:
    if act == Act.HOLD:
        return ContentStatus.HELD
    if act.hides:
        return ContentStatus.HIDDEN
    if act == Act.KEEP:
        return previous
    if reverses and not Act(reverses.act).hides:
        return previous
    if reverses and reverses.previous_status == ContentStatus.WITHDRAWN:
        # Its author had already taken it back when it was hidden.
        return ContentStatus.WITHDRAWN
    return ContentStatus.PUBLISHED


def _waited_from_the_start(content: ModeratedContent, previous: ContentStatus) -> bool:
    """Say whether it was held when it was written, and not taken down by reports."""
    is_held = previous == ContentStatus.HELD
    return is_held and not Interim.objects.of(content).open().exists()


def _was_never_shown(reverses: Decision | None) -> bool:
    """Say whether what is taken back had hidden something that nobody had read."""
    return reverses is not None and reverses.previous_status == ContentStatus.HELD


def _waiting_since(
    content: ModeratedContent, waiting: Any, *, waited: bool
) -> datetime | None:
    """Return since when the item has been waiting for a decision, if it has."""
    first_flag: datetime | None = waiting.aggregate(at=Min("created_at"))["at"]
    if not waited:
        return first_flag
    held_at = content.edited_at or content.created_at
    return min(held_at, first_flag) if first_flag else held_at
