"""How fast threads are read and written, beside a floor and a peer, in one run.

    python -m bench.threads [--database postgres://...] [--keep FOLDER] [--no-peer]

Stores discussions of 1,000, 10,000 and 100,000 comments, deep and wide, serves the site
with gunicorn, and asks by turns for first pages, deep pages, the API's, posts and
reactions; for a floor, a view of one indexed query that renders 50 rows; and for
django-comments-xtd with the same comments, installed into a folder of its own. All in
the same processes, on the same database, behind the same middleware. Without --database,
a SQLite file in a temporary folder; a PostgreSQL database must be empty.
Exits with 1 if a goal is missed.
"""

import argparse
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

from bench.http_load import Contestant, children, race
from bench.threads_data import WORDS

ROOT = Path(__file__).resolve().parent.parent
PEER = ("django-comments-xtd==2.10.13", "django-contrib-comments==2.2.0")
SIZES = (1_000, 10_000, 100_000)
# Of these, the middle one is compared with the peer: it shows all comments on one page.
PEER_SIZE = 10_000
READERS, WRITERS = 97, 60
_PIP = [sys.executable, "-m", "pip", "install", "-qq", "--no-deps"]


def main() -> int:
    """Print the table; return 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", default="")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--keep", help="a folder for the database, to measure again")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = asked.keep or made
        if not asked.no_peer:
            _install(Path(folder, "peer"))
        os.environ["DATABASE_URL"] = asked.database or f"sqlite:///{folder}/b.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.threads_site"
        contestants = _set_up(asked.sizes, peer=not asked.no_peer)
        with _served(asked.workers) as (port, workers):
            race(
                contestants,
                port=port,
                workers=workers,
                rounds=asked.rounds,
                seconds=asked.seconds,
                clients=asked.clients,
            )
    return _tell({each.name: each for each in contestants}, asked.sizes)


def _install(folder: Path) -> None:
    """Fetch the peer into a folder that only this run and its server look into."""
    if not folder.exists():
        subprocess.run([*_PIP, "--target", str(folder), *PEER], check=True)
    sys.path.append(str(folder))
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(folder)])


def _set_up(sizes: list[int], *, peer: bool) -> list[Contestant]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench import threads_data
    from moderation.models import Participant
    from tests.factories.moderation import AccountFactory, ParticipantFactory

    call_command("migrate", verbosity=0)
    people = list(Participant.objects.filter(account__isnull=False))
    if not people:
        people = [
            ParticipantFactory(account=AccountFactory())
            for _ in range(threads_data.AUTHORS)
        ]
    discussions = {size: threads_data.stored(size, people) for size in sizes}
    if peer:
        threads_data.seed_peer(discussions[PEER_SIZE], people)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    asks = Asks(people)
    found = []
    for size, discussion in discussions.items():
        found += asks.of(size, discussion)
    if peer:
        found += asks.of_peer(discussions[PEER_SIZE])
    connection.close()
    return found


class Asks:
    """What is asked for: by many readers, and by writers who are signed in."""

    def __init__(self, people: list[Any]) -> None:
        from django.test import Client

        self.cookies = []
        for each in people[:WRITERS]:
            client = Client()
            client.force_login(
                each.account, "django.contrib.auth.backends.ModelBackend"
            )
            self.cookies.append(client.cookies["sessionid"].value)

    def of(self, size: int, discussion: Any) -> list[Contestant]:
        """Return what is asked of our site about one discussion."""
        from deliberation.models import Comment

        pk = discussion.pk
        page, api = f"/discussions/{pk}/", f"/api/v1/discussions/{pk}/comments"
        deep = _half_way(api)
        chain = Comment.objects.filter(discussion=pk).order_by("-depth").first()
        roots = list(
            Comment.objects.roots()
            .filter(discussion=pk)
            .order_by("-pk")
            .values_list("pk", flat=True)[:500]
        )
        named = [
            ("floor", f"/floor/{pk}/"),
            ("HTML first", page),
            ("HTML deep", f"{page}?cursor={deep}"),
            ("API first", api),
            ("API deep", f"{api}?cursor={deep}"),
            ("HTML oldest", f"{page}?sort=oldest"),
            ("permalink", f"/comments/{chain.pk}/"),
        ]
        found = [
            Contestant(f"{name}, {size:,}", _get(path, "text/html"))
            for name, path in named
        ]
        post = Contestant(
            f"post, {size:,}",
            lambda n: self._write(
                n,
                "POST",
                api,
                {
                    "text": _words(n, size),
                    "parent": roots[n % 500 % len(roots)] if n % 2 else None,
                },
            ),
            frozenset({201, 202}),
        )
        react = Contestant(
            f"react, {size:,}",
            lambda n: self._write(
                n // len(roots),
                "PUT",
                f"/api/v1/comments/{roots[n % len(roots)]}/reaction",
                {"kind": "agree"},
            ),
            frozenset({200, 403}),
        )
        return [*found, post, react]

    def of_peer(self, discussion: Any) -> list[Contestant]:
        """Return what is asked of the peer about the same discussion."""
        from django_comments_xtd.forms import XtdCommentForm
        from django_comments_xtd.models import XtdComment

        roots = list(
            XtdComment.objects.filter(level=0)
            .order_by("-pk")
            .values_list("pk", flat=True)[:500]
        )
        secure = XtdCommentForm(discussion).generate_security_data()

        def post(n: int):
            sent = secure | {
                "content_type": "deliberation.discussion",
                "object_pk": discussion.pk,
                "honeypot": "",
                "comment": _words(n),
                "reply_to": roots[n % len(roots)] if n % 2 else 0,
                "next": "/healthz",
                "csrfmiddlewaretoken": TOKEN,
            }
            return (
                "POST",
                "/peer-comments/post/",
                urlencode(sent).encode(),
                self._headers(n)
                | {"Content-Type": "application/x-www-form-urlencoded"},
            )

        return [
            Contestant(
                "peer page", _get(f"/peer/{discussion.pk}/", "text/html"), once=True
            ),
            Contestant(
                "peer API",
                _get(
                    f"/peer-comments/api/deliberation-discussion/{discussion.pk}/",
                    "application/json",
                ),
                once=True,
            ),
            Contestant("peer post", post, frozenset({302})),
        ]

    def _headers(self, n: int) -> dict[str, str]:
        cookie = self.cookies[n % len(self.cookies)]
        return {
            "Cookie": f"sessionid={cookie}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
        }

    def _write(self, n: int, method: str, path: str, body: dict[str, Any]):
        headers = self._headers(n) | {"Content-Type": "application/json"}
        return method, path, json.dumps(body).encode(), headers


TOKEN = "b" * 32
RUN = secrets.token_hex(4)


def _words(n: int, salt: int = 0) -> str:
    """Return a text that nobody said before, not in an earlier run either."""
    random = Random(f"{RUN}:{salt}:{n}")
    return " ".join(random.choices(WORDS.split(), k=40)) + "."


def _get(path: str, kind: str):
    def ask(n: int):
        # Another reader each time, and so another page in the balanced order.
        return "GET", path, b"", {"User-Agent": f"Reader {n % READERS}", "Accept": kind}

    return ask


def _half_way(api: str) -> str:
    """Return the cursor after half of the threads."""
    from django.test import Client

    client, cursors = Client(), [""]
    while cursors[-1] is not None:
        address = f"{api}?limit=100&cursor={cursors[-1]}"
        cursors.append(client.get(address).json()["next"])
    return str(cursors[len(cursors) // 2])


@contextmanager
def _served(workers: int) -> Iterator[tuple[int, list[int]]]:
    """Serve the site; yield the port and the ids of the processes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "home.wsgi:application", "--no-control-socket",
         "--workers", str(workers), "--bind", f"127.0.0.1:{port}", "--log-level", "error",
         "--timeout", "0"],
        cwd=ROOT,
    )  # fmt: skip
    try:
        for _try in range(300):
            time.sleep(0.2)
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
        time.sleep(3)
        yield port, list(children(server.pid))
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def _tell(found: dict[str, Contestant], sizes: list[int]) -> int:
    for each in found.values():
        print(
            f"{each.name:22} {each.rate:8.1f} requests/s {each.milliseconds:8.2f} ms CPU "
            f"{each.size / 1000:8.1f} kB"
        )
    missed = 0
    for name, one, other, goal, at_least in _goals(found, sizes):
        ratio = found[one].rate / found[other].rate
        cpu = found[other].milliseconds / found[one].milliseconds
        reached = ratio >= goal if at_least else ratio <= goal
        missed |= not reached
        print(
            f"{name:46} {ratio:8.2f} (by CPU {cpu:.2f}; goal {'>=' if at_least else '<='}"
            f" {goal}) {'' if reached else 'MISSED'}"
        )
    return missed


def _goals(found: dict[str, Contestant], sizes: list[int]):
    for size in sizes:
        floor = f"floor, {size:,}"
        for page in ("HTML first", "HTML deep"):
            yield f"{page} : floor, {size:,}", f"{page}, {size:,}", floor, 0.4, True
        for page in ("API first", "API deep"):
            yield f"{page} : floor, {size:,}", f"{page}, {size:,}", floor, 0.6, True
    few, many = f"{sizes[0]:,}", f"{sizes[-1]:,}"
    for page in ("HTML first", "HTML deep", "API first", "API deep"):
        yield f"{page}, {few} : {many}", f"{page}, {few}", f"{page}, {many}", 1.3, False
    if "peer page" in found:
        size = f"{PEER_SIZE:,}"
        yield "HTML first : peer page", f"HTML first, {size}", "peer page", 10, True
        yield "post : peer post", f"post, {size}", "peer post", 3, True


if __name__ == "__main__":
    raise SystemExit(main())
