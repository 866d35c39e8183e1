"""How evenly a discussion is shared among those who take part in it."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence, Sized
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from statistics import median

# Of fewer authors, no share is told: it would speak about single people.
FEWEST_AUTHORS = 5


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """What the figures need to know of one public comment.

    ``author`` is any id, None where that is not known any more; ``is_newcomers`` says
    that the author had written nothing anywhere before this discussion. ``thread`` is
    the id of the first comment of its thread, None for that one itself.
    """

    id: Hashable
    author: Hashable | None
    written_at: datetime
    language: str = ""
    channel: str = ""
    is_newcomers: bool = False
    thread: Hashable | None = None


@dataclass(frozen=True, kw_only=True)
class Equality:
    """The figures of one discussion; a share is from 0 to 1, None if it says nothing.

    ``gini``         0: all wrote equally many comments; near 1: one wrote them all
    ``top_share``    comments by the tenth of the authors who wrote most
    ``newcomers``    authors who never wrote before
    ``unanswered``   threads that nobody but their author has answered, of those of
                     which that is known
    ``first_answer`` median time until somebody else answered, of those answered
    ``languages``    comments per language, the most frequent first
    ``channels``     comments per way they came in, in the same order
    """

    comments: int
    authors: int
    threads: int
    gini: float | None
    top_share: float | None
    newcomers: float | None
    unanswered: float | None
    first_answer: timedelta | None
    languages: tuple[tuple[str, int], ...]
    channels: tuple[tuple[str, int], ...] = ()


def figures(contributions: Iterable[Contribution]) -> Equality:
    """Return the figures of a discussion, given its public comments in any order."""
    written = list(contributions)
    per_author = Counter(c.author for c in written if c.author is not None)
    counts = sorted(per_author.values())
    new = {c.author for c in written if c.is_newcomers and c.author is not None}
    threads = [c for c in written if c.thread is None]
    waits, unknown = _waits(written)
    enough = len(counts) >= FEWEST_AUTHORS
    return Equality(
        comments=len(written),
        authors=len(counts),
        threads=len(threads),
        gini=gini(counts) if enough else None,
        top_share=top_share(counts) if enough else None,
        newcomers=len(new) / len(counts) if enough else None,
        unanswered=_share_without(waits, len(threads) - len(unknown)),
        first_answer=timedelta(seconds=median(waits.values())) if waits else None,
        languages=_counted(c.language for c in written),
        channels=_counted(c.channel for c in written),
    )


def gini(counts: Sequence[float]) -> float:
    """Return Gini's coefficient of non-negative numbers; 0 for none or only zeros.

    Half the mean difference between two authors, relative to the mean (Gini 1912).
    """
    total, number = sum(counts), len(counts)
    if not total:
        return 0.0
    ranked = sum(rank * count for rank, count in enumerate(sorted(counts), start=1))
    return 2 * ranked / (number * total) - (number + 1) / number


def top_share(counts: Sequence[float], part: float = 0.1) -> float:
    """Return the share of the largest tenth (or `part`), at least of one author."""
    total = sum(counts)
    if not total:
        return 0.0
    # Rounded first: a tenth of 30 is 3, whatever floating point makes of it.
    most = max(1, ceil(round(len(counts) * part, 9)))
    return sum(sorted(counts, reverse=True)[:most]) / total


def _waits(
    written: Sequence[Contribution],
) -> tuple[dict[Hashable, float], set[Hashable]]:
    """Return the seconds until another's first answer, by the thread that has one.

    And the threads of which nobody can say whether they have: where neither author is
    known any more, it may have been the same.
    """
    roots = {c.id: c for c in written if c.thread is None}
    first: dict[Hashable, float] = {}
    unknown = set[Hashable]()
    for reply in written:
        root = roots.get(reply.thread) if reply.thread is not None else None
        if root is None:
            continue
        if reply.author == root.author:
            if reply.author is None:
                unknown.add(root.id)
            continue
        wait = max((reply.written_at - root.written_at).total_seconds(), 0.0)
        first[root.id] = min(wait, first.get(root.id, wait))
    return first, unknown - first.keys()


def _share_without(answered: Sized, threads: int) -> float | None:
    return 1 - len(answered) / threads if threads else None


def _counted(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counted = Counter(word for word in words if word)
    return tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0])))
