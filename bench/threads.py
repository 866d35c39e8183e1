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
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.http_load import Contestant, Failed, Server, children

ROOT = Path(__file__).resolve().parent.parent
PEER = ("django-comments-xtd==2.10.13", "django-contrib-comments==2.2.0")
SIZES = (1_000, 10_000, 100_000)
# Compared with the peer, which shows all comments on one page; or else the largest.
PEER_SIZE = 10_000
_PIP = [sys.executable, "-m", "pip", "install", "-qq", "--no-deps"]


def main() -> int:
    """Print the table; return 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", default="")
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=0.4)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--keep", help="a folder for the database, to measure again")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(asked.keep or made)
        folder.mkdir(parents=True, exist_ok=True)
        if not asked.no_peer:
            _install(folder / "peer")
        os.environ["DATABASE_URL"] = asked.database or f"sqlite:///{folder}/b.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.threads_site"
        contestants = _set_up(asked.sizes, peer=not asked.no_peer)
        try:
            for of_writing in (False, True):
                with _served(asked.workers) as (port, workers):
                    Server(port=port, workers=workers, clients=asked.clients).race(
                        [each for each in contestants if each.is_write is of_writing],
                        rounds=asked.rounds,
                        seconds=asked.seconds,
                    )
        except Failed as failed:
            print(failed, file=sys.stderr)
            return 2
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

    from bench import threads_asks, threads_data, threads_peer
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
        threads_peer.seed(discussions[_peer_size(sizes)], people)
    with connection.cursor() as cursor:
        # As PostgreSQL would have done by itself soon after so many rows.
        cursor.execute(
            "VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE"
        )
    writers = threads_asks.Writers(people)
    found = []
    for size, discussion in discussions.items():
        found += threads_asks.of_discussion(size, discussion.pk, writers)
    if peer:
        found += threads_peer.of_discussion(discussions[_peer_size(sizes)], writers)
    connection.close()
    return found


def _peer_size(sizes: list[int]) -> int:
    return PEER_SIZE if PEER_SIZE in sizes else max(sizes)


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
        # At once: a page of minutes may still be in the making.
        server.send_signal(signal.SIGINT)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            for worker in children(server.pid):
                os.kill(worker, signal.SIGKILL)
            server.kill()


def _tell(found: dict[str, Contestant], sizes: list[int]) -> int:
    for each in found.values():
        print(
            f"{each.name:22} {each.rate:9.3f} requests/s {each.milliseconds:9.2f} ms CPU "
            f"{each.size / 1000:9.1f} kB {'no answer in time' if each.gave_up else ''}"
            f"{f'{each.failures} failed' if each.failures else ''}"
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
        size = f"{_peer_size(sizes):,}"
        yield "HTML first : peer page", f"HTML first, {size}", "peer page", 10, True
        for way in ("post", "post by form"):
            yield f"{way} : peer {way}", f"{way}, {size}", f"peer {way}", 3, True


if __name__ == "__main__":
    raise SystemExit(main())
