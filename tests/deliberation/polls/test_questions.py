"""Which answers a question takes, and what it keeps once it has one."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from deliberation.choices import QuestionKind
from deliberation.models import Answer, Option
from deliberation.services import discussions, questions
from tests.deliberation.polls.asking import answered, ask, ids
from tests.factories.moderation import ParticipantFactory

pytestmark = pytest.mark.django_db


class TestOpening:
    def test_twice_keeps_the_answers(self):
        question = ask()
        answered(question, 1)
        again = ask(page=question.page, options=["At ten", "At noon"])
        assert again.pk == question.pk
        texts = Option.objects.filter(question=question).values_list("text", flat=True)
        assert set(texts) == {"At eight", "At ten", "At noon"}


class TestAnswering:
    def test_stores_one_choice_and_lets_it_change(self, now):
        question, me = ask(), ParticipantFactory()
        for place in (0, 2):
            questions.answer(
                question=question,
                participant=me,
                options=[ids(question)[place]],
                now=now,
            )
        assert Answer.objects.get().option_id == ids(question)[2]

    def test_takes_several_where_several_count(self, now):
        question, me = ask(QuestionKind.MULTIPLE), ParticipantFactory()
        questions.answer(
            question=question, participant=me, options=ids(question)[:2], now=now
        )
        assert Answer.objects.count() == 2

    @pytest.mark.parametrize("kind", [QuestionKind.SINGLE, QuestionKind.SCALE])
    def test_refuses_several_where_one_counts(self, now, kind):
        question = ask(kind)
        with pytest.raises(questions.NotAnAnswer):
            questions.answer(
                question=question,
                participant=ParticipantFactory(),
                options=ids(question)[:2],
                now=now,
            )

    def test_refuses_more_than_the_most(self, now):
        question = ask(QuestionKind.MULTIPLE)
        question.most_answers = 2
        with pytest.raises(questions.NotAnAnswer):
            questions.answer(
                question=question,
                participant=ParticipantFactory(),
                options=ids(question),
                now=now,
            )

    def test_refuses_options_of_another_question_and_none(self, now):
        question, other = ask(), ask()
        for options in ([], [ids(other)[0]], [ids(question)[0], 99], [9**30]):
            with pytest.raises(questions.NotAnAnswer):
                questions.answer(
                    question=question,
                    participant=ParticipantFactory(),
                    options=options,
                    now=now,
                )

    def test_is_refused_after_the_close(self, now):
        question = ask(closes_at=now)
        with pytest.raises(discussions.Closed):
            questions.answer(
                question=question,
                participant=ParticipantFactory(),
                options=ids(question)[:1],
                now=now,
            )


class TestAnsweredQuestion:
    def test_keeps_its_words_whichever_way_it_is_stored(self):
        question = ask()
        answered(question, 1)
        question.title = "Should the library close?"
        with pytest.raises(ValidationError, match="People have answered"):
            question.save()
        with pytest.raises(ValidationError, match="People have answered"):
            ask(page=question.page, title="Should the library close?")

    def test_may_be_given_its_first_close(self):
        question = ask()
        answered(question, 1)
        question.closes_at = timezone.now() + timedelta(days=3)
        question.save()
        question.closes_at = timezone.now() + timedelta(days=2)
        with pytest.raises(ValidationError, match="closes later"):
            question.save()
