"""A real site for a real browser: its own process, database, files and mailbox."""

import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.journeys.site import Account, DemoSite
from tests.journeys.visitor import Visitor

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
START_SECONDS = 60


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Drive the Chromium of the system; none is downloaded."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM}


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[DemoSite]:
    """Serve the demonstration as its README does, for the whole run."""
    folder = tmp_path_factory.mktemp("site")
    port = _free_port()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "home.settings.dev",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "EMAIL_URL": f"filemail://{folder / 'mail'}",
        "MEDIA_ROOT": str(folder / "media"),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "PYTHONUNBUFFERED": "1",
    }

    def manage(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    manage("migrate", "--verbosity", "0")
    told = manage("seed_demo")
    log = (folder / "server.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "manage.py", "runserver", "--noreload", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    site = DemoSite(
        address=environment["PUBLIC_URL"],
        mailbox=folder / "mail",
        log=folder / "server.log",
        accounts=_accounts(told),
        manage=manage,
    )
    try:
        _wait_for(site, server)
        yield site
    finally:
        server.terminate()
        server.wait()
        log.close()


@pytest.fixture
def visitor(browser: Browser, site: DemoSite) -> Iterator[Visitor]:
    """Return somebody with a browser of their own who is not signed in."""
    yield from _visitor(browser.new_context(base_url=site.address), site)


@pytest.fixture
def another_visitor(browser: Browser, site: DemoSite) -> Iterator[Visitor]:
    """Return a second person, with another browser."""
    yield from _visitor(browser.new_context(base_url=site.address), site)


def _visitor(context: BrowserContext, site: DemoSite) -> Iterator[Visitor]:
    visitor = Visitor(context.new_page(), site)
    yield visitor
    context.close()
    assert not visitor.complaints, "\n".join(visitor.complaints)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _accounts(told: str) -> dict[str, Account]:
    """Read who may sign in from what the command tells a person."""
    found = re.findall(r"^  (\S+?)(@\S+)\s+(\S+)", told, re.MULTILINE)
    return {name: Account(name + host, password) for name, host, password in found}


def _wait_for(site: DemoSite, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(site.address + "/healthz", timeout=5)
        except OSError:
            time.sleep(0.3)
        else:
            return
    pytest.fail("The site did not start:\n" + site.log.read_text())
