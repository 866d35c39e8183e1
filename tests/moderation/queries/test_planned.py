"""SQL that goes to the driver itself behaves as by Django's cursors."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from moderation.models import Policy
from moderation.queries import planned
from tests.factories.moderation import PolicyFactory

pytestmark = pytest.mark.django_db

NAMES = "SELECT name FROM moderation_policy WHERE name LIKE 'Street%%' AND review = %s"
RENAME = "UPDATE moderation_policy SET name = %(new)s WHERE name = %(old)s"


@pytest.fixture(autouse=True)
def policies():
    for name in ("Street trees", "Street lamps", "House rules"):
        PolicyFactory(name=name, review="after")


@pytest.fixture(params=[False, True], ids=["alone", "watched"])
def watched(request):
    """Ask once as on a site, and once while somebody looks on."""
    connection.force_debug_cursor = request.param
    yield
    connection.force_debug_cursor = False


@pytest.mark.usefixtures("watched")
class TestAStatement:
    def test_finds_rows_by_values_in_their_order(self):
        assert sorted(planned.rows(NAMES, ["after"])) == [
            ("Street lamps",),
            ("Street trees",),
        ]

    def test_takes_values_by_name_and_tells_how_many_it_changed(self):
        names = {"old": "House rules", "new": "100 % ours"}
        assert planned.change(RENAME, names) == 1
        assert planned.change(RENAME, names) == 0
        assert Policy.objects.filter(name="100 % ours").exists()

    def test_is_done_with_each_of_many(self):
        sql = "UPDATE moderation_policy SET name = %s WHERE name = %s"
        planned.change_each(sql, [["A", "Street trees"], ["B", "Street lamps"]])
        assert Policy.objects.filter(name__in="AB").count() == 2

    def test_fails_as_django_would_and_can_be_undone(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            planned.change(RENAME, {"old": "House rules", "new": "Street trees"})
        with pytest.raises(DatabaseError), transaction.atomic():
            planned.rows("SELECT nothing FROM nowhere WHERE it = %s", [1])
        assert Policy.objects.filter(name="House rules").exists()

    def test_is_not_asked_in_a_transaction_that_is_lost(self):
        with transaction.atomic():
            transaction.set_rollback(True)
            with pytest.raises(TransactionManagementError):
                planned.rows(NAMES, ["after"])
            transaction.set_rollback(False)


class TestWhoeverLooksOn:
    def test_counts_it(self, django_assert_num_queries):
        with django_assert_num_queries(1) as asked:
            planned.rows(NAMES, ["after"])
        assert "moderation_policy" in asked.captured_queries[0]["sql"]

    def test_may_stand_between(self):
        seen = []

        def hear(execute, sql, params, many, context):
            seen.append((sql, params))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(hear):
            planned.rows(NAMES, ["after"])
        assert seen == [(NAMES, ["after"])]
