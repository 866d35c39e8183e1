import pytest
from django.db.models import QuerySet
from django.db.models.functions import Upper
from django.utils import timezone

from moderation.models import Participant
from moderation.queries.prepared import (
    Given,
    GivenList,
    PreparedObjects,
    PreparedQuery,
)
from tests.factories.moderation import ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_name():
    return PreparedQuery(
        lambda: Participant.objects.filter(
            pseudonym=Given("name"), created_at__lte=Given("until")
        ).values_list("pk", "created_at")
    )


class TestAPreparedQuery:
    def test_finds_what_the_queryset_finds(self, by_name, now):
        fern = ParticipantFactory(pseudonym="Fern", created_at=now)
        ParticipantFactory(pseudonym="Finch", created_at=now)
        assert by_name.rows(name="Fern", until=now) == [(fern.pk, now)]
        assert timezone.is_aware(by_name.first(name="Fern", until=now)[1])

    def test_goes_by_the_values_of_each_time(self, by_name, now):
        ParticipantFactory(pseudonym="Fern", created_at=now)
        finch = ParticipantFactory(pseudonym="Finch", created_at=now)
        by_name.first(name="Fern", until=now)
        assert by_name.first(name="Finch", until=now) == (finch.pk, now)
        assert by_name.first(name="' OR 1=1 --", until=now) is None

    def test_finds_the_same_once_the_database_keeps_a_plan(self, by_name, now):
        fern = ParticipantFactory(pseudonym="Fern", created_at=now)
        found = [by_name.rows(name="Fern", until=now) for _ in range(8)]
        assert found == [[(fern.pk, now)]] * 8

    def test_finds_nothing_for_a_number_beyond_all_ids(self):
        by_id = PreparedQuery(
            lambda: Participant.objects.filter(pk=Given("pk")).values_list("pk")
        )
        assert by_id.rows(pk=10**30) == []

    def test_builds_its_sql_once(self, by_name, now, monkeypatch):
        by_name.first(name="Fern", until=now)
        monkeypatch.setattr(QuerySet, "filter", None)
        assert by_name.first(name="Fern", until=now) is None


class TestPreparedObjects:
    def test_are_what_the_queryset_makes_of_them(self, django_assert_num_queries):
        person = ParticipantFactory(with_account=True)
        guest = ParticipantFactory()
        by_id = PreparedObjects(
            lambda: (
                Participant.objects.filter(pk__in=GivenList("pks", 2))
                .select_related("account")
                .annotate(name=Upper("pseudonym"))
                .order_by("pk")
            )
        )
        with django_assert_num_queries(1):
            first, second = by_id.all(pks=[person.pk, guest.pk])
            assert (first, first.account) == (person, person.account)
            assert second.account is None
        assert first.created_at == person.created_at
        assert first.name == person.pseudonym.upper()
        first.save()
        assert by_id.all(pks=[10**30, guest.pk]) == []
