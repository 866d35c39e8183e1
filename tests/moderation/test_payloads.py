"""No payload does harm once it is cleaned, and cleaning again changes nothing."""

import pytest

from moderation import sanitize
from moderation.sanitize import html
from tests.moderation.payloads import PAYLOADS, Faults, naughty


class TestPayloads:
    """Each cleaner is enough alone, and so is the whole (known holes 9, 12, 27)."""

    ways = pytest.mark.parametrize(
        "way",
        [html._by_bleach, html._by_nh3, sanitize.render],
        ids=["bleach alone", "nh3 alone", "render"],
    )

    @ways
    @pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
    def test_are_harmless(self, way, payload):
        assert Faults(way(sanitize.clean_text(payload))).found == []

    @ways
    def test_of_the_shared_data_are_harmless(self, way):
        faulty = {
            payload: faults
            for payload in naughty()
            if (faults := Faults(way(sanitize.clean_text(payload))).found)
        }
        assert faulty == {}

    def test_are_found_by_this_test_where_nothing_cleans(self):
        assert Faults("<p>fine</p><!-- -->").found == ["comment"]
        assert Faults('<a href="javascript:x" onclick="y">').found
        faulty = [each for each in PAYLOADS if Faults(each).found]
        assert len(faulty) > 25


class TestCleaningAgain:
    """Mutation needs a second reading that differs (known hole 27)."""

    def test_changes_nothing_of_what_was_rendered(self):
        for text in [*PAYLOADS, "*a* & b\u00a0c www.x.de\n- d\n\n> e \"f\" 'g' <h>"]:
            markup = sanitize.render(sanitize.clean_text(text))
            assert html._by_nh3(markup) == markup
            assert html._by_bleach(markup) == markup

    @pytest.mark.slow
    def test_changes_nothing_of_the_shared_data(self):
        for text in naughty():
            markup = sanitize.render(sanitize.clean_text(text))
            assert html._by_nh3(markup) == markup
            assert html._by_bleach(markup) == markup
