"""What can be found out of a new comment before anybody else waits for it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deliberation.models import Comment, Discussion
from deliberation.queries import contributions
from deliberation.services import attachments, checks, labels
from deliberation.services.attachments import Attached
from moderation.models import Participant, Policy
from moderation.refusals import Refusal
from moderation.rules import Kind
from moderation.services import admission
from moderation.services.admission import Admitted


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """The language of a comment, and how it would be admitted now; None if it is not."""

    language: str
    admitted: Admitted | None


def look(
    *,
    discussion: Discussion,
    policy: Policy,
    author: Participant,
    raw: str,
    language: str,
    reading: str,
    parent: Comment | int | None,
    attached: Sequence[Attached],
    now: datetime,
) -> Ahead:
    """Return what posting this would find, without a lock.

    Most of the time that a post takes goes into what depends on its words alone. What
    depends on others is looked at again when it is stored, and then refused.
    """
    if reading:
        language = labels.language_of_text(raw, chosen=language, reading=reading)
    admitted = None
    with suppress(Refusal):
        language = labels.language_tag(language, raw)
        if isinstance(parent, int):
            parent = checks.answerable(discussion=discussion, pk=parent)
        admitted = admission.admit(
            raw=raw,
            author=author,
            policy=policy,
            kind=Kind.COMMENT,
            language=language,
            now=now,
            pictures=attachments.for_rules(attached),
            **told(author=author, discussion=discussion, parent=parent, now=now),
        )
    return Ahead(language=language, admitted=admitted)


def told(
    *,
    author: Participant,
    discussion: Discussion,
    parent: Comment | None,
    now: datetime,
) -> dict[str, Any]:
    """Return what the rules are told of author and thread; it changes as people post."""
    return {
        "recent": contributions.recent_posts(
            author=author, now=now, discussion=discussion
        ),
        "thread": contributions.thread_of(parent, author=author),
    }
