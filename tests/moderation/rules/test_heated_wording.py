import pytest

from moderation.rules import Effect
from tests.moderation.rules.submissions import findings, matched


class TestHeatedWording:
    def test_is_never_more_than_a_hint(self):
        found = findings("heated_wording", "YOU ARE ALL COMPLETE MORONS HERE!!!!!")
        assert {each.effect for each in found} == {Effect.HINT}
        assert len(found) == 3

    @pytest.mark.parametrize(
        ("language", "text", "word"),
        [
            ("en", "What a stupid idea.", "stupid"),
            ("en-GB", "Oh, shut up!", "shut up"),
            ("de", "Das ist doch Schwachsinn.", "Schwachsinn"),
            ("fr", "Quel crétin.", "crétin"),
            ("es", "Cállate ya.", "Cállate"),
            ("pl", "To jest żałosne.", "żałosne"),
        ],
    )
    def test_is_pointed_out_in_its_language(self, language, text, word):
        assert matched("heated_wording", text, language=language) == [word]

    def test_is_not_looked_for_in_languages_without_a_list(self):
        assert findings("heated_wording", "stupid idiot", language="sw") == ()

    @pytest.mark.parametrize(
        "text",
        [
            "BITTE UNBEDINGT ÄNDERN",
            "ПОЧЕМУ НИКТО НЕ ПОЧИНИЛ",
            "WHY IS NOBODY LISTENING",
        ],
    )
    def test_is_a_shout(self, text):
        passage = f"So far so good. {text}, he said."
        assert matched("heated_wording", passage, language="de") == [text]

    @pytest.mark.parametrize(
        "text",
        [
            "The ADFC and the VCD agree with the BUND.",
            "STRASSENVERKEHRSORDNUNG",
            "A B C D E F",
            "这条路太窄了，请扩建。这条路太窄了，请扩建。",
            "هذا الطريق ضيق جدا ويجب توسيعه في أقرب وقت",
            "Really?! Yes!!!",
        ],
    )
    def test_is_not_seen_in_calm_words(self, text):
        assert findings("heated_wording", text, language="de") == ()

    @pytest.mark.parametrize("signs", ["!!!!", "????", "?!?!?!"])
    def test_is_a_row_of_signs(self, signs):
        assert matched("heated_wording", f"Repair it {signs} Now.") == [signs]
