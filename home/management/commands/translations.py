"""Collects every text into the catalogues, and compiles them."""

import re
from collections.abc import Iterable
from contextlib import chdir
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandParser
from django.core.management.commands import makemessages
from django.utils.functional import cached_property

# From the top down; the last one also has what the templates of all share.
APPS = ("home", "forum", "deliberation", "moderation")
# Dates and boilerplate that would change, and say nothing, in every commit.
NOISE = re.compile(
    r'^"(?:POT-Creation-Date|PO-Revision-Date|Report-Msgid-Bugs-To|Last-Translator'
    r'|Language-Team|Project-Id-Version)[^"]*"\n',
    re.MULTILINE,
)
HEADER = 'msgid ""\n'
# The share of what residents read from which on a language is compiled, and so
# offered: a page that is half in another language serves nobody.
ENOUGH = 0.9
# Where only editors, moderators and developers read.
BEHIND = re.compile(
    r"/admin/|/models/|models\.py|apps\.py|/rules/(?:pages/|labels)|/management/|/blocks/"
    r"|wagtail_hooks|/desk\.py|forms/decisions|/gate/(?:sheet|waiver)"
)
UNTRANSLATED = re.compile(r'^msgstr(?:\[0\])? ""(?!\n")', re.MULTILINE)


class Command(makemessages.Command):
    """Brings `<app>/locale/<language>` up to date; needs the tools of GNU gettext.

    A text that is new stays empty until somebody translates it: nothing is guessed.
    """

    help = "Collect every text into the catalogues of the apps, and compile them."
    # Where `_` is lazy, `_t` is what speaks at once.
    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=_t"]
    msgmerge_options = ["-q", "--backup=none", "--no-fuzzy-matching", "--update"]

    @cached_property
    def settings_available(self) -> bool:
        """Leave settings alone, or an empty folder is made for LOCALE_PATHS."""
        return False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the languages to begin with, such as `it`; old ones need no naming."""
        parser.add_argument("languages", nargs="*", help="languages to begin with")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Collect, merge and compile."""
        languages: list[str] = options["languages"]
        folders = Path(settings.BASE_DIR).glob("*/locale/*/")
        known = {folder.name for folder in folders}
        with chdir(settings.BASE_DIR):
            super().handle(
                locale=sorted(known | set(languages)),
                verbosity=options["verbosity"],
                domain="django",
                extensions=["html", "txt", "py"],
                ignore_patterns=["tests", "bench", "var", "static"],
                add_location="file",
                no_obsolete=True,
                exclude=[],
                use_default_ignore_patterns=True,
                **dict.fromkeys(
                    ("all", "symlinks", "no_wrap", "no_location", "keep_pot"), False
                ),
            )
            for language in sorted(known | set(languages)):
                self.compile(language)

    def compile(self, language: str) -> None:
        """Compile a language that is far enough, and say how far it is."""
        catalogues = [Path(app, "locale", language, "LC_MESSAGES") for app in APPS]
        done, texts = coverage(folder / "django.po" for folder in catalogues)
        if done < ENOUGH * texts:
            for folder in catalogues:
                (folder / "django.mo").unlink(missing_ok=True)
            words = f"{language}: {done} of residents' {texts} texts: not offered yet"
        else:
            call_command(
                "compilemessages",
                locale=[language],
                ignore_patterns=["var"],
                verbosity=0,
            )
            words = f"{language}: {done} of residents' {texts} texts"
        self.stdout.write(words)

    def find_files(self, root: str) -> list[makemessages.TranslatableFile]:
        """Give each file to the catalogue of its app, templates included."""
        found = super().find_files(root)
        self.locale_paths = [str(Path(app, "locale").resolve()) for app in APPS]
        for folder in self.locale_paths:
            Path(folder).mkdir(exist_ok=True)
        for file in found:
            file.locale_dir = str(Path(app_of(file.path), "locale").resolve())
        return found

    def write_po_file(self, potfile: str, locale: str) -> None:
        """Merge the texts into a catalogue, and leave out what only makes noise."""
        super().write_po_file(potfile, locale)
        catalogue = Path(potfile).parent / locale / "LC_MESSAGES" / "django.po"
        text = NOISE.sub("", catalogue.read_text(encoding="utf-8"))
        text = text[text.index(HEADER) :]
        text = text.replace('"Language: \\n"', rf'"Language: {locale}\n"', 1)
        catalogue.write_text(text, encoding="utf-8", newline="\n")


def coverage(catalogues: Iterable[Path]) -> tuple[int, int]:
    """Return how many of residents' texts are translated, and how many there are."""
    texts = done = 0
    for catalogue in catalogues:
        _header, *entries = catalogue.read_text(encoding="utf-8").split("\n\n")
        for entry in entries:
            places = " ".join(re.findall("^#: (.+)$", entry, re.MULTILINE)).split()
            if not all(BEHIND.search(place) for place in places):
                texts += 1
                done += not UNTRANSLATED.search(entry)
    return done, texts


def app_of(path: str) -> str:
    """Return the app whose catalogue has the texts of a file.

    Where the wheel puts a template, there its translation must be as well.
    """
    first, *rest = Path(path).parts
    if first == "templates":
        first = "moderation" if rest[0] == "components" else rest[0]
    return first if first in APPS else "home"
