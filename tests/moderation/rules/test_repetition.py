import re
from datetime import timedelta
from random import Random

import pytest

from tests.moderation.rules.submissions import findings, post

TEXT = (
    "The cycle path at the bridge ends in front of the bus stop, and everybody has to "
    "cross the road twice. Please lead it behind the shelter instead."
)
HOUR = timedelta(hours=1)


class TestRepetition:
    @pytest.mark.parametrize(
        "again",
        [
            TEXT,
            TEXT.upper(),
            TEXT.replace(" ", "\n"),
            TEXT.replace("e", "е"),  # Cyrillic
            TEXT + " Thanks!",
            "Hello! " + TEXT,
            TEXT.replace("twice", "two times"),
            TEXT.replace(".", "!!!"),
        ],
    )
    def test_is_refused_in_nearly_the_same_words(self, again):
        (finding,) = findings("repetition", again, recent=(post(TEXT, ago=HOUR),))
        assert "Your post of 10:30 says" in finding.message
        assert finding.matched == TEXT

    @pytest.mark.parametrize(
        "other",
        [
            "I agree with what was said about the bridge and the bus stop.",
            TEXT + " The same is true of the underpass: cyclists meet pedestrians "
            "there without seeing them, so mirrors would help.",
            TEXT[: len(TEXT) // 2],
        ],
    )
    def test_is_not_seen_in_other_words(self, other):
        assert findings("repetition", other, recent=(post(TEXT, ago=HOUR),)) == ()

    def test_of_a_word_of_thanks_is_fine(self):
        recent = (post("Thank you!", ago=HOUR),)
        assert findings("repetition", "Thank you!", recent=recent) == ()

    def test_is_forgotten_after_a_day(self):
        recent = (post(TEXT, ago=24 * HOUR),)
        assert findings("repetition", TEXT, recent=recent) == ()
        assert findings("repetition", TEXT, recent=recent, options={"hours": 25})

    def test_is_seen_in_signs_alone(self):
        signs = "!?" * 20
        assert findings("repetition", signs, recent=(post(signs, ago=HOUR),))
        assert findings("repetition", signs, recent=(post("😀" * 30, ago=HOUR),)) == ()

    def test_tells_of_the_last_time(self):
        recent = (post(TEXT, ago=5 * HOUR), post(TEXT, ago=2 * HOUR))
        (finding,) = findings("repetition", TEXT, recent=recent)
        assert "of 09:30" in finding.message

    def test_names_the_day_if_it_was_not_today(self):
        (finding,) = findings("repetition", TEXT, recent=(post(TEXT, ago=23 * HOUR),))
        assert "of 3 May, 12:30" in finding.message

    @pytest.mark.parametrize("similarity", [1, 40, 85, 100])
    def test_is_what_its_definition_says_for_texts_of_all_kinds(self, similarity):
        """The rule looks at a part of a text first; the share is that of the whole."""
        random = Random(7)
        words = TEXT.split()
        for _ in range(150):
            one, other = (
                " ".join(random.sample(words, random.randint(3, len(words))))
                for _ in range(2)
            )
            if random.random() < 0.5:
                other = (
                    one[random.randint(0, 9) :] + " " + other[: random.randint(0, 30)]
                )
            found = findings(
                "repetition",
                one,
                recent=(post(other, ago=HOUR),),
                options={"similarity": similarity},
            )
            shared = _share(one, other) * 100 >= similarity
            assert bool(found) == (shared and len(one) >= 20), (one, other)


def _share(*texts):
    one, other = (
        {folded[place : place + 5] for place in range(max(1, len(folded) - 4))}
        for folded in (
            re.sub(r"[\W_]+", " ", text.casefold()).strip() for text in texts
        )
    )
    return len(one & other) / len(one | other)
