"""Write a poll as a set of Polis files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from deliberation.models import Poll
from deliberation.queries import exports


class Command(BaseCommand):
    """The counterpart of import_polis."""

    help = "Write a poll's statements and votes into a folder, as Polis exports them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("poll", type=int, help="the poll's id")
        parser.add_argument("folder", type=Path, help="where the files go")
        parser.add_argument(
            "--public",
            action="store_true",
            help="only what everybody may see: no hidden statements, no authors, "
            "times by the hour",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        poll = Poll.objects.filter(pk=options["poll"]).first()
        if poll is None:
            raise CommandError(f"There is no poll {options['poll']}.")
        folder: Path = options["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        for name in exports.FILES:
            lines = exports.write(name, poll=poll, everything=not options["public"])
            with (folder / name).open("w", encoding="utf-8", newline="") as file:
                file.writelines(lines)
            self.stdout.write(f"{folder / name}")
