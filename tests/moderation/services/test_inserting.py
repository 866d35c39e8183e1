from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from moderation.models import IdempotentReply
from moderation.services.inserting import PreparedInsert

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    return PreparedInsert(IdempotentReply)


@pytest.fixture
def reply(now):
    def made(key="k", **fields):
        fields = {"status": 201, "body": "Grüße", "created_at": now} | fields
        return IdempotentReply(caller="form", key=key, **fields)

    return made


class TestANewRow:
    def test_is_stored_as_django_would(self, store, reply, now):
        row = store.new(reply(created_at=now + timedelta(microseconds=1)))
        found = IdempotentReply.objects.get()
        for field in IdempotentReply._meta.concrete_fields:
            assert getattr(found, field.attname) == getattr(row, field.attname)

    def test_has_its_key_and_can_be_saved_again(self, store, reply):
        row = store.new(reply(status=None))
        row.status = 409
        row.save()
        assert IdempotentReply.objects.get().status == 409

    def test_keeps_the_databases_constraints(self, store, reply):
        store.new(reply())
        with pytest.raises(IntegrityError), transaction.atomic():
            store.new(reply())

    def test_is_asked_for_by_the_same_sql_each_time(
        self, store, reply, django_assert_num_queries
    ):
        with django_assert_num_queries(8) as asked:
            for number in range(8):
                store.new(reply(key=str(number)))
        assert IdempotentReply.objects.count() == len(asked) == 8


class TestUnlessThere:
    def test_stores_the_first_and_leaves_it_as_it_is(self, store, reply):
        assert store.unless_there(reply(body="first")).pk
        assert store.unless_there(reply(body="second")) is None
        assert IdempotentReply.objects.get().body == "first"

    def test_stores_of_many_those_that_are_not(self, store, reply):
        store.new(reply(key="b", body="first"))
        store.each_unless_there(reply(key=key, body="second") for key in "abc")
        found = dict(IdempotentReply.objects.values_list("key", "body"))
        assert found == {"a": "second", "b": "first", "c": "second"}
        store.each_unless_there([])
