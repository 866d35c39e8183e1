"""Serves the demonstration."""

import subprocess
import time
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

from home.bootstrap.steps import ROOT, Problem, child_variables, say

STARTS_WITHIN_SECONDS = 120


def serve(
    manage: Sequence[Path], url: str, sign_in: str, variables: Mapping[str, str]
) -> int:
    """Serve until Ctrl-C, once it answers say where it is and who may sign in."""
    # Django's own server is threaded and runs wherever Python does; gunicorn does
    # not run on Windows. Static files come from whitenoise, as in production.
    address = url.removeprefix("http://").rstrip("/")
    server = subprocess.Popen(
        [*manage, "runserver", "--noreload", address],
        cwd=ROOT,
        env=child_variables({**variables, "DJANGO_RUNSERVER_HIDE_WARNING": "true"}),
    )
    try:
        await_answer(server, url + "healthz")
        say(f"\nFolkmoot is running at {url}\n\n{sign_in}\n")
        say("E-mails to people appear below. Stop with Ctrl-C.")
        return server.wait()
    except KeyboardInterrupt:
        say("\nStopped. The same command starts it again.")
        return 0
    finally:
        server.terminate()
        server.wait()


def await_answer(server: subprocess.Popen[bytes], url: str) -> None:
    """Return once the URL answers; raise Problem if the server ends or is too slow."""
    # A proxy for the outside world must not be asked for this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            opener.open(url, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise Problem("The server did not start; the lines above say why.")
