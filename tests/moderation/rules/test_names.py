import unicodedata

import pytest

from moderation.rules import names

FINE = [
    "Anna",
    "李明",
    "أحمد",
    "Küçük İbo",
    "Marie-Claire d'Arc",
    "O’Neil",
    "Радуга",
    "राधा",
    "Radfan1967",
    "Modest",
    "Stadtkind",
    "Team Radweg",
    "Søren Kierkegård",
    "ゆき Yuki",
    "Bo",
    "🚲 Rad",
    "Clark",
    "Anna Klamt",
    "Rosa insgesamt",
    "Petra Samt",
    "Amthor",
    "Stadtler",
    "Mayer",
    "Officer Krupke",
]
STAFF = [
    "Moderator",
    "moderatorin",
    "Μоderator",
    "M0DERATOR",
    "Móderätor",
    "m o d e r a t o r",
    "m.o.d",
    "ＡＤＭＩＮ",
    "𝓶𝓸𝓭",
    "ADM1N",
    "Adrnin",
    "admin_2",
    "admin123",
    "BonnAdmin",
    "Stadt Bonn",
    "Stadtverwaltung",
    "Bürgermeisterin Meier",
    "модератор",
    "Мodеrаtor",
    "Folkmoot Support",
    "Ꮇod",
    "Bauamt",
    "Ordnungsamt Mitte",
    "Amt für Grün",
    "B a u a m t",
    "Baubehörde",
    "Gemeinde Dorf",
    "Town Clerk",
    "City Hall",
    "Mairie de Lyon",
    "Ayuntamiento",
    "Belediye",
    "بلدية المدينة",
    "Міська адміністрація",
    "市政府",
]


def problems(name: str, **facts) -> list[str]:
    return [finding.message for finding in names.check(names.clean(name), **facts)]


class TestAName:
    @pytest.mark.parametrize("name", FINE)
    def test_may_be_any(self, name):
        assert problems(name) == []

    @pytest.mark.parametrize("name", STAFF)
    def test_may_not_pass_for_the_citys_staff(self, name):
        assert any("staff" in problem for problem in problems(name))

    def test_may_not_be_one_the_city_reserves(self):
        assert problems("Bonn", reserved=["Bonn"])
        assert problems("B0NN", reserved=["Bonn"])
        assert problems("Bonner", reserved=["Bonn"]) == []

    @pytest.mark.parametrize(
        "name",
        [
            *("Fernhaven", "City of Fernhaven", "fernhaven city", "Fernhaven 1"),
            *("F.e.r.n.h.a.v.e.n", "Ville de Fernhaven", "The Fernhaven Team"),
        ],
    )
    @pytest.mark.parametrize("city", ["Fernhaven", "City of Fernhaven"])
    def test_may_not_be_the_citys_own(self, name, city):
        assert any("staff" in problem for problem in problems(name, reserved=[city]))

    @pytest.mark.parametrize("name", ["Robin of Fernhaven", "Fernhavener", "Fern"])
    def test_may_say_where_one_lives(self, name):
        assert problems(name, reserved=["Fernhaven", "", "The City"]) == []

    @pytest.mark.parametrize("name", ["", "!", "a", "😀😀", "--", "\u200b\u202e"])
    def test_needs_two_letters(self, name):
        assert "at least 2 letters" in problems(name)[0]

    def test_has_at_most_forty_characters(self):
        assert problems("x" * 40) == []
        assert "at most 40 characters" in problems("x" * 41)[0]

    def test_is_measured_as_it_will_look(self):
        assert "at most 40 characters" in problems("ﷺ" * 10)[0]

    @pytest.mark.parametrize(
        "name", ["me@example.org", "www.example.org", "spam.com", "0228 7722334"]
    )
    def test_leads_to_nobody(self, name):
        assert any("no address" in problem for problem in problems(name))

    @pytest.mark.parametrize("name", ["Рaдуга", "Аnna", "Pαul"])
    def test_is_written_in_one_alphabet_a_word(self, name):
        assert any("one alphabet" in problem for problem in problems(name))

    def test_may_have_words_in_two_alphabets(self):
        assert problems("Анна Smith") == []

    @pytest.mark.parametrize(
        "name",
        ["Anna K", "anna k", "AnnaK", "Аnnа K", "Anna\u200b K", "𝐀nna_K", "Ａnna-K"],
    )
    def test_may_not_look_like_one_that_is_taken(self, name):
        taken = {names.skeleton("Anna K")}
        assert any("is taken" in each for each in problems(name, taken_skeletons=taken))

    def test_may_differ_by_an_accent(self):
        taken = {names.skeleton("Muller"), names.skeleton("Soren")}
        assert problems("Müller", taken_skeletons=taken) == []
        assert problems("Søren", taken_skeletons=taken) == []


class TestClean:
    def test_puts_a_name_on_one_line(self):
        assert names.clean("  An\nna\u202e \t K\x00 ") == "An na K"


class TestASkeleton:
    @pytest.mark.parametrize("name", [*FINE, *STAFF, "", "!!", "ﷺ" * 40, "\ud800"])
    def test_fits_and_is_stable(self, name):
        skeleton = names.skeleton(name)
        assert len(skeleton) <= names.SKELETON_MAXIMUM
        assert names.skeleton(skeleton) == skeleton
        assert unicodedata.is_normalized("NFKC", skeleton)

    @pytest.mark.parametrize(
        ("one", "other"),
        [("Bill", "B1ll"), ("Olga", "0lga"), ("Marnie", "Mamie"), ("Iris", "lris")],
    )
    def test_is_shared_by_names_that_look_alike(self, one, other):
        assert names.skeleton(one) == names.skeleton(other)
