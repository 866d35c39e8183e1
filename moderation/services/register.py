"""The public register: append only, each line chained to the one before."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from moderation import contents
from moderation.models import Decision, ModeratedContent, RegisterEntry

GENESIS = "0" * 64


def append(
    *, decision: Decision, content: ModeratedContent, waited_since: Any = None
) -> RegisterEntry:
    """Add the line about a decision, in the caller's transaction.

    `waited_since` is when the item began to wait for this decision, if it did.
    """
    waited = (decision.created_at - waited_since) if waited_since else None
    port = contents.of(content)
    return chain(
        decision=decision,
        entry={
            "event": "decision",
            "at": stamp(decision.created_at),
            "act": str(decision.act),
            "kind": port.kind,
            "place": port.public_place(content),
            "ground": str(decision.ground),
            "rule": decision.rule_id,
            "rule_version": decision.rule_version,
            "automation": str(decision.automation),
            "waited_seconds": int(waited.total_seconds()) if waited else None,
        },
    )


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
        hash=digest(number=number, previous_hash=previous, entry=entry),
    )


def digest(*, number: int, previous_hash: str, entry: Mapping[str, Any]) -> str:
    """Return the hash of a line: SHA-256 of its canonical JSON (see docs)."""
    line = {"entry": entry, "number": number, "previous_hash": previous_hash}
    canonical = json.dumps(
        line, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def stamp(moment: Any) -> str:
    """Return a moment as the register writes it: UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")  # type: ignore[no-any-return]
