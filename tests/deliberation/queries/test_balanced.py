from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import threads_live, threads_order
from deliberation.choices import Sort
from deliberation.models import VisitCount
from deliberation.queries import lanes, threads
from deliberation.queries.visits import Reader, Visit
from deliberation.services import visits
from moderation.models import Policy
from tests.factories.deliberation import CommentFactory, DiscussionFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def discussion(now):
    """Return one with 30 old threads that were read a lot, and 10 later ones."""
    found = DiscussionFactory()
    for number in range(40):
        written = now - 9 * DAY if number < 30 else now - DAY
        CommentFactory(discussion=found, created_at=written, text=f"Text {number}")
    VisitCount.objects.create(discussion=found, day=(now - 8 * DAY).date(), visits=100)
    return found


@pytest.fixture
def visit(discussion, now):
    def _visit(at=now, key="me"):
        return Visit(
            discussion=discussion, policy=Policy(), reader=Reader(key=key), now=at
        )

    return _visit


def first_page(visit):
    return threads.page(visit, sort=Sort.BALANCED)


def is_late(node, now):
    return node.source.created_at > now - 2 * DAY


class TestTwoHundredReadersOfSixtyComments:
    @pytest.mark.parametrize(
        "name", [name for name, (_, gate) in threads_order.SCENARIOS.items() if gate]
    )
    @pytest.mark.slow
    def test_see_the_first_quarter_hardly_more_often_than_the_last(self, name):
        scenario, _gate = threads_order.SCENARIOS[name]
        assert threads_live.ratio(scenario, runs=1) < threads_order.GATE


class TestLateThreads:
    def test_come_first_until_they_were_seen_as_often(self, visit, now):
        late = [is_late(node, now) for node in first_page(visit()).nodes]
        assert sum(late) == 10
        assert not late[5]

    def test_are_like_others_once_they_were(self, visit, discussion, now):
        later = now + 3 * DAY
        for day in (now.date(), (now + DAY).date()):
            VisitCount.objects.create(discussion=discussion, day=day, visits=100)
        assert lanes.owed_since(discussion, now=later) > now - DAY

    def test_are_owed_since_a_midnight_of_the_town(self, discussion, now):
        with timezone.override("Europe/Berlin"):
            since = timezone.localtime(lanes.owed_since(discussion, now=now))
        assert (since.hour, since.minute) == (0, 0)
        assert now - 9 * DAY < since < now - DAY

    def test_of_today_are_always_among_them(self, visit, discussion, now):
        new = CommentFactory(discussion=discussion, created_at=now)
        assert new in [node.source for node in first_page(visit()).nodes]


class TestGoingOn:
    @pytest.mark.parametrize("limit", [3, 7, 20])
    def test_shows_everything_once_past_midnight(self, visit, discussion, now, limit):
        found, after, at = [], None, now
        while True:
            page = threads.page(
                visit(at=at), sort=Sort.BALANCED, after=after, limit=limit
            )
            found += [node.source.pk for node in page.nodes]
            after, at = page.next, at + DAY
            if after is None:
                break
        assert len(found) == 40
        assert len(set(found)) == 40

    def test_mixes_as_one_long_page_would(self, visit):
        whole = threads.page(visit(), sort=Sort.BALANCED, limit=40)
        first = threads.page(visit(), sort=Sort.BALANCED, limit=7)
        rest = threads.page(visit(), sort=Sort.BALANCED, limit=40, after=first.next)
        assert [n.source for n in first.nodes + rest.nodes] == [
            n.source for n in whole.nodes
        ]


# PostgreSQL plans small tables by their size: `bench.threads_live` prints large ones.
@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the plans of SQLite")
class TestThePlan:
    @pytest.mark.parametrize(
        ("few", "index"),
        [(0, "comment_roots_by_place"), (500, "comment_roots_by_time")],
    )
    def test_is_ranges_of_an_index(self, visit, monkeypatch, few, index):
        monkeypatch.setattr(lanes, "FEW", few)
        first_page(visit())
        with CaptureQueriesContext(connection) as queries:
            first_page(visit())
        sql = next(q["sql"] for q in queries if "UNION ALL" in q["sql"])
        plan = threads_live.plan(sql)
        assert plan.count(index) == 4
        assert "SCAN deliberation_comment" not in plan


class TestVisits:
    def stored(self, discussion, day):
        row = VisitCount.objects.filter(discussion=discussion, day=day).first()
        return row.visits if row else 0

    def test_are_counted_and_stored_now_and_then(self, visit, discussion, now):
        for _ in range(5):
            visits.count(visit(), sort=Sort.BALANCED, after=None)
        assert self.stored(discussion, now.date()) == 1
        visits.store(discussion, now=now)
        visits.store(discussion, now=now)
        assert self.stored(discussion, now.date()) == 5

    def test_of_yesterday_are_stored_today(self, visit, discussion, now):
        for _ in range(2):
            visits.count(visit(), sort=Sort.BALANCED, after=None)
        visits.store(discussion, now=now + DAY)
        assert self.stored(discussion, now.date()) == 2

    def test_are_first_pages_of_the_balanced_order_only(self, visit, discussion, now):
        visits.count(visit(), sort=Sort.NEWEST, after=None)
        visits.count(visit(), sort=Sort.BALANCED, after=(1,) * 7)
        visits.store(discussion, now=now)
        assert not self.stored(discussion, now.date())

    def test_write_nothing_on_most_pages(self, visit, django_assert_num_queries):
        visits.count(visit(), sort=Sort.BALANCED, after=None)
        with django_assert_num_queries(0):
            visits.count(visit(), sort=Sort.BALANCED, after=None)

    def test_are_counted_on_pages_and_in_the_api(self, client, discussion):
        VisitCount.objects.all().delete()
        client.get(f"/discussions/{discussion.pk}/")
        assert VisitCount.objects.get().visits == 1
        client.get(f"/api/v1/discussions/{discussion.pk}/comments")
        row = VisitCount.objects.get()
        visits.store(discussion, now=timezone.now())
        row.refresh_from_db()
        assert row.visits == 2

    def test_is_told_in_words_that_an_old_link_has_no_place(self, client, discussion):
        old = "WzEsIDIsIDNd"
        response = client.get(
            f"/api/v1/discussions/{discussion.pk}/comments?cursor={old}"
        )
        assert response.status_code in {400, 422}
        assert "cursor" in response.content.decode()
        page = client.get(f"/discussions/{discussion.pk}/?cursor={old}")
        assert "This is the beginning" in page.content.decode()
