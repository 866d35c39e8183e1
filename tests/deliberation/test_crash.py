"""The server is killed in the middle of a burst: what it acknowledged is there, once."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPException
from threading import Event
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from deliberation.models import Comment
from moderation.services import participants
from tests.factories.deliberation import DiscussionFactory
from tests.factories.moderation import PolicyFactory

# A process of its own needs real commits; they leave the migrated rows as they were.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

WRITERS, ENOUGH = 4, 40
START_SECONDS = 120


def database_url():
    """Return where the rows of this test are, for another process."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    known = connection.settings_dict
    who = quote(known["USER"], safe="")
    secret = f":{quote(known['PASSWORD'], safe='')}" if known["PASSWORD"] else ""
    return f"postgres://{who}{secret}@{known['HOST']}:{known['PORT'] or 5432}/{name}"


@contextmanager
def served(port):
    """Serve the site as production does, with two workers; yield how to kill it."""
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "home.wsgi:application"),
            *("--workers", "2", "--no-control-socket", "--log-level", "critical"),
            *("--bind", f"127.0.0.1:{port}"),
        ],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "tests.settings"},
        start_new_session=True,
    )

    def kill():
        # The whole group at once: nobody is left to say goodbye.
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()

    try:
        wait_for(port, server)
        yield kill
    finally:
        if server.poll() is None:
            kill()


def wait_for(port, server):
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=30)
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("The server did not start.")


def send(port, discussion, token, text):
    """Post a text; return the status and the id, None if no whole answer came."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1/discussions/{discussion.pk}/comments",
        json.dumps({"text": text, "agreed": True}).encode(),
        {
            "Content-Type": "application/json",
            "X-Guest-Token": token,
            "Idempotency-Key": text,
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)["id"]
    except urllib.error.HTTPError as refused:
        return refused.code, None
    # A kill between head and body ends an answer in the middle (`IncompleteRead`).
    except (OSError, HTTPException):
        return None, None


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def discussion():
    return DiscussionFactory(policy=PolicyFactory(for_guests=True, rules=[]))


def test_every_acknowledged_comment_is_there_exactly_once(discussion, port):
    tokens = [
        participants.start_guest(now=timezone.now(), language="en")[1]
        for _ in range(WRITERS)
    ]
    acknowledged, tried, enough = {}, [], Event()

    def burst(place):
        for number in range(10_000):
            text = f"Comment {number} of writer {place}."
            tried.append((place, text))
            status, pk = send(port, discussion, tokens[place], text)
            if status is None:
                return
            assert status == 201
            acknowledged[text] = pk
            if len(acknowledged) >= ENOUGH:
                enough.set()

    with ThreadPoolExecutor(WRITERS) as pool, served(port) as kill:
        writers = [pool.submit(burst, place) for place in range(WRITERS)]
        assert enough.wait(START_SECONDS)
        kill()
        for writer in writers:
            writer.result()

    stored = Counter(discussion.comments.values_list("text", flat=True))
    assert stored.keys() >= acknowledged.keys()
    assert set(stored.values()) == {1}

    # Whoever sends the same again, unsure, makes no second one.
    with served(port):
        for place, text in tried:
            status, pk = send(port, discussion, tokens[place], text)
            if text in acknowledged:
                assert (status, pk) == (201, acknowledged[text])
            else:
                assert status in {201, 409}
    again = Counter(Comment.objects.values_list("text", flat=True))
    assert set(again.values()) == {1}
    assert again.keys() >= acknowledged.keys()
