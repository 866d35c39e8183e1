"""Load a conversation exported from Polis."""

from pathlib import Path
from typing import Any

import swapper
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from deliberation.services.polis import reading, storing
from deliberation.services.polis.export import Sign
from moderation.refusals import Refusal


class Command(BaseCommand):
    """Old and new exports, and raw answers of the API."""

    help = (
        "Load a Polis export from a folder into a poll on a page: all of it or "
        "nothing. A second run adds only what is new."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where comments.csv is")
        parser.add_argument("--page", required=True, help="slug or path of the page")
        parser.add_argument(
            "--sign",
            choices=[sign.value for sign in Sign],
            help="which number means agreement: csv (+1) or api (-1); needed where "
            "the export does not say so itself, checked against its counts otherwise",
        )
        parser.add_argument(
            "--language",
            default=settings.LANGUAGE_CODE,
            choices=[code for code, _name in settings.LANGUAGES],
            help="the language of the statements (default: %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            page = find_page(options["page"])
            self._tell("reading the files")
            summary = storing.store(
                export=reading.read(options["folder"]),
                page=page,
                sign=Sign(options["sign"]) if options["sign"] else None,
                language=options["language"],
                now=timezone.now(),
                progress=self._tell,
            )
        except Refusal as error:
            raise CommandError(error.message) from None
        for note in summary.notes:
            self.stdout.write(self.style.WARNING(note))
        self.stdout.write(
            f"Poll {summary.poll.pk} “{summary.poll.title}”: {summary.statements} "
            f"statements, {summary.participants} participants, {summary.votes} votes "
            f"and {summary.earlier_votes} earlier votes added."
        )
        if summary.poll.stage_at(timezone.now()).accepts_contributions:
            self.stdout.write(
                "It is open to votes. If the conversation is over, close it in the "
                "admin, under Polls."
            )

    def _tell(self, progress: str) -> None:
        self.stderr.write(f"… {progress}")


def find_page(name: str) -> Any:
    """Return the page of this slug or path; raise CommandError unless it is one."""
    pages = swapper.load_model("wagtailcore", "Page").objects
    slug = name.strip("/").rsplit("/", 1)[-1]
    found = pages.filter(slug=slug, url_path__endswith=f"/{name.strip('/')}/")
    if len(found) == 1:
        return found[0]
    if not found:
        raise CommandError(f"There is no page “{name}”.")
    paths = ", ".join(page.url_path for page in found)
    raise CommandError(f"Several pages are called “{name}”; give a path of: {paths}")
