"""Store an export as a poll with its statements, voters and votes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from deliberation.choices import ResultsVisibility
from deliberation.models import EarlierVote, Poll, Statement, Vote
from deliberation.queries import routing
from deliberation.services import results
from deliberation.services.polis.export import Comment, Events, Export, Sign
from deliberation.services.polis.sign import settled
from moderation import sanitize
from moderation.choices import ContentStatus
from moderation.services import participants

BATCH = 2_000
LONGEST_INTRODUCTION = 5_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Progress = Callable[[str], None]


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
        _votes(export, agree, summary, people, statements, progress)
    routing.forget(summary.poll.pk)
    progress(_("computing the results"))
    results.refresh(poll=summary.poll, now=now)
    return summary


def origin(export: Export, voter: int) -> str:
    """Return what a participant of this conversation is known by."""
    return f"polis:{export.key}:{voter}"


def moment(milliseconds: int) -> datetime:
    """Return the moment so many milliseconds after the beginning of 1970."""
    return EPOCH + timedelta(milliseconds=milliseconds)


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


def _votes(
    export: Export,
    agree: int,
    summary: Summary,
    people: dict[int, int],
    statements: dict[int, int],
    progress: Progress,
) -> None:
    """Store the last votes, and beside them those they followed, oldest first."""
    otherwise = max((c.created_ms for c in export.comments), default=0)
    present = _present(summary.poll)
    last, earlier = export.events.final(), export.events.earlier()
    new = list(_fresh(last, people, statements, present, agree, otherwise))
    new.sort(key=lambda row: row["cast_at"])
    again = {(row["participant_id"], row["statement_id"]) for row in new}
    old = [
        row
        for row in _fresh(earlier, people, statements, present, agree, otherwise)
        if (row["participant_id"], row["statement_id"]) in again
    ]
    old += _replaced(summary.poll, again & present.keys())
    for start in range(0, len(new), BATCH * 10):
        progress(_("%(at)d of %(all)d votes") % {"at": start, "all": len(new)})
        rows = new[start : start + BATCH * 10]
        Vote.objects.bulk_create(
            [Vote(poll=summary.poll, **row) for row in rows], batch_size=BATCH
        )
    EarlierVote.objects.bulk_create(
        [EarlierVote(poll=summary.poll, **_plain(row)) for row in old],
        batch_size=BATCH,
    )
    summary.votes, summary.earlier_votes = len(new), len(old)


def _present(poll: Poll) -> dict[tuple[int, int], datetime]:
    votes = Vote.objects.filter(poll=poll)
    return {
        (who, what): cast_at
        for who, what, cast_at in votes.values_list(
            "participant_id", "statement_id", "cast_at"
        )
    }


def _fresh(
    events: Events,
    people: dict[int, int],
    statements: dict[int, int],
    present: dict[tuple[int, int], datetime],
    agree: int,
    otherwise: int,
) -> Iterator[dict[str, Any]]:
    """Yield the rows of the votes cast later than the present ones."""
    columns = (events.voters, events.statements, events.values, events.times)
    every = zip(*(c.tolist() for c in (*columns, events.important)), strict=True)
    for who, what, value, time, important in every:
        cast_at = moment(time if time >= 0 else otherwise)
        pair = people[who], statements[what]
        if pair not in present or present[pair] < cast_at:
            yield {
                "participant_id": pair[0],
                "statement_id": pair[1],
                "stance": value * agree,
                "cast_at": cast_at,
                "is_important": bool(important),
            }


def _replaced(poll: Poll, pairs: set[tuple[int, int]]) -> list[dict[str, Any]]:
    """Delete the votes that later ones of the export take the place of."""
    if not pairs:
        return []
    gone = [
        vote
        for vote in Vote.objects.filter(poll=poll)
        if (vote.participant_id, vote.statement_id) in pairs
    ]
    for start in range(0, len(gone), BATCH):
        some = [vote.pk for vote in gone[start : start + BATCH]]
        Vote.objects.filter(pk__in=some).delete()
    names = ("participant_id", "statement_id", "stance", "cast_at")
    return [{name: getattr(vote, name) for name in names} for vote in gone]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "is_important"}
