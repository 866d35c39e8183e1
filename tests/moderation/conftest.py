"""What the tests of the floor share."""

import time
from contextlib import contextmanager

import pytest


@pytest.fixture
def within_seconds():
    """Return a context manager that fails if its block computes for longer.

    Twice the time is given, because a processor that others use as well is slower.
    """

    @contextmanager
    def at_most(seconds: float):
        start = time.thread_time()
        yield
        assert time.thread_time() - start < 2 * seconds

    return at_most
