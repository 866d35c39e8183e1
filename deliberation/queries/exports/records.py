"""The votes of a poll with the numbers they have in an export."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from deliberation.models import EarlierVote, Poll, Statement, Vote
from deliberation.queries.exports import numbering
from moderation.choices import ContentStatus

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
HOUR = 3_600_000
CHUNK = 20_000
ROW = np.dtype(
    [("who", "i8"), ("what", "i8"), ("stance", "i8"), ("at", "i8"), ("heart", "?")]
)
Rows = NDArray[np.void]


@dataclass(frozen=True)
class Records:
    """What goes into the files: statements by id, and votes sorted by their numbers.

    In `rows`, `who` and `what` are the numbers of participant and statement, `at`
    is in ms; `present` tells present votes from earlier ones, which come first.
    """

    poll: Poll
    statements: dict[int, Statement]
    people: dict[int, int]
    rows: Rows
    present: NDArray[np.bool_]
    everything: bool

    def tally(self) -> Counter[tuple[int, int]]:
        """Return how often each statement's number met each stance, ever."""
        pairs = zip(
            self.rows["what"].tolist(), self.rows["stance"].tolist(), strict=True
        )
        return Counter(pairs)


def collect(poll: Poll, *, everything: bool) -> Records:
    """Return the poll's records.

    Without `everything`, only public statements and the votes on them, and the hour
    of each vote instead of its moment.
    """
    found = Statement.objects.filter(poll=poll).order_by("number")
    if not everything:
        found = found.filter(status=ContentStatus.PUBLISHED)
    statements = {each.pk: each for each in found}
    now, before = Vote.objects.filter(poll=poll), EarlierVote.objects.filter(poll=poll)
    present, earlier = _read(now, "is_important"), _read(before)
    rows = np.concatenate([earlier, present])
    is_present = np.arange(len(rows)) >= len(earlier)
    shown = np.isin(rows["what"], list(statements))
    rows, is_present = rows[shown], is_present[shown]
    people = numbering.numbers(poll, _people(rows, statements, everything=everything))
    numbered = _numbered(rows, people, statements, exact=everything)
    order = np.lexsort((is_present, numbered["at"], numbered["who"], numbered["what"]))
    return Records(
        poll, statements, people, numbered[order], is_present[order], everything
    )


def _read(votes: QuerySet[Vote] | QuerySet[EarlierVote], *extra: str) -> Rows:
    names = ("participant_id", "statement_id", "stance", "cast_at", *extra)
    every = votes.order_by("pk").values_list(*names).iterator(chunk_size=CHUNK)
    return np.fromiter(_in_ms(every), ROW)


def _in_ms(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    for who, what, stance, at, *heart in rows:
        yield who, what, stance, milliseconds(at), bool(heart and heart[0])  # type: ignore[arg-type]


def milliseconds(moment: datetime) -> int:
    """Return a moment in whole ms since the beginning of 1970."""
    since = moment - EPOCH
    return (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000


def _people(
    rows: Rows, statements: dict[int, Statement], *, everything: bool
) -> set[int]:
    voters = set(np.unique(rows["who"]).tolist())
    authors = {each.author_id for each in statements.values() if each.author_id}
    return voters | authors if everything else voters


def _numbered(
    rows: Rows, people: dict[int, int], statements: dict[int, Statement], *, exact: bool
) -> Rows:
    numbered = rows.copy()
    numbered["who"] = _mapped(rows["who"], people)
    numbered["what"] = _mapped(
        rows["what"], {pk: each.number for pk, each in statements.items()}
    )
    if not exact:
        numbered["at"] -= numbered["at"] % HOUR
    return numbered


def _mapped(ids: NDArray[np.int64], numbers: dict[int, int]) -> NDArray[np.int64]:
    known = np.array(sorted(numbers), np.int64)
    values = np.array([numbers[pk] for pk in known.tolist()], np.int64)
    return values[np.searchsorted(known, ids)] if len(known) else ids
