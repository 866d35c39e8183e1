from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from deliberation import sentences
from deliberation.ranking import equality
from deliberation.ranking.bridging import Reason
from deliberation.ranking.equality import Contribution

START = datetime(2026, 5, 1, 9, tzinfo=UTC)
IDS = count(1)


def written(author, *, after: int = 0, **facts) -> Contribution:
    """Return a comment written so many minutes after the start."""
    at = START + timedelta(minutes=after)
    return Contribution(id=next(IDS), author=author, written_at=at, **facts)


def by(*counts: int) -> list[Contribution]:
    """Return the comments of as many authors as numbers, each so many."""
    return [written(who) for who, number in enumerate(counts) for _ in range(number)]


class TestGini:
    @pytest.mark.parametrize(
        ("counts", "expected"),
        [
            ([], 0),
            ([0, 0], 0),
            ([5], 0),
            ([3, 3, 3], 0),
            ([0, 0, 0, 1], 0.75),
            ([1, 2, 3, 4], 0.25),
        ],
    )
    def test_is_that_of_the_textbook(self, counts, expected):
        assert equality.gini(counts) == pytest.approx(expected)

    def test_is_half_the_mean_difference_over_the_mean(self):
        counts = [1, 1, 2, 7, 30, 4]
        pairs = [abs(one - other) for one in counts for other in counts]
        expected = sum(pairs) / len(pairs) / 2 / (sum(counts) / len(counts))
        assert equality.gini(counts) == pytest.approx(expected)


class TestTheTopShare:
    @pytest.mark.parametrize(
        ("authors", "most"), [(1, 1), (9, 1), (10, 1), (11, 2), (30, 3), (70, 7)]
    )
    def test_is_that_of_a_tenth_rounded_up(self, authors, most):
        assert equality.top_share([1] * authors) == pytest.approx(most / authors)

    def test_takes_those_who_wrote_most(self):
        assert equality.top_share([1] * 9 + [11]) == pytest.approx(11 / 20)


class TestTheFigures:
    def test_say_nothing_of_single_people(self):
        figures = equality.figures(by(9, 1, 1, 1))
        assert (figures.comments, figures.authors) == (12, 4)
        assert figures.gini is figures.top_share is figures.newcomers is None

    def test_count_each_newcomer_once(self):
        comments = [written(1, is_newcomers=True) for _ in range(3)] + by(1, 1, 1, 1)
        authors = {c.author for c in comments}
        assert equality.figures(comments).newcomers is None
        more = [*comments, written(90), written(91)]
        assert equality.figures(more).newcomers == pytest.approx(1 / (len(authors) + 2))

    def test_do_not_take_forgotten_authors_for_one_person(self):
        comments = by(1, 1, 1, 1, 1) + [written(None) for _ in range(50)]
        figures = equality.figures(comments)
        assert (figures.authors, figures.gini) == (5, 0)

    def test_hold_a_thread_for_unanswered_until_somebody_else_answers(self):
        alone, answered = written(1), written(1)
        comments = [
            alone,
            answered,
            written(1, thread=alone.id, after=5),
            written(1, thread=answered.id, after=5),
            written(2, thread=answered.id, after=30),
            written(3, thread=answered.id, after=20),
        ]
        figures = equality.figures(comments)
        assert (figures.threads, figures.unanswered) == (2, 0.5)
        assert figures.first_answer == timedelta(minutes=20)

    def test_leave_open_whether_the_forgotten_answered_themselves(self):
        unknown, answered, known = written(None), written(None), written(1)
        comments = [
            unknown,
            written(None, thread=unknown.id),
            answered,
            written(None, thread=answered.id),
            written(2, thread=answered.id),
            known,
            written(None, thread=known.id),
            written(3),
        ]
        figures = equality.figures(comments)
        assert (figures.threads, figures.unanswered) == (4, pytest.approx(1 / 3))
        assert equality.figures(comments[:2]).unanswered is None

    def test_do_not_depend_on_the_order(self):
        root = written(1)
        comments = [root, written(2, thread=root.id, after=9), *by(3, 1, 1, 2, 5)]
        expected = equality.figures(comments)
        assert equality.figures(comments[::-1]) == expected

    def test_leave_out_answers_to_what_is_not_public(self):
        figures = equality.figures([written(1), written(2, thread=-7)])
        assert (figures.threads, figures.unanswered) == (1, 1)

    def test_list_languages_by_their_use(self):
        comments = [written(1, language=each) for each in ("de", "en", "de", "tr", "")]
        expected = (("de", 2), ("en", 1), ("tr", 1))
        assert equality.figures(comments).languages == expected

    def test_of_nothing_are_none(self):
        figures = equality.figures([])
        assert (figures.comments, figures.unanswered, figures.languages) == (
            0,
            None,
            (),
        )

    def test_bear_a_clock_that_was_set_back(self):
        root = written(1, after=10)
        figures = equality.figures([root, written(2, thread=root.id, after=5)])
        assert figures.first_answer == timedelta()


class TestTheSentences:
    def test_round_as_the_table_does(self):
        figures = replace(equality.figures(by(1, 2, 3, 4, 4, 2)), gini=0.2382)
        assert any("coefficient 0.24;" in each for each in sentences.equality(figures))

    def test_compare_with_the_most_frequent_language(self):
        comments = [written(1, language=each) for each in ("de", "en", "fr")]
        told = sentences.equality(equality.figures(comments))
        assert any("than the most frequent one; 3 languages" in each for each in told)

    def test_say_that_nobody_wrote(self):
        assert sentences.equality(equality.figures([])) == [
            "Nobody has written anything yet."
        ]

    def test_say_who_takes_part_and_how_evenly(self):
        comments = by(*[1] * 9, 11)
        root = comments[0]
        comments += [
            written(3, thread=root.id, after=70, language="de"),
            written(4, thread=root.id, after=90, language="en"),
        ]
        told = sentences.equality(equality.figures(comments))
        assert told == [
            "10 people wrote 22 comments.",
            "A few carry much of it: the most active tenth wrote 50% "
            "of the comments (Gini coefficient 0.46; 0 is even, 1 is all by one).",
            "0% of the authors wrote here for the first time.",
            "95% of the threads have no answer by anybody else yet.",
            "Of the others, half were answered within 2 hours.",
            "50% of the comments are in another language than the most frequent one; "
            "2 languages were used.",
        ]

    @pytest.mark.parametrize(
        ("time", "expected"),
        [
            (timedelta(), "1 minute"),
            (timedelta(minutes=59), "59 minutes"),
            (timedelta(minutes=61), "2 hours"),
            (timedelta(hours=47), "47 hours"),
            (timedelta(hours=49), "3 days"),
        ],
    )
    def test_round_times_up(self, time, expected):
        assert sentences.spoken(time) == expected

    @pytest.mark.parametrize("reason", Reason)
    def test_explain_every_place_in_the_bridging_order(self, reason):
        assert str(sentences.bridging(reason)).endswith(".")
