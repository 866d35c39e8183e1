"""How long results take from the database, and how many votes a process takes.

    python -m bench.polls [--votes 225000 1000000] [--database postgres://...]

Without --database, a SQLite file in a temporary folder. A PostgreSQL database must be
empty and is left as it is. Times are CPU seconds of this process (wall in brackets).
"""

import argparse
import gc
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

ROOT = Path(__file__).resolve().parent.parent
STATEMENTS, VOTES_EACH = 200, 100
NEW_VOTES, REQUESTS, WARM = 1_000, 400, 20
PAIR = ("participant", "statement")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--votes", type=int, nargs="+", default=[225_000, 1_000_000])
    parser.add_argument("--database", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = asked.database or f"sqlite:///{folder}/b.sqlite3"
        _set_up()
        for votes in asked.votes:
            _measure(votes)


def _set_up() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.poll_settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _measure(votes: int) -> None:
    from django.db import connection
    from django.utils import timezone

    from deliberation.models import PackedVotes
    from deliberation.services import results

    poll = _seed(votes)
    print(f"\n{connection.vendor}, {poll.votes.count():,} votes")
    cold = _timed(lambda: results.refresh(poll=poll, now=timezone.now()))
    print(f"  results, cold                     {cold}")
    # The first run loads libraries too; this one starts from nothing as well.
    PackedVotes.objects.filter(poll=poll).delete()
    poll.snapshots.all().delete()
    again = _timed(lambda: results.refresh(poll=poll, now=timezone.now()))
    print(f"  results, cold, once more          {again}")
    _cast(poll, NEW_VOTES)
    warm = _timed(lambda: results.refresh(poll=poll, now=timezone.now()))
    print(f"  results after {NEW_VOTES:,} new votes     {warm}")
    print(f"  new : cold = 1 : {again.cpu / warm.cpu:.1f} (aim: 5 or more)")
    _serve(poll)


class _Time:
    def __init__(self, cpu: float, wall: float) -> None:
        self.cpu, self.wall = cpu, wall

    def __str__(self) -> str:
        return f"{self.cpu:7.2f} s CPU ({self.wall:.2f} s)"


def _timed(act) -> _Time:
    # So that none pays for what those before left behind, nor for looking it through.
    gc.collect()
    gc.freeze()
    cpu, wall = time.process_time(), time.perf_counter()
    act()
    return _Time(time.process_time() - cpu, time.perf_counter() - wall)


def _seed(votes: int):
    """Make a poll with four camps, loaded in bulk."""
    import numpy as np
    from django.utils import timezone
    from wagtail.models import Page, Site

    from deliberation.models import Poll, Statement
    from moderation.services import participants

    now = timezone.now()
    home = Site.objects.get(is_default_site=True).root_page
    page = home.add_child(instance=Page(title=f"Bench {votes}"))
    poll = Poll.objects.create(page_id=page.pk, title="Bench", results="always")
    people = votes // VOTES_EACH
    found = participants.for_origins(
        origins=[f"bench:{votes}:{n}" for n in range(people)], now=now
    )
    Statement.objects.bulk_create(
        Statement(poll=poll, number=n, text=f"Statement {n}", html="", created_at=now)
        for n in range(STATEMENTS)
    )
    statements = list(poll.statements.order_by("pk").values_list("pk", flat=True))
    rng = np.random.default_rng(0)
    leaning = rng.normal(0, 1, (4, STATEMENTS))

    def ballots():
        for place, pk in enumerate(found.values()):
            seen = rng.choice(STATEMENTS, VOTES_EACH, replace=False)
            score = leaning[place % 4, seen] + rng.normal(0, 1, VOTES_EACH)
            stances = np.where(abs(score) < 0.2, 0, np.sign(score)).astype(int)
            for j, stance in zip(seen.tolist(), stances.tolist(), strict=True):
                yield poll.pk, pk, statements[j], stance, False, now

    _load(ballots())
    return poll


def _load(rows) -> None:
    """Store votes as fast as the database can."""
    from django.db import connection, transaction

    columns = "poll_id, participant_id, statement_id, stance, is_important, cast_at"
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY deliberation_vote ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany(
                f"INSERT INTO deliberation_vote ({columns})"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                ((*row[:-1], str(row[-1].replace(tzinfo=None))) for row in rows),
            )
    with connection.cursor() as cursor:
        # As PostgreSQL would have done by itself soon after so many rows.
        cursor.execute(
            "VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE"
        )


def _cast(poll, number: int) -> None:
    """Store new votes as the service would: some are changed, most are new."""
    from django.utils import timezone

    from deliberation.choices import Stance
    from deliberation.services import votes
    from moderation.models import Participant

    statements = list(poll.statements.select_related("poll"))
    voters = Participant.objects.filter(votes__poll=poll).distinct()[: number // 10]
    for voter in voters:
        for statement in statements[:10]:
            votes.cast(
                statement=statement,
                participant=voter,
                stance=Stance.PASS,
                now=timezone.now(),
            )


def _serve(poll) -> None:
    from django.test import Client

    from moderation.models import Participant
    from moderation.services.participants import hash_token

    found = poll.votes.order_by("pk").values_list("participant", flat=True)
    ids = list(dict.fromkeys(found[: 50 * VOTES_EACH]))[:50]
    tokens, voters = [], list(Participant.objects.filter(pk__in=ids).order_by("pk"))
    for place, voter in enumerate(voters):
        token = f"bench-{poll.pk}-{place}"
        Participant.objects.filter(pk=voter.pk).update(
            guest_token_hash=hash_token(token)
        )
        tokens.append(token)
    client = Client()
    statements = list(poll.statements.values_list("pk", flat=True))
    cast = set(poll.votes.filter(participant__in=voters).values_list(*PAIR))
    pairs = [(v, s) for s in range(STATEMENTS) for v in range(len(voters))]
    first, again = [], []
    for v, s in pairs:
        is_cast = (voters[v].pk, statements[s]) in cast
        (again if is_cast else first).append((v, s))

    def send(method: str, path: str, voter: int, data=None) -> int:
        answer = client.generic(
            method,
            path,
            json.dumps(data) if data else "",
            content_type="application/json",
            headers={"X-Guest-Token": tokens[voter]},
        )
        return answer.status_code

    def vote(voter: int, place: int) -> int:
        path = f"/api/v1/statements/{statements[place]}/vote"
        return send("PUT", path, voter, {"stance": "agree"})

    def insert(voter: int, place: int) -> int:
        path = f"/floor/insert/{poll.pk}/{statements[place]}/{voters[voter].pk}/"
        return send("POST", path, voter)

    def known_insert(voter: int, place: int) -> int:
        return send("POST", f"/floor/insert/{poll.pk}/{statements[place]}/", voter)

    def select(voter: int, place: int) -> int:
        return send("GET", f"/floor/select/{statements[place]}/", voter)

    def known_select(voter: int, place: int) -> int:
        return send("GET", f"/floor/known-select/{statements[place]}/", voter)

    _compare(
        {
            "insert one row": lambda n: insert(*pairs[n]),
            "know who calls, insert one row": lambda n: known_insert(*pairs[n]),
            "PUT vote": lambda n: vote(*first[n]),
            "PUT vote, a changed one": lambda n: vote(*again[n]),
        }
    )
    _compare(
        {
            "select one row": lambda n: select(*pairs[n]),
            "know who calls, select one row": lambda n: known_select(*pairs[n]),
            "GET next": lambda n: send(
                "GET", f"/api/v1/polls/{poll.pk}/next", pairs[n][0]
            ),
        }
    )


def _compare(acts) -> None:
    """Send one request of each in turn, so that all meet the same load."""
    # Or one of them would pay for tidying up all that was made before.
    gc.collect()
    gc.freeze()
    walls, cpus = {name: [] for name in acts}, {name: [] for name in acts}
    for place in range(WARM + REQUESTS):
        for name, act in acts.items():
            wall, cpu = time.perf_counter(), time.process_time()
            if (status := act(place)) != 200:
                raise SystemExit(f"{name}: {status}")
            if place >= WARM:
                cpus[name].append(time.process_time() - cpu)
                walls[name].append(time.perf_counter() - wall)
    floors = list(acts)[:2]
    for name, taken in walls.items():
        p95 = statistics.quantiles(taken, n=20)[-1] * 1000
        cpu = statistics.median(cpus[name]) * 1000
        shares = [f"{sum(walls[floor]) / sum(taken):.0%}" for floor in floors]
        of_cpu = [f"{sum(cpus[floor]) / sum(cpus[name]):.0%}" for floor in floors]
        print(
            f"  {name:<31} {REQUESTS / sum(taken):5.0f} requests/s, p95 {p95:6.1f} ms, "
            f"{cpu:5.2f} ms CPU; of both floors {', '.join(shares)}, "
            f"by CPU {', '.join(of_cpu)}"
        )


if __name__ == "__main__":
    main()
