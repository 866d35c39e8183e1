import subprocess
import sys

import pytest
from django.utils import timezone

from bench import languages as measured
from home.settings.languages import LANGUAGES
from moderation import language
from moderation.language import to_address_in
from moderation.services import letters
from tests.factories.moderation import ParticipantFactory
from tests.moderation import civic

SITE = [code for code, _name in LANGUAGES]


def detected(text: str, languages=SITE) -> str | None:
    found = language.detect(text, languages)
    return found and found.language


class TestTheLanguageOfAText:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("I agree with that.", "en"),
            ("Bitte mehr Bänke!", "de"),
            ("Je suis pour.", "fr"),
            ("Estoy a favor de esta propuesta.", "es"),
            ("Siamo d’accordo con la proposta.", "it"),
            ("Ik ben het ermee eens.", "nl"),
            ("Popieram ten pomysł.", "pl"),
            ("Sou a favor desta proposta.", "pt"),
            ("Sunt de acord cu propunerea.", "ro"),
            ("Bu öneriyi destekliyorum.", "tr"),
            ("Я згоден з цією пропозицією.", "uk"),
            ("Я согласен с этим предложением.", "ru"),
            ("موافق على هذا الاقتراح", "ar"),
            ("من با این پیشنهاد موافقم", "fa"),
            ("אני מסכים עם ההצעה", "he"),
            ("我同意这个建议", "zh-hans"),
            ("Magandang umaga po sa inyong lahat", "tl"),
            ("Naomba barabara itengenezwe haraka", "sw"),
        ],
    )
    def test_is_found_in_one_sentence(self, text, expected):
        found = language.detect(text, SITE)
        assert found is not None
        assert found.language == expected
        assert language.SUREST <= found.confidence <= 1

    @pytest.mark.parametrize(
        "text", ["", " ", "OK", "Ja!", "+1", "12.5.2026", "🙂" * 30, "\x00" * 30]
    )
    def test_is_not_told_from_too_little(self, text):
        assert detected(text) is None

    @pytest.mark.parametrize(
        "text", ["\ud800" * 99, "a" * 100_000, "aB3" * 40_000, "\u202e" * 99]
    )
    def test_is_not_told_of_what_is_no_text(self, text, within_seconds):
        with within_seconds(1):
            assert detected(text) is None

    def test_is_not_told_where_two_are_mixed(self):
        assert detected("Der Bus ist late and I am angry") is None

    def test_does_not_come_from_addresses(self):
        link = "https://example.org/this/is/the/english/address/of/a/page"
        assert detected(link) is None
        assert detected("mailto someone@this-is-the-english-address.example") is None
        assert detected(f"Hier steht, warum das nicht geht: {link}") == "de"

    def test_is_one_of_the_sites(self):
        danish = "Jeg synes det er en rigtig dårlig idé at lukke vejen for biler."
        assert detected(danish) is None
        assert detected(danish, ["de", "da"]) == "da"

    @pytest.mark.parametrize("languages", [[], ["xx"], [""]])
    def test_is_not_told_on_a_site_that_speaks_none_the_detector_knows(self, languages):
        assert detected("I agree with every word of that.", languages) is None

    def test_is_spelled_as_the_site_does(self):
        assert detected("Sou a favor desta proposta.", ["en", "pt-br"]) == "pt-br"
        assert detected("我同意这个建议", ["zh-hant", "zh-hans"]) == "zh-hant"


class TestTheDetector:
    @pytest.mark.slow
    def test_is_loaded_by_the_first_who_asks_only(self):
        script = (
            "from moderation import language as l; n = l.identifier.cache_info;"
            "assert n().currsize == 0; l.detect('OK', ['en']); assert n().currsize == 0;"
            "l.detect('I agree with that', ['en']); assert n().currsize == 1"
        )
        subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.slow
class TestOnRealTexts:
    def test_german_contributions_are_german(self):
        civic.data("comments-civic-cimt")
        texts = [text for text in civic.contributions() if len(text) > 60][:1_000]
        found = [detected(text) for text in texts]
        assert found.count("de") >= 0.99 * len(texts)
        assert set(found) <= {"de", None}

    @pytest.mark.parametrize("code", [code for code in SITE if code != "tl"])
    def test_messages_of_a_line_are_hardly_ever_mistaken(self, code):
        lines = [t for t in measured.messages(code) if measured.length(t) >= 30][:150]
        found = [told for line in lines if (told := detected(line))]
        assert len(found) > 0.8 * len(lines) > 20
        assert found.count(code) >= 0.99 * len(found)


class TestAddressing:
    def test_is_in_the_language_wanted_where_the_site_speaks_it(self, settings):
        settings.INTERFACE_LANGUAGES = [("en", "English"), ("fr", "Français")]
        assert to_address_in("fr") == "fr"
        assert to_address_in("it") == to_address_in("") == settings.LANGUAGE_CODE

    def test_is_in_any_language_of_a_site_that_names_none(self, settings):
        del settings.INTERFACE_LANGUAGES
        assert to_address_in("it") == "it"

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        ("wanted", "subject"),
        [
            ("de", "Ihre Daten werden gelöscht"),
            ("ar", "ستُمحى بياناتك"),
            # A French town writes to Italians in French, not in English.
            ("it", "Vos données seront effacées"),
        ],
    )
    def test_goes_for_letters_as_well(self, settings, mailoutbox, wanted, subject):
        settings.LANGUAGE_CODE = "fr"
        person = ParticipantFactory(
            with_account=True, language=wanted, erasure_due_at=timezone.now()
        )
        letters.about_erasure(person)
        assert mailoutbox[0].subject.startswith(subject)
