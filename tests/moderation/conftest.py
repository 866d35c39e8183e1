"""What the tests of the floor share."""

import time
from contextlib import contextmanager

import pytest


@pytest.fixture
def within_seconds():
    """Return a context manager that fails if its block computes for longer."""

    @contextmanager
    def at_most(seconds: float):
        start = time.thread_time()
        yield
        assert time.thread_time() - start < seconds

    return at_most
