"""Store an export as a poll with its statements, voters and votes."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from deliberation.choices import ResultsVisibility
from deliberation.models import Poll, Statement
from deliberation.queries import routing
from deliberation.services import results
from deliberation.services.polis import casting
from deliberation.services.polis.casting import Progress, moment
from deliberation.services.polis.export import Comment, Export, Sign
from deliberation.services.polis.sign import settled
from moderation import sanitize
from moderation.choices import ContentStatus
from moderation.services import participants

BATCH = 2_000
LONGEST_INTRODUCTION = 5_000


@dataclass
class Summary:
    """What a run added, and what is worth knowing about it."""

    poll: Poll
    statements: int = 0
    participants: int = 0
    votes: int = 0
    earlier_votes: int = 0
    notes: list[str] = field(default_factory=list)


def store(
    *,
    export: Export,
    page: Any,
    sign: Sign | None,
    language: str,
    now: datetime,
    progress: Progress,
) -> Summary:
    """Add to the page's poll of this conversation whatever is not in it yet.

    All or nothing; a second run of the same export adds nothing. The results are
    computed at the end. Raises what `sign.settled` raises.
    """
    agree = settled(export, sign).agree
    with transaction.atomic():
        summary = Summary(_poll(export, page), notes=list(export.notes))
        people = _people(export, summary, now, progress)
        statements = _statements(export, summary, people, language, progress)
        summary.votes, summary.earlier_votes = casting.store(
            export=export,
            agree=agree,
            poll=summary.poll,
            people=people,
            statements=statements,
            progress=progress,
        )
    routing.forget(summary.poll.pk)
    progress(_("computing the results"))
    results.refresh(poll=summary.poll, now=now)
    return summary


def origin(export: Export, voter: int) -> str:
    """Return what a participant of this conversation is known by."""
    return f"polis:{export.key}:{voter}"


def _poll(export: Export, page: Any) -> Poll:
    longest = max((len(comment.text) for comment in export.comments), default=0)
    poll, _made = Poll.objects.get_or_create(
        page_id=page.pk,
        section=slugify(f"polis-{export.key}")[:80],
        defaults={
            "title": sanitize.clean_text(export.topic)[:200],
            "introduction": sanitize.clean_text(export.description)[
                :LONGEST_INTRODUCTION
            ],
            "results": ResultsVisibility.ALWAYS,
            "statement_maximum": min(max(longest, 280), 500),
        },
    )
    return poll


def _people(
    export: Export, summary: Summary, now: datetime, progress: Progress
) -> dict[int, int]:
    """Return the ids of the participants by the export's own numbers."""
    known = {int(voter) for voter in export.events.voters}
    known |= {c.author for c in export.comments if c.author is not None}
    progress(_("%(number)d participants") % {"number": len(known)})
    before = participants.count_origins(prefix=origin_prefix(export))
    found = participants.for_origins(
        origins=[origin(export, voter) for voter in known], now=now
    )
    summary.participants = (
        participants.count_origins(prefix=origin_prefix(export)) - before
    )
    return {int(key.rsplit(":", 1)[1]): pk for key, pk in found.items()}


def origin_prefix(export: Export) -> str:
    """Return what the origins of all participants of this conversation begin with."""
    return f"polis:{export.key}:"


def _statements(
    export: Export,
    summary: Summary,
    people: dict[int, int],
    language: str,
    progress: Progress,
) -> dict[int, int]:
    """Return the ids of the statements by their numbers."""
    progress(_("%(number)d statements") % {"number": len(export.comments)})
    present = set(summary.poll.statements.values_list("number", flat=True))
    comments = [*export.comments, *_missing(export, summary)]
    new = [
        _statement(comment, summary.poll, people, language)
        for comment in comments
        if comment.number not in present
    ]
    Statement.objects.bulk_create(new, batch_size=BATCH)
    summary.statements = len(new)
    return dict(summary.poll.statements.values_list("number", "pk"))


def _missing(export: Export, summary: Summary) -> list[Comment]:
    """Return stand-ins for what people voted on but the comments file lacks."""
    described = {comment.number for comment in export.comments}
    missing = sorted({int(number) for number in export.events.statements} - described)
    if missing:
        summary.notes.append(
            _("%(number)d statements have votes but no text; they stay hidden.")
            % {"number": len(missing)}
        )
    first = min((c.created_ms for c in export.comments), default=0)
    return [Comment(number, None, "", first, -1) for number in missing]


def _statement(
    comment: Comment, poll: Poll, people: dict[int, int], language: str
) -> Statement:
    text = sanitize.clean_text(comment.text)
    status = ContentStatus.PUBLISHED
    if comment.moderated == -1:
        status = ContentStatus.HIDDEN
    elif not text:
        # Without words there is nothing to vote on, whoever accepted it.
        status = ContentStatus.WITHDRAWN
    return Statement(
        poll=poll,
        number=comment.number,
        author_id=None if comment.author is None else people[comment.author],
        text=text,
        html=sanitize.render(text),
        language=language,
        status=status,
        is_seed=comment.is_seed,
        is_meta=comment.is_meta,
        is_accepted=comment.moderated == 1,
        created_at=moment(comment.created_ms),
    )
