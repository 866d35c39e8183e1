"""The balanced order as the database gives it: who is seen, and how it is read.

    python -m bench.threads_live [--runs 6] [--large 100000] [--database postgres://...]

Replays the courses of `bench.threads_order` with real comments, counted visits and the
query that pages and the API use. Then prints how long a page takes in a small and in a
large discussion, in which few, many, or nearly all comments are owed, with the plan.
Without --database, a SQLite file in a temporary folder; a PostgreSQL database must be
empty. Exits with 1 if the balanced order misses its gate.
"""

import argparse
import os
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from bench.threads_order import COMMENTS, GATE, SCENARIOS, Scenario

BEGINNING = datetime(2026, 3, 2, tzinfo=UTC)


def seen(scenario: Scenario, run: int, sort: str = "balanced") -> np.ndarray:
    """Return how often each comment was on a first page, in a discussion made for it."""
    from deliberation.choices import Sort
    from deliberation.models import Comment
    from deliberation.queries import orders
    from deliberation.ranking import exposure
    from deliberation.services import visits
    from tests.factories.deliberation import DiscussionFactory

    random = np.random.default_rng(run)
    written, came = scenario(random)
    places = random.integers(2**53, size=COMMENTS)
    # The reader's place depends on the number, which must be the same every time.
    discussion = DiscussionFactory(pk=1_000_000 + run)
    ids: list[int] = []
    counts = np.zeros(COMMENTS)
    for reader, day in enumerate(came.tolist()):
        due = int(np.searchsorted(written, day, side="right"))
        for number in range(len(ids), due):
            comment = Comment.objects.create(
                discussion=discussion, text="Text", html="", language="en",
                created_at=BEGINNING + timedelta(days=written[number]),
                place=int(places[number]),
            )  # fmt: skip
            ids.append(comment.pk)
        now = BEGINNING + timedelta(days=day)
        visit = _visit(discussion, f"{run}:{reader}", now)
        order = orders.order(Sort(sort), visit)
        here = Comment.objects.filter(discussion=discussion)
        for root in order.take(here.roots, None, exposure.PAGE):
            counts[ids.index(root)] += 1
        visits.count(visit, sort=Sort(sort), after=None)
        # A minute passes between two visits.
        visits.store(discussion, now=now)
    return counts


def ratio(scenario: Scenario, runs: int, sort: str = "balanced") -> float:
    """Return how often the first quarter was seen for each time the last one was."""
    counts = sum(seen(scenario, run, sort) for run in range(runs))
    quarter = COMMENTS // 4
    last = counts[-quarter:].sum()
    return float(counts[:quarter].sum() / last) if last else float("inf")


def _visit(discussion, key, now):
    from deliberation.queries.visits import Reader, Visit
    from moderation.models import Policy

    return Visit(
        discussion=discussion, policy=Policy(), reader=Reader(key=key), now=now
    )


def large(size: int, owed: int):
    """Return a discussion of so many threads, the last of them owed readers."""
    from deliberation.models import Comment, VisitCount
    from tests.factories.deliberation import DiscussionFactory

    discussion = DiscussionFactory()
    Comment.objects.bulk_create(
        (
            Comment(
                discussion=discussion, text="Text", html="", language="en",
                created_at=BEGINNING + timedelta(days=8 if n >= size - owed else 0),
            )
            for n in range(size)
        ),
        batch_size=5_000,
    )  # fmt: skip
    VisitCount.objects.create(
        discussion=discussion, day=BEGINNING.date(), visits=10 * size
    )
    return discussion


def page_time(discussion) -> tuple[float, str]:
    """Return the median CPU milliseconds of a page here, and the plan of its longest query."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from deliberation.choices import Sort
    from deliberation.queries import threads

    now = BEGINNING + timedelta(days=9, hours=9)
    threads.page(_visit(discussion, "first", now), sort=Sort.BALANCED)
    times = []
    for reader in range(31):
        begun = time.process_time()
        threads.page(_visit(discussion, f"{reader}", now), sort=Sort.BALANCED)
        times.append(time.process_time() - begun)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        threads.page(_visit(discussion, "again", now), sort=Sort.BALANCED)
    return 1000 * statistics.median(times), plan(queries[0]["sql"])


def plan(sql: str) -> str:
    """Return how the database finds the rows of a query."""
    from django.db import connection

    how = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        cursor.execute(f"{how} {sql.replace('%', '%%')}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def main() -> int:
    """Print both tables; return 1 if the gate is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=6)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--database", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = (
            asked.database or f"sqlite:///{Path(folder, 'bench.sqlite3')}"
        )
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        missed = _fairness(asked.runs)
        _times(asked.large)
    return missed


def _fairness(runs: int) -> bool:
    sorts = ("newest", "oldest", "balanced")
    print(f"{'':36}", *(f"{sort:>9}" for sort in sorts))
    missed = False
    for name, (scenario, has_gate) in SCENARIOS.items() if runs else ():
        found = [ratio(scenario, runs, sort) for sort in sorts]
        print(f"{name:36}", *(f"{each:9.2f}" for each in found))
        missed |= has_gate and found[-1] > GATE
    return missed


def _times(size: int) -> None:
    from django.db import connection

    for number in (1_000, size):
        for owed in (10, number // 2, number - 10):
            discussion = large(number, owed)
            if connection.vendor == "postgresql":
                connection.cursor().execute("ANALYZE deliberation_comment")
            milliseconds, how = page_time(discussion)
            print(f"\n{number:,} threads, {owed:,} owed: {milliseconds:.1f} ms CPU")
            print(how)


if __name__ == "__main__":
    raise SystemExit(main())
