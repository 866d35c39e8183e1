import re
from collections import Counter
from gettext import GNUTranslations
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.formats import get_format
from django.utils.translation import override

from home.management.commands.translations import APPS, ENOUGH, app_of, coverage
from tests.home.catalogues import read

ROOT = Path(settings.BASE_DIR)
CATALOGUES = sorted(ROOT.glob("*/locale/*/LC_MESSAGES/django.po"))
LANGUAGES = sorted({path.parts[-3] for path in CATALOGUES})
# Which of its forms a language takes for each of these numbers.
NUMBERS = (0, 1, 2, 3, 5, 11, 21, 22, 25, 100, 101, 103, 111)
FORMS = {
    "ar": (0, 1, 2, 3, 3, 4, 4, 4, 4, 5, 5, 3, 4),
    "de": (1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
    "es": (1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
    "fr": (0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
    "tr": (0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
    "uk": (2, 0, 1, 1, 2, 2, 0, 1, 2, 2, 0, 1, 2),
}
# What must come out of a translation as it went in.
KEPT = re.compile(r"\{\w+\}|%\(\w+\)[a-z]|%[a-z]|%%|</?\w[^>]*>")


def each_catalogue(test):
    names = [f"{path.parts[-5]}-{path.parts[-3]}" for path in CATALOGUES]
    return pytest.mark.parametrize("path", CATALOGUES, ids=names)(test)


def compiled(path):
    with path.with_suffix(".mo").open("rb") as file:
        return GNUTranslations(file)


class TestCatalogues:
    def test_are_there_for_every_app(self):
        expected = {(app, code) for app in APPS for code in LANGUAGES}
        assert {(path.parts[-5], path.parts[-3]) for path in CATALOGUES} == expected
        assert {"ar", "de", "es", "fr", "tr", "uk"} <= set(LANGUAGES)

    @each_catalogue
    def test_keep_placeholders_tags_and_forms_and_guess_nothing(self, path):
        header, *texts = read(path)
        forms = int(re.search(r"nplurals=(\d)", header.forms[0])[1])
        for text in texts:
            assert "fuzzy" not in text.flags, text.original
            assert len(text.forms) == (forms if text.plural else 1), text.original
            kept = Counter(KEPT.findall(text.plural or text.original))
            for words in filter(None, text.forms):
                assert Counter(KEPT.findall(words)) == kept, text.original
                assert words.startswith("\n") == text.original.startswith("\n")

    @each_catalogue
    def test_are_compiled_as_they_are_written(self, path):
        if not path.with_suffix(".mo").exists():
            pytest.skip("not offered yet, as too little is translated")
        written = {"": read(path)[0].forms[0]}
        for text in read(path)[1:]:
            for number, words in enumerate(text.forms if text.is_translated else ()):
                written[(text.key, number) if text.plural else text.key] = words
        assert compiled(path)._catalog == written

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_count_as_their_language_does(self, language):
        for path in ROOT.glob(f"*/locale/{language}/LC_MESSAGES/django.mo"):
            rule = compiled(path).plural
            assert tuple(rule(number) for number in NUMBERS) == FORMS[language]


class TestLanguages:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_are_offered_when_they_are_translated_and_only_then(self, language):
        folders = [ROOT / app / "locale" / language / "LC_MESSAGES" for app in APPS]
        done, texts = coverage(folder / "django.po" for folder in folders)
        assert texts > 800
        is_offered = {(folder / "django.mo").exists() for folder in folders}
        assert is_offered == {done >= ENOUGH * texts}

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_write_dates_with_the_name_of_the_month(self, language):
        with override(language):
            assert {"E", "F"} & set(get_format("DATETIME_FORMAT"))


class TestTemplates:
    def test_are_translated_where_the_wheel_puts_them(self):
        assert app_of("templates/forum/page.html") == "forum"
        assert app_of("templates/components/header.html") == "moderation"
        assert app_of("templates/base.html") == "home"
        assert app_of("deliberation/choices.py") == "deliberation"
