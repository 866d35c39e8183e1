"""Reading scores, languages and words."""

from dataclasses import replace

import pytest

from moderation.rules.pages.detect import language_of, may_be
from moderation.rules.pages.language_tags import is_known
from moderation.rules.pages.lix import measure, sentences
from moderation.rules.pages.phrases import find
from moderation.rules.pages.simple_words import SIMPLE, read
from tests.moderation.pages.views import checks, consultation, findings, paragraph


class TestLix:
    def test_adds_words_per_sentence_and_the_share_of_long_words(self):
        # 12 words, 2 sentences, 3 of them longer than six letters: 6 + 25.
        text = "The council decides today. We want to hear from you about something."
        assert measure(text).lix == 31

    def test_says_nothing_of_a_few_words(self):
        assert measure("Infrastructure modernisation").lix == 0

    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("Am 4. Mai um 18 Uhr. Im Rathaus.", 2),
            ("Das gilt z. B. für Dr. Albrecht. Sie kommt.", 2),
            ("Wirklich? Ja! Gut…", 3),
            ("One\nTwo", 2),
            ("The price is 3.5 million. That is much.", 2),
            ("", 0),
        ],
    )
    def test_knows_where_sentences_end(self, text, number):
        assert len(sentences(text)) == number

    def test_is_not_used_where_no_spaces_part_words(self):
        page = consultation(language="ja", blocks=(paragraph("<p>" + "町" * 90),))
        assert checks("A11Y-19", page) == set()

    def test_has_a_limit_for_each_language(self):
        text = "<p>" + "Wir planen einen Stadtplatz. " * 9
        page = consultation(language="de", blocks=(paragraph(text),), summary="")
        assert checks("A11Y-19", page, limits={"de": 29, "*": 1}) == set()
        assert checks("A11Y-19", page, limits={"en": 90, "*": 28}) == {"lix"}


class TestALanguageTag:
    @pytest.mark.parametrize("tag", ["de", "FR-ca", "zh-Hant-TW", "tl", "oma", "isv"])
    def test_is_known(self, tag):
        assert is_known(tag)

    @pytest.mark.parametrize("tag", ["", " ", "eng", "english", "em-US", "i-lux", "#!"])
    def test_is_not_known(self, tag):
        assert not is_known(tag)


class TestTheDetector:
    @pytest.mark.parametrize(
        ("language", "text"),
        [
            (
                "de",
                "Der Rat beschließt im September, wie der Platz einmal aussehen soll, "
                "und fragt vorher alle, die dort wohnen.",
            ),
            (
                "fr",
                "Le conseil municipal propose de fermer la rue aux voitures tous les "
                "dimanches, de mai à octobre.",
            ),
            (
                "tl",
                "Inaanyayahan ng pamahalaang lungsod ang lahat na magbigay ng kanilang "
                "opinyon tungkol sa bagong parke.",
            ),
        ],
    )
    def test_knows_a_sentence(self, language, text):
        assert language_of(text) == language

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "Rathaus",
            "Town Hall, Market Street 5, 53111 Bonn, 0228 1234 5678 "
            "9012, office@bonn.example, Mon-Thu 9-15",
        ],
    )
    def test_says_nothing_of_what_is_short_or_doubtful(self, text):
        assert language_of(text) == ""

    def test_holds_nobody_to_languages_that_are_alike(self):
        assert may_be("nn", "nb")
        assert not may_be("de", "fr")

    def test_leaves_a_passage_alone_that_is_marked(self):
        html = (
            '<p lang="de">Der Rat beschließt im September, wie der Platz einmal aussehen '
            "soll, und fragt vorher alle, die dort wohnen oder arbeiten.</p>"
        )
        page = consultation(blocks=(*consultation().blocks, paragraph(html)))
        assert checks("A11Y-10", page) == set()


class TestWords:
    def test_are_found_whole_and_in_any_case(self):
        entries = ("in order to", "use", "cost")
        assert list(find("In order to USE it: costs, reuse", entries)) == [
            ("In order to", "in order to"),
            ("USE", "use"),
        ]

    def test_come_with_what_to_say_instead(self):
        page = consultation(blocks=(paragraph("<p>We commence prior to June.</p>"),))
        said = [(each.location.quote, each.mend) for each in findings("A11Y-22", page)]
        assert said == [
            ("commence", "Such as: begin."),
            ("prior to", "Such as: before."),
        ]

    def test_may_be_brought_along_in_any_language(self):
        words = read('[{"instead_of": "heretofore", "use": "until now"}]')
        assert words == ("heretofore = until now",)
        page = consultation(language="tlh", blocks=(paragraph("<p>heretofore</p>"),))
        assert findings("A11Y-22", page, simple={"tlh": words})
        assert not findings("A11Y-22", page)

    @pytest.mark.parametrize("language", SIMPLE)
    def test_of_each_list_are_pairs(self, language):
        assert all(len(entry.split(" = ")) == 2 for entry in SIMPLE[language])


class TestTheSummary:
    def test_is_read_like_everything_else(self):
        page = consultation(summary="PLEASE COMMENCE AT ONCE, TODAY. The EIA is here.")
        assert checks("A11Y-17", page) == {"capitals"}
        (found,) = findings("A11Y-21", page)
        assert found.location.path == "summary"


class TestAbbreviations:
    @pytest.mark.parametrize(
        "text",
        [
            "The Environmental Impact Assessment (EIA) is ready. The EIA says no.",
            "The EIA (environmental impact assessment) is ready.",
            '<abbr title="environmental impact assessment">EIA</abbr>',
            "The EU pays.",
            "Chapter XIV",
            "PLEASE READ THE EIA NOW",
            "The route B-12/A",
        ],
    )
    def test_that_are_explained_or_none_pass(self, text):
        page = consultation(blocks=(paragraph(f"<p>{text}</p>"),))
        assert checks("A11Y-21", page) == set()

    def test_explained_after_their_first_use_are_found(self):
        text = "<p>The EIA is ready.</p><p>Environmental Impact Assessment (EIA)</p>"
        page = consultation(blocks=(paragraph(text),))
        assert [each.location.quote for each in findings("A11Y-21", page)] == ["EIA"]

    def test_of_the_glossary_pass(self):
        page = consultation(blocks=(paragraph("<p>The EIA</p>"),), glossary=("EIA",))
        assert checks("A11Y-21", page) == set()


def with_html(html):
    return consultation(blocks=(paragraph(html),))


class TestGoodTexts:
    """What a careful editor writes, and no rule should complain about."""

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            (
                "tr",
                "Toplantı 14 Mayıs 2027 günü belediye binasında yapılacak. Buradan, "
                "telefonla veya kâğıt üzerinde cevap verebilirsiniz.",
            ),
            (
                "fr",
                "En juillet il a fait très chaud rue du Port. Un arbre adulte peut "
                "baisser la température autour de lui. Les riverains et les personnes "
                "âgées souffrent beaucoup de la chaleur.",
            ),
            (
                "uk",
                "Засідання відбудеться чотирнадцятого травня в ратуші. Ви можете "
                "відповісти тут, телефоном або на папері.",
            ),
        ],
    )
    def test_are_easy_in_their_own_language(self, language, words):
        page = with_html(f"<p>{words}</p>")
        page = replace(page, language=language, summary="")
        assert not findings("A11Y-19", page)

    def test_may_spell_an_abbreviation_out_before_it(self):
        page = with_html(
            "<p>If you use British Sign Language, book a call on our BSL page. "
            "The Highways and Transport Agency has moved; the HTA sold the land.</p>"
        )
        assert not findings("A11Y-21", page)
        other = with_html("<p>Buses stop late. See the BSL page.</p>")
        assert checks("A11Y-21", other) == {"unexplained"}

    def test_name_women_and_men_in_german(self):
        page = with_html(
            "<p>Bürgerinnen und Bürger, Bürger*innen, Bürger:innen und Anwohner und "
            "Anwohnerinnen können antworten.</p>"
        )
        page = replace(page, language="de")
        assert not findings("A11Y-22", page)
        page = replace(with_html("<p>Die Bürger antworten.</p>"), language="de")
        assert findings("A11Y-22", page)

    def test_may_have_a_summary_as_easy_as_a_very_easy_text(self):
        text = "<p>We ask you now. It is old. You can say so. We do it now.</p>" * 9
        page = with_html(text)
        assert "harder" not in checks("A11Y-20", page)
        assert "harder" in checks("A11Y-20", page, easy=5)
