"""What every test may use."""

import time
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.utils import timezone, translation
from wagtail.signal_handlers import disable_reference_index_auto_update

from tests import database

# How long an ordinary processor takes for `_yardstick`.
ORDINARY_SECONDS = 0.02


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


@pytest.fixture
def within_seconds():
    """Return a context manager that fails if its block computes for longer.

    Twice the time is given, because a processor that others use as well is slower; and
    in proportion more on one that is seen to be slow just then.
    """

    @contextmanager
    def at_most(seconds: float):
        before, start = _yardstick(), time.thread_time()
        yield
        took = time.thread_time() - start
        slowness = max(1, before / ORDINARY_SECONDS, _yardstick() / ORDINARY_SECONDS)
        assert took < 2 * seconds * slowness

    return at_most


def _yardstick() -> float:
    """Return the processor's seconds for the same bit of work each time."""
    start, total = time.thread_time(), 0
    for number in range(200_000):
        total += number * number % 7
    return time.thread_time() - start
