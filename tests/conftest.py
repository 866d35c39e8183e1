"""What every test may use."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.utils import timezone, translation
from wagtail.signal_handlers import disable_reference_index_auto_update

from tests import database


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """Give the run a migrated database of its own instead of migrating anew."""
    # No test asks what refers to what.
    with (
        django_db_blocker.unblock(),
        database.fresh_copy(),
        disable_reference_index_auto_update(),
    ):
        yield


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture(autouse=True)
def _own_language_and_time_zone():
    # A page that was asked for in Arabic leaves Arabic to the test after it.
    translation.deactivate()
    timezone.deactivate()


@pytest.fixture
def now() -> datetime:
    """Return a fixed moment, for services and queries that are told the time."""
    return datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
