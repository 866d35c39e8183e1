"""Store the votes of an export, hundreds of thousands in seconds."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from deliberation.models import EarlierVote, Poll, Vote
from deliberation.services.polis.export import Events, Export

BATCH = 2_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Progress = Callable[[str], None]


class Row(NamedTuple):
    """A vote as it will be stored."""

    participant_id: int
    statement_id: int
    stance: int
    cast_at: datetime
    is_important: bool

    @property
    def pair(self) -> tuple[int, int]:
        """Return who voted on what: there is one present vote of each pair."""
        return self.participant_id, self.statement_id


VOTE = ("poll_id", *Row._fields)
# That it was important is not kept of it.
EARLIER_VOTE = VOTE[:-1]
Values = tuple[int | bool | str | datetime | None, ...]


def store(
    *,
    export: Export,
    agree: int,
    poll: Poll,
    people: dict[int, int],
    statements: dict[int, int],
    progress: Progress,
) -> tuple[int, int]:
    """Store the last votes, and beside them those they followed, oldest first.

    `people` and `statements` hold the ids by the export's own numbers. Return how many
    votes and earlier votes are new.
    """
    otherwise = moment(max((c.created_ms for c in export.comments), default=0))
    present = _present(poll)

    def fresh(events: Events) -> Iterator[Row]:
        for row in _rows(events, people, statements, agree, otherwise):
            if row.pair not in present or present[row.pair] < row.cast_at:
                yield row

    new = sorted(fresh(export.events.final()), key=lambda row: row.cast_at)
    again = {row.pair for row in new}
    old = [row for row in fresh(export.events.earlier()) if row.pair in again]
    old += _replaced(poll, again & present.keys())
    for start in range(0, len(new), BATCH * 10):
        progress(_("%(at)d of %(all)d votes") % {"at": start, "all": len(new)})
        some = new[start : start + BATCH * 10]
        _insert(Vote, VOTE, [_plain(poll, row) for row in some])
    _insert(EarlierVote, EARLIER_VOTE, [_plain(poll, row)[:-1] for row in old])
    return len(new), len(old)


def moment(milliseconds: int) -> datetime:
    """Return the moment so many milliseconds after the beginning of 1970."""
    return EPOCH + timedelta(milliseconds=milliseconds)


def _present(poll: Poll) -> dict[tuple[int, int], datetime]:
    votes = Vote.objects.filter(poll=poll)
    return {
        (who, what): cast_at
        for who, what, cast_at in votes.values_list(
            "participant_id", "statement_id", "cast_at"
        )
    }


def _rows(
    events: Events,
    people: dict[int, int],
    statements: dict[int, int],
    agree: int,
    otherwise: datetime,
) -> Iterator[Row]:
    columns = (events.voters, events.statements, events.values, events.times)
    every = zip(*(c.tolist() for c in (*columns, events.important)), strict=True)
    for who, what, value, time, important in every:
        cast_at = moment(time) if time >= 0 else otherwise
        yield Row(
            people[who], statements[what], value * agree, cast_at, bool(important)
        )


def _replaced(poll: Poll, pairs: set[tuple[int, int]]) -> list[Row]:
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
    return [Row(*(getattr(vote, name) for name in Row._fields)) for vote in gone]


def _plain(poll: Poll, row: Row) -> Values:
    who, what, stance, cast_at, important = row
    at = connection.ops.adapt_datetimefield_value(cast_at)
    return poll.pk, who, what, stance, at, important


def _insert(
    model: type[Vote] | type[EarlierVote], columns: Sequence[str], rows: list[Values]
) -> None:
    """Send plain values: an object of the model for each takes five times as long."""
    into = f"{model._meta.db_table} ({', '.join(columns)})"
    with connection.wrap_database_errors, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            sql = f"INSERT INTO {into} VALUES ({marks})"  # noqa: S608
            cursor.executemany(sql, rows)
