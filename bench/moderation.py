"""How long the register takes to check, and the queue to open, when much is in them.

    python -m bench.moderation [--lines 100000] [--waiting 10000]

Works on a SQLite database of its own that is thrown away. The register is measured
against reading its rows alone; the queue against the same page with 100 waiting.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

import django


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--waiting", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder, 'bench.sqlite3')}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0, run_syncdb=True)
        measure_register(options.lines)
        measure_queue(options.waiting)


def measure_register(lines: int) -> None:
    """Print how long it takes to verify so many lines, and to read them."""
    from django.utils import timezone

    from moderation.choices import Act
    from moderation.models import Decision, RegisterEntry
    from moderation.models.register import seal
    from moderation.queries import register
    from moderation.services import review
    from tests.factories.notes import ModeratorFactory, NoteFactory

    now = timezone.now()
    review.decide(
        content=NoteFactory(), act=Act.KEEP, decided_by=ModeratorFactory(), now=now
    )
    first = Decision.objects.get()
    told = RegisterEntry.objects.get().entry
    previous, entries, decisions = register.head()[1], [], []
    for number in range(2, lines + 1):
        fields = {
            name: getattr(first, name)
            for name in ("content_type_id", "object_id", "act", "previous_status",
                         "automation", "decided_by_id", "created_at")
        }  # fmt: skip
        decisions.append(Decision(pk=number, receipt=f"r{number}", **fields))
        hash_ = seal(number=number, previous_hash=previous, entry=told)
        entries.append(
            RegisterEntry(
                number=number, decision_id=number, entry=told,
                previous_hash=previous, hash=hash_,
            )
        )  # fmt: skip
        previous = hash_
    Decision.objects.bulk_create(decisions, batch_size=1000)
    RegisterEntry.objects.bulk_create(entries, batch_size=1000)
    floor = timed(lambda: sum(1 for _line in register.lines()))
    whole = timed(register.verify)
    assert register.verify().is_whole
    print(f"register, {lines} lines: verified in {whole:.2f} s, read in {floor:.2f} s")


def measure_queue(waiting: int) -> None:
    """Print how long the first page takes with 100 items waiting and with many."""
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from tests.factories.notes import ModeratorFactory
    from tests.moderation.waiting import flood

    client = Client()
    client.force_login(ModeratorFactory())

    def open_page() -> None:
        client.get(reverse("moderation_admin:queue"))

    flood(100, timezone.now())
    open_page()
    few = min(timed(open_page) for _run in range(7))
    flood(waiting - 100, timezone.now())
    many = min(timed(open_page) for _run in range(7))
    print(
        f"queue, first page: 100 waiting {few * 1000:.0f} ms, "
        f"{waiting} waiting {many * 1000:.0f} ms ({many / few:.2f} times)"
    )


def timed(act) -> float:  # type: ignore[no-untyped-def]
    """Return how many seconds of the processor an act takes."""
    begun = time.process_time()
    act()
    return time.process_time() - begun


if __name__ == "__main__":
    main()
