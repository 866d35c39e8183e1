"""The files of an export, line by line."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from deliberation.choices import Stance
from deliberation.models import Poll, Statement
from deliberation.queries import places
from deliberation.queries.exports import numbering
from deliberation.queries.exports.guard import MARK, guarded
from deliberation.queries.exports.records import Records, collect, milliseconds
from deliberation.queries.results import FEWEST, latest
from moderation.choices import ContentStatus
from moderation.refusals import Refusal, Why

Cells = Iterable[Any]

# How Polis writes the signs since 2026.
CONVENTION = "agree={:+d};disagree={:+d};pass={:d}".format(
    *map(int, (Stance.AGREE, Stance.DISAGREE, Stance.PASS))
)


class NotOpen(Refusal):
    """There is no such file for everybody."""

    why = Why.NOT_FOUND


def is_open(poll: Poll) -> bool:
    """Say whether everybody may have the files, once they may see the results."""
    snapshot = latest(poll)
    return poll.is_open_data and snapshot is not None and snapshot.voters >= FEWEST


def open_data(name: str, *, poll: Poll) -> Iterator[str]:
    """Return the text of one file, piece by piece, as everybody may have it.

    Raises NotOpen for unknown names, where the poll keeps its votes, and while so
    few have voted that their votes could be told apart.
    """
    if name not in FILES:
        raise NotOpen(_("There is no file of this name."))
    if not poll.is_open_data:
        raise NotOpen(_("The votes of this poll are not open data."))
    if not is_open(poll):
        raise NotOpen(_("Too few people have voted for their votes to be published."))
    return write(name, poll=poll, everything=False)


def write(name: str, *, poll: Poll, everything: bool) -> Iterator[str]:
    """Yield the text of one file, piece by piece.

    `everything` is for operators: hidden statements, exact times and authors too.
    Without it, nothing that is hidden and nothing that tells who wrote what.
    """
    yield from _FILES[name](collect(poll, everything=everything))


def _csv(rows: Iterable[Cells]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for row in rows:
        writer.writerow(row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _comments(records: Records) -> Iterator[str]:
    yield from _csv(_comment_rows(records))


def _comment_rows(records: Records) -> Iterator[Cells]:
    yield (
        *("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees"),
        *("moderated", "is-meta", "is-seed", "comment-body"),
    )
    tally = records.tally()
    for each in records.statements.values():
        written = _shown_time(milliseconds(each.created_at), records)
        yield (
            written,
            _iso(written),
            each.number,
            _author(each, records),
            tally[each.number, Stance.AGREE],
            tally[each.number, Stance.DISAGREE],
            _moderated(each),
            each.is_meta,
            each.is_seed,
            guarded(each.text),
        )


def _votes(records: Records) -> Iterator[str]:
    yield from _csv(_vote_rows(records))


def _vote_rows(records: Records) -> Iterator[Cells]:
    yield "timestamp", "datetime", "comment-id", "voter-id", "vote", "important"
    for who, what, stance, at, heart in records.rows.tolist():
        yield at, _iso(at), what, who, stance, int(heart)


def _matrix(records: Records) -> Iterator[str]:
    yield from _csv(_matrix_rows(records))


def _matrix_rows(records: Records) -> Iterator[Cells]:
    rows = records.rows[records.present]
    columns = np.unique(rows["what"])
    yield (
        *("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"),
        *columns.tolist(),
    )
    rows = rows[np.lexsort((rows["what"], rows["who"]))]
    people, first = np.unique(rows["who"], return_index=True)
    groups, written = _groups(records), _written(records)
    # Without votes there is still one, empty, part.
    for who, mine in zip(people.tolist(), np.split(rows, first[1:]), strict=False):
        cells = np.full(len(columns), "", object)
        cells[np.searchsorted(columns, mine["what"])] = mine["stance"]
        yield (
            who,
            groups.get(who, ""),
            written[who] if records.everything else "",
            len(mine),
            int((mine["stance"] == Stance.AGREE).sum()),
            int((mine["stance"] == Stance.DISAGREE).sum()),
            *cells.tolist(),
        )


def _summary(records: Records) -> Iterator[str]:
    poll, voters = records.poll, np.unique(records.rows["who"][records.present])
    key = numbering.conversation(poll)
    authors = {each.author_id for each in records.statements.values()} - {None}
    yield from _csv(
        [
            ("topic", guarded(poll.title)),
            ("url", f"https://pol.is/{key}" if key else f"folkmoot-{poll.pk}"),
            ("voters", len(voters)),
            ("voters-in-conv", len(_groups(records))),
            ("commenters", len(authors)),
            ("comments", len(records.statements)),
            ("groups", len(set(_groups(records).values()))),
            ("conversation-description", guarded(poll.introduction)),
            ("vote-convention", CONVENTION),
        ]
    )


def _format(records: Records) -> Iterator[str]:
    declared = {
        "format": "folkmoot-polis",
        "version": 1,
        "agree": int(Stance.AGREE),
        "disagree": int(Stance.DISAGREE),
        "pass": int(Stance.PASS),
        "vote-convention": CONVENTION,
        "timestamp": "milliseconds since 1970-01-01T00:00:00Z",
        "timestamps_rounded_to": "1 ms" if records.everything else "1 h",
        "text_guard": MARK,
        "encoding": "UTF-8",
        "participants": "numbers of this export only",
        "statements": "all" if records.everything else "public",
    }
    yield json.dumps(declared, indent=2) + "\n"


_FILES: dict[str, Callable[[Records], Iterator[str]]] = {
    "comments.csv": _comments,
    "votes.csv": _votes,
    "participants-votes.csv": _matrix,
    "summary.csv": _summary,
    "format.json": _format,
}
FILES = tuple(_FILES)


def _author(statement: Statement, records: Records) -> int | str:
    if not records.everything or statement.author_id is None:
        return ""
    return records.people[statement.author_id]


def _written(records: Records) -> Counter[int | str]:
    return Counter(_author(each, records) for each in records.statements.values())


def _moderated(statement: Statement) -> int:
    """Return Polis' word for the status: -1 rejected, 0 nobody looked, 1 accepted.

    What waits or was withdrawn is no more open to votes than what was rejected;
    what never had words keeps the word it came with.
    """
    is_open = statement.is_public or not (
        statement.text or statement.status == ContentStatus.HIDDEN
    )
    return int(statement.is_accepted) if is_open else -1


def _groups(records: Records) -> dict[int, int]:
    """Return the group of each participant's number, 0 for A; small ones left out."""
    snapshot = latest(records.poll)
    if snapshot is None or not snapshot.places:
        return {}
    found = places.unpack(snapshot.places)
    sizes = Counter(found.groups.tolist())
    return {
        records.people[pk]: group
        for pk, group in zip(
            found.participants.tolist(), found.groups.tolist(), strict=True
        )
        if group >= 0 and sizes[group] >= FEWEST and pk in records.people
    }


def _shown_time(ms: int, records: Records) -> int:
    return ms if records.everything else ms - ms % 3_600_000


def _iso(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds")
