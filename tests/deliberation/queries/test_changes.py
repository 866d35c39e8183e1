import pytest

from deliberation.queries import changes


def told(before, after):
    return [(piece.kind, piece.text.strip()) for piece in changes.words(before, after)]


class TestWhatAnEditChanged:
    def test_is_told_in_words(self):
        assert told("The old bench stays.", "The new green bench stays.") == [
            ("same", "The"),
            ("removed", "old"),
            ("added", "new green"),
            ("same", "bench stays."),
        ]

    @pytest.mark.parametrize(
        ("before", "after"),
        [("", "New."), ("Gone.", ""), ("a\n\nb", "a b"), ("مقعد قديم", "مقعد جديد")],
    )
    def test_loses_no_letter(self, before, after):
        pieces = list(changes.words(before, after))
        kept = "".join(p.text for p in pieces if p.kind != "added")
        made = "".join(p.text for p in pieces if p.kind != "removed")
        assert (kept, made) == (before, after)

    @pytest.mark.parametrize("word", ["a ", "ab cd ", "!\n"])
    def test_takes_no_time_for_texts_made_to_take_long(self, word, within_seconds):
        before, after = (word * 3000)[:6000], ("x" + word * 3000)[:6000]
        with within_seconds(1):
            list(changes.words(before, after))
