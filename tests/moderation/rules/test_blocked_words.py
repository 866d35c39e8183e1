import pytest

from moderation.rules import Effect, Outcome, from_policy, judge
from tests.moderation.rules.submissions import findings, matched, submission

OPTIONS = {
    "words": {
        "en": ["ass", "asshole", "shit", "Scunner", "kill yourself", "kill"],
        "de": ["Arsch", "Scheiße", "Müll"],
        "ru": ["дурак"],
        "hi": ["कमीना"],
        "*": ["spam4u"],
    }
}


def words(text: str, language: str = "en") -> list[str]:
    return matched("blocked_words", text, language=language, options=OPTIONS)


class TestAListedWord:
    def test_flags_and_never_hides(self):
        rules = from_policy([("blocked_words", OPTIONS)])
        verdict = judge(submission("What an ass."), rules)
        assert verdict.outcome == Outcome.PUBLISH
        assert [each.effect for each in verdict.recorded] == [Effect.FLAG]

    def test_is_named_with_its_place(self):
        (finding,) = findings("blocked_words", "What an Ass.", options=OPTIONS)
        assert (finding.start, finding.end, finding.matched) == (8, 11, "Ass")

    @pytest.mark.parametrize(
        "text",
        ["ass", "ASS!", "“Ass”", "an ass-like", "(ass)", "_ass_", "ass😀", "my/ass"],
    )
    def test_is_found_whatever_stands_around_it(self, text):
        assert [word.lower() for word in words(text)] == ["ass"]

    @pytest.mark.parametrize(
        "text",
        [
            "Scunthorpe",
            "assess the class",
            "A55 and B55",
            "the bass",
            "asset",
            "Passage",
            "shitake",
            "455",
            "$$$",
            "as",
        ],
    )
    def test_is_never_found_inside_another(self, text):
        assert words(text) == []

    @pytest.mark.parametrize(
        "text",
        ["аѕѕ", "ａｓｓ", "𝐚𝐬𝐬", "a\u00adss", "a\u200dss", "a$$", "@ss", "4ss", "aѕs"],
    )
    def test_is_found_in_disguise(self, text):
        assert words(f"you {text} there") == [text]

    @pytest.mark.parametrize(
        "text", ["sh1t", "sh!t", "5h1t", "$hit", "shiiiit", "a55h0le", "assho1e"]
    )
    def test_is_found_with_signs_for_letters(self, text):
        assert words(f"you {text}!") == [text]

    def test_may_be_a_phrase(self):
        assert words("Go and Kill  yourself now, kill") == ["Kill  yourself", "kill"]

    def test_keeps_its_accents(self):
        assert words("Müll, MÜLL, Mu\u0308ll", "de") == ["Müll", "MÜLL", "Mu\u0308ll"]
        assert words("Mull", "de") == []

    def test_knows_the_sharp_s(self):
        assert words("SCHEISSE, scheisse, Scheiße", "de-AT") == [
            "SCHEISSE",
            "scheisse",
            "Scheiße",
        ]

    def test_may_be_in_any_script(self):
        assert words("Ты дурак!", "ru") == ["дурак"]
        assert words("वह कमीना है", "hi") == ["कमीना"]

    def test_counts_in_its_language_only(self):
        assert words("Arsch, ass", "de") == ["Arsch"]
        assert words("Arsch, ass", "fr") == []
        assert words("buy spam4u", "fr") == ["spam4u"]
        assert words("buy spam4u", "") == ["spam4u"]


class TestTheListsThatComeWithTheSoftware:
    def test_are_used_where_a_policy_has_none(self):
        assert matched("blocked_words", "Du Hurensohn!", language="de") == ["Hurensohn"]

    def test_are_replaced_by_those_of_a_policy(self):
        assert words("Du Hurensohn!", "de") == []
