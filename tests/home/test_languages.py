from pathlib import Path

import pytest
from wagtail.models import Locale

from home.settings import languages

pytestmark = pytest.mark.django_db

GERMAN = {"HTTP_ACCEPT_LANGUAGE": "de-AT,de;q=0.9,en;q=0.5"}


@pytest.fixture
def speaks(settings):
    """Let the site have catalogues in these languages."""

    def speak(*codes):
        names = dict(languages.LANGUAGES)
        settings.INTERFACE_LANGUAGES = [(code, names[code]) for code in codes]

    return speak


class TestSpoken:
    def test_is_the_source_alone_where_there_is_no_catalogue(self, tmp_path):
        assert languages.spoken(tmp_path) == [("en", "English")]

    def test_is_what_any_floor_has_a_catalogue_for(self, tmp_path):
        for folder in ("locale/de", "forum/locale/zh_Hans", "forum/locale/xx"):
            catalogue = tmp_path / folder / "LC_MESSAGES" / "django.mo"
            catalogue.parent.mkdir(parents=True)
            catalogue.touch()
        codes = [code for code, _name in languages.spoken(tmp_path)]
        assert codes == ["en", "de", "zh-hans"]

    def test_has_a_name_for_each_language_of_this_checkout(self, settings):
        root = Path(settings.BASE_DIR)
        assert languages.spoken(root) == settings.INTERFACE_LANGUAGES


class TestPage:
    def test_is_not_called_german_when_its_words_are_english(self, client, speaks):
        speaks("en")
        answer = client.get("/accounts/login/", **GERMAN)
        assert answer["Content-Language"] == "en"
        assert '<html lang="en" dir="ltr">' in answer.content.decode()
        assert "Passwort" not in answer.content.decode()

    def test_is_in_the_first_wanted_language_that_is_spoken(self, client, speaks):
        speaks("en", "de", "ar")
        wanted = {"HTTP_ACCEPT_LANGUAGE": "sw,tl;q=0.9,de-CH;q=0.8,ar;q=0.5"}
        answer = client.get("/accounts/login/", **wanted)
        assert answer["Content-Language"] == "de"

    def test_is_in_the_language_that_was_chosen(self, client, speaks):
        speaks("en", "de", "ar")
        client.post("/i18n/setlang/", {"language": "ar"})
        answer = client.get("/accounts/login/", **GERMAN)
        assert '<html lang="ar" dir="rtl">' in answer.content.decode()

    @pytest.mark.parametrize("wanted", ["", "*", "xx;q=1", "de" * 500, "\x00", ";;,"])
    def test_is_english_for_a_header_that_makes_no_sense(self, client, wanted):
        answer = client.get("/accounts/login/", HTTP_ACCEPT_LANGUAGE=wanted)
        assert answer["Content-Language"] == "en"

    def test_is_german_as_far_as_its_editors_write_german(self, client, speaks):
        speaks("en")
        Locale.objects.create(language_code="de")
        told = client.get("/accounts/login/", **GERMAN).content.decode()
        assert '<html lang="de" dir="ltr">' in told
        assert '<header class="fm-masthead" lang="en" dir="ltr">' in told
        assert 'value="de" lang="de" dir="auto" aria-current="true"' in told

    def test_offers_a_choice_only_where_there_is_one(self, client, speaks):
        speaks("en")
        assert "setlang" not in client.get("/accounts/login/").content.decode()
        speaks("en", "de")
        told = client.get("/accounts/login/").content.decode()
        assert 'value="de" lang="de"' in told
        assert 'value="fr"' not in told
