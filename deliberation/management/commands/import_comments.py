"""Load contributions that were made elsewhere."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from deliberation.management.commands.import_polis import find_page
from deliberation.models import Discussion
from deliberation.services import discussions, import_files, imports
from moderation.refusals import Refusal


class Command(BaseCommand):
    """The CIMT corpus, or a plain CSV."""

    help = (
        "Post the contributions of a file in a page's discussion, by the same rules "
        "as anybody's: all that the rules admit, or none if the file is malformed. A "
        "second run adds only what is new."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            type=Path,
            help="tab-separated sentences of the CIMT corpus, or a CSV with the "
            "columns id and text, maybe author, language, created_at, theme and parent",
        )
        parser.add_argument("--page", required=True, help="slug or path of the page")
        parser.add_argument(
            "--language",
            default=settings.LANGUAGE_CODE,
            choices=[code for code, _name in settings.LANGUAGES],
            help="the language of the contributions (default: %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            discussion = self._discussion(options["page"])
            discussions.require_open(discussion, now=now)
            summary = imports.bring_in(
                discussion=discussion,
                contributions=import_files.read(options["file"]),
                language=options["language"],
                now=now,
                progress=lambda number: self.stderr.write(f"… {number} read"),
            )
        except Refusal as error:
            raise CommandError(error.message) from None
        for reason, count in summary.refused.most_common():
            self.stdout.write(self.style.WARNING(f"{count} refused: {reason}"))
        self.stdout.write(
            f"Discussion {discussion.pk} “{discussion.title}”: {summary.posted} posted, "
            f"{summary.held} held for review, {summary.refused.total()} refused, "
            f"{summary.present} were there before."
        )

    def _discussion(self, name: str) -> Discussion:
        """Return the page's discussion; the first import opens one."""
        page = find_page(name)
        found = Discussion.objects.filter(page=page.pk, section="").first()
        return found or discussions.open_on(
            page=page, title=page.title, opens_at=None, closes_at=None
        )
