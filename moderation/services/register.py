"""The public register: append only, each line chained to the one before."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from moderation import contents
from moderation.models import Decision, ModeratedContent, RegisterEntry
from moderation.models.register import GENESIS, seal
from moderation.queries.register import stamp, told_of


def append(
    *,
    decision: Decision,
    content: ModeratedContent,
    waited_since: datetime | None = None,
) -> RegisterEntry:
    """Add the line about a decision, in the caller's transaction.

    `waited_since` is when the item began to wait for this decision, if it did.
    """
    waited = decision.created_at - waited_since if waited_since else None
    port = contents.of(content)
    entry = {
        **told_of(decision),
        "kind": port.kind,
        "place": port.public_place(content),
        "waited_seconds": max(0, int(waited.total_seconds()))
        if waited is not None
        else None,
    }
    return chain(decision=decision, entry=entry)


def append_event(
    *, decision: Decision, event: str, now: datetime, **told: Any
) -> RegisterEntry:
    """Add a line about what became of an earlier decision: `about` is its number."""
    about = decision.register_entries.order_by("number").first()
    entry = {
        "event": event,
        "at": stamp(now),
        "about": about.number if about else None,
        **told,
    }
    return chain(decision=decision, entry=entry)


@transaction.atomic
def chain(*, decision: Decision, entry: Mapping[str, Any]) -> RegisterEntry:
    """Store an entry as the next line of the chain."""
    # One row that always exists: whoever holds it may write the next line.
    ContentType.objects.select_for_update().get(
        app_label="moderation", model="registerentry"
    )
    last = RegisterEntry.objects.order_by("-number").first()
    number = last.number + 1 if last else 1
    previous = last.hash if last else GENESIS
    return RegisterEntry.objects.create(
        number=number,
        decision=decision,
        entry=dict(entry),
        previous_hash=previous,
        hash=seal(number=number, previous_hash=previous, entry=entry),
    )
