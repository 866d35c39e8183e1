import pytest

from bench import similar as measured
from deliberation import similar
from deliberation.similar import Index
from tests.moderation import civic

LIGHT = "Der Fahrradweg am Rhein ist nachts unbeleuchtet und deshalb gefährlich."
BENCHES = "Auf dem Marktplatz fehlen Bänke, auf denen alte Leute sich ausruhen können."
BUSES = "The number 12 bus should run until midnight on Fridays and Saturdays."
TEXTS = [(7, LIGHT), (8, BENCHES), (9, BUSES)]


def found(text: str, texts=TEXTS) -> list[int]:
    return [match.id for match in Index.of(texts).find(text)]


class TestTheHint:
    def test_finds_who_said_it_with_other_endings_and_compounds(self):
        assert found("Nachts fehlt am Fahrradweg entlang des Rheins Beleuchtung.") == [
            7
        ]
        assert found("Bitte mehr Sitzbänke auf den Marktplatz, zum Ausruhen!") == [8]

    def test_finds_the_same_words_whatever_their_case_and_signs(self):
        (match,) = Index.of(TEXTS).find(BUSES.upper().replace(" ", " … "))
        assert match.id == 9
        assert match.likeness > 0.95

    def test_says_nothing_about_something_else(self):
        assert found("Wann wird endlich das Schwimmbad in Beuel wieder geöffnet?") == []

    @pytest.mark.parametrize(
        "text", ["", "   ", "Danke!", "\x00" * 99, "🙂" * 99, "…" * 99]
    )
    def test_says_nothing_about_what_says_nothing(self, text):
        assert found(text) == []
        assert found(LIGHT, [(1, text), (2, LIGHT)]) == [2]

    def test_is_silent_where_nothing_was_written(self):
        assert found(LIGHT, []) == []

    def test_names_the_most_alike_first_and_only_a_few(self):
        texts = [(n, f"{LIGHT} Teil {'und noch mehr ' * n}") for n in range(9)]
        matches = Index.of(texts).find(LIGHT)
        assert [match.id for match in matches] == [0, 1, 2]
        assert all(similar.ALIKE <= match.likeness <= 1 for match in matches)

    def test_bears_any_text(self, within_seconds):
        assert found("\ud800 lone surrogates \udfff and more of them") == []
        assert found("x" * 100_000) == []
        with within_seconds(1):
            assert found(f"{BUSES} " * 20_000) == [9]


class TestTheIndex:
    def test_keeps_to_its_bound_and_leaves_out_the_oldest(self, monkeypatch):
        monkeypatch.setattr(similar, "MOST_TEXTS", 2)
        assert found(BENCHES) == [8]
        assert found(BUSES) == []

    def test_made_from_the_last_one_is_the_same_as_a_new_one(self):
        last = Index.of(TEXTS[1:])
        edited = [(6, BUSES), (7, LIGHT), (8, LIGHT.replace("Rhein", "Bahnhof"))]
        grown, new = Index.of(edited, previous=last), Index.of(edited)
        assert grown.find(LIGHT) == new.find(LIGHT)
        assert grown.find(BENCHES) == new.find(BENCHES) == []

    def test_reads_only_what_is_new(self, monkeypatch):
        last = Index.of(TEXTS)
        read = []
        cut = similar._cut
        monkeypatch.setattr(similar, "_cut", lambda t: read.append(t) or cut(t))
        Index.of([(10, "Something quite new about parks"), *TEXTS], previous=last)
        assert len(read) == 1


@pytest.mark.slow
class TestOnRealContributions:
    @pytest.fixture(scope="class")
    def texts(self):
        return measured.contributions(civic.data("comments-civic-cimt").parent)

    def test_finds_most_paraphrases_made_by_hand(self, texts):
        hidden = measured.paraphrases()
        others = [texts[key] for key in texts if key not in hidden][:1_976]
        pool = [texts[key] for key in hidden] + others
        index = Index.of(list(enumerate(pool)))
        hits = [
            number in [match.id for match in index.find(paraphrase)]
            for number, paraphrase in enumerate(hidden.values())
        ]
        assert sum(hits) >= len(hits) / 2

    def test_is_ready_within_a_second_and_answers_in_milliseconds(
        self, texts, within_seconds
    ):
        newest = list(enumerate(list(texts.values())[: similar.MOST_TEXTS]))
        with within_seconds(1):
            index = Index.of(newest)
        with within_seconds(0.005 * 50):
            for _number, text in newest[:50]:
                index.find(text)
