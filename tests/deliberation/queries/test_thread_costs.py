"""What threads cost: the same queries at any size, and none that reads a whole table."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliberation.choices import Sort
from deliberation.queries import threads
from tests.deliberation.queries.long_discussions import many
from tests.factories.moderation import ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.mark.slow
class TestTheCost:
    @pytest.mark.parametrize("sort", Sort)
    def test_is_six_queries_at_any_size(
        self, discussion, visit, sort, django_assert_max_num_queries
    ):
        reader = visit(ParticipantFactory())
        many(discussion, 2)
        # Which threads are owed readers is found out once a day.
        threads.page(reader, sort=sort)
        for size in (10, 90, 9_900):
            roots = many(discussion, size // 2)
            many(
                discussion,
                size // 2,
                parent=lambda n, roots=roots: roots[n % len(roots) // 5],
                root=lambda n, roots=roots: roots[n % len(roots) // 5],
                number=lambda n, roots=roots: n + 1,
                depth=lambda _n: 1,
            )
            with django_assert_max_num_queries(6):
                threads.page(reader, sort=sort)

    @pytest.mark.skipif(
        connection.vendor != "sqlite", reason="reads the plans of SQLite"
    )
    @pytest.mark.parametrize("sort", Sort)
    def test_goes_through_no_table_and_no_whole_discussion(
        self, discussion, visit, sort
    ):
        many(discussion, 30)
        with CaptureQueriesContext(connection) as asked:
            threads.page(visit(ParticipantFactory()), sort=sort)
        plans = [step for query in asked for step in plan(query["sql"])]
        replies = "USING INDEX deliberation_comment_discussion_id"
        assert not [s for s in plans if s.startswith("SCAN deliber") or replies in s]

    @pytest.mark.parametrize("sort", Sort)
    def test_asks_nothing_that_postgresql_may_read_all_comments_for(
        self, discussion, visit, sort
    ):
        many(discussion, 3)
        with CaptureQueriesContext(connection) as asked:
            threads.page(visit(ParticipantFactory()), sort=sort)
        assert not [each for each in asked if "EXISTS" in each["sql"]]


def plan(sql):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[-1] for row in cursor.fetchall()]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows of nulls")
class TestTheNextThreads:
    def test_are_looked_for_in_their_own_discussion(self, discussion, visit):
        roots = many(discussion, 60)
        many(
            discussion,
            180,
            parent=lambda n: roots[n // 3],
            root=lambda n: roots[n // 3],
            number=lambda n: n % 3 + 1,
            depth=lambda _n: 1,
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            with CaptureQueriesContext(connection) as asked:
                threads.page(visit(), sort=Sort.BALANCED)
            (lanes,) = [q["sql"] for q in asked.captured_queries if "lane," in q["sql"]]
            cursor.execute(f"EXPLAIN QUERY PLAN {lanes}")
            steps = [row[3] for row in cursor.fetchall()]
        ways = {step for step in steps if step.startswith(("SEARCH c ", "SCAN c "))}
        assert ways
        assert all("(discussion_id=?" in way for way in ways), ways
