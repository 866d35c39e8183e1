"""Check the public register from its first line to its last."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from moderation.queries import register


class Command(BaseCommand):
    """Find every changed, missing, moved or forged line."""

    help = (
        "Check the hash chain of the register and the decisions behind it. Whoever "
        "could change the database could also write the chain anew: compare with "
        "hashes that were published earlier (feed, downloads) by --published."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--published",
            action="append",
            default=[],
            metavar="HASH",
            help="a hash seen in the register before; may be given several times",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        result = register.verify(published=options["published"])
        for fault in result.faults:
            place = f"Line {fault.number}: " if fault.number else ""
            self.stderr.write(place + fault.what)
        if not result.is_whole:
            raise CommandError("The register was tampered with, or is damaged.")
        self.stdout.write(f"The register is whole: {result.lines} lines.")
        self.stdout.write(f"Hash of the last line: {result.head}")
