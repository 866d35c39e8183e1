import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from deliberation.choices import QuestionKind
from deliberation.models import Answer, Option
from deliberation.services import discussions, questions
from moderation.choices import Standing
from tests.factories.deliberation import PageFactory
from tests.factories.moderation import AccountFactory, ParticipantFactory, PolicyFactory

pytestmark = pytest.mark.django_db


def ask(kind=QuestionKind.SINGLE, **more):
    fields = {
        "page": PageFactory(),
        "title": "When should the library open?",
        "kind": kind,
        "options": ["At eight", "At nine", "At ten"],
        "opens_at": None,
        "closes_at": None,
        "policy": PolicyFactory(for_guests=True),
    }
    return questions.open_on(**fields | more)


def ids(question):
    found = Option.objects.filter(question=question).order_by("sort_order")
    return list(found.values_list("pk", flat=True))


def answered(question, number, place=0):
    for voter in ParticipantFactory.create_batch(number):
        Answer.objects.create(
            question=question,
            option_id=ids(question)[place],
            participant=voter,
            cast_at="2026-05-01T09:00Z",
        )


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


class TestThePage:
    def test_takes_a_guests_answer_and_shows_the_results(self, client):
        question = ask()
        answered(question, 5)
        path = f"/questions/{question.pk}/"
        assert "fm-bars" not in client.get(path).content.decode()
        page = client.post(path, {"option": ids(question)[1]}, follow=True)
        html = page.content.decode()
        assert "Your answer was stored." in html
        assert "6 people answered." in html
        assert "83%" in html

    def test_shows_nothing_of_few_people(self, client):
        question = ask(results="always")
        answered(question, 4)
        html = client.get(f"/questions/{question.pk}/").content.decode()
        assert "Fewer than five people have answered." in html
        assert "fm-bars" not in html

    def test_gives_an_answer_back(self, client):
        question = ask(results="always")
        path = f"/questions/{question.pk}/"
        assert "take_back" not in client.get(path).content.decode()
        client.post(path, {"option": ids(question)[0]})
        assert "Take my answer back" in client.get(path).content.decode()
        page = client.post(path, {"take_back": "1"}, follow=True)
        assert "Your answer was taken back." in page.content.decode()
        assert not Answer.objects.exists()

    def test_gives_nothing_back_after_the_close(self, client, now):
        question = ask()
        client.post(f"/questions/{question.pk}/", {"option": ids(question)[0]})
        discussions.close(discussion=question, now=now)
        refused = client.post(f"/questions/{question.pk}/", {"take_back": "1"})
        assert refused.status_code == 422
        assert "This closed on" in refused.content.decode()
        assert Answer.objects.count() == 1

    def test_tells_the_suspended_that_they_may_not_answer(self, client):
        question = ask()
        account = AccountFactory()
        ParticipantFactory(account=account, standing=Standing.SUSPENDED)
        client.force_login(account)
        html = client.get(f"/questions/{question.pk}/").content.decode()
        assert "Your account may not vote at present." in html
        assert "Sign in to answer" not in html

    def test_says_in_which_language_the_city_asks(self, client):
        question = ask(introduction="Choose.", results="always")
        answered(question, 5)
        page = client.get(
            f"/questions/{question.pk}/", headers={"accept-language": "ar"}
        )
        html = page.content.decode()
        for words in (question.title, "At eight"):
            assert re.search(rf'lang="en" dir="auto">{re.escape(words)}', html)

    def test_tells_the_mean_of_a_scale(self, client):
        question = ask(QuestionKind.SCALE, results="always")
        answered(question, 3, place=0)
        answered(question, 3, place=2)
        html = client.get(f"/questions/{question.pk}/").content.decode()
        assert "On average step 2.0 of 3." in html

    @pytest.mark.parametrize("option", ["", "x", "9" * 40, "-1", "1\x00", "٣"])
    def test_answers_nonsense_in_words(self, client, option):
        question = ask()
        page = client.post(f"/questions/{question.pk}/", {"option": option})
        assert page.status_code == 422
        assert "Please choose among the answers" in page.content.decode()

    def test_stands_on_its_page_as_a_teaser(self, rf, client):
        from django.contrib.auth.models import AnonymousUser

        from deliberation.templatetags import deliberation_tags

        question = ask()
        request = rf.get("/")
        request.user = AnonymousUser()
        told = deliberation_tags.polls_for({"request": request}, question.page)
        assert [each for each, _stage in told["questions"]] == [question]


class TestTheApi:
    def put(self, client, question, options):
        return client.put(
            f"/api/v1/questions/{question.pk}/answer",
            json.dumps({"options": options}),
            content_type="application/json",
        )

    def test_takes_an_answer_and_then_shows_results(self, client):
        question = ask()
        answered(question, 5)
        path = f"/api/v1/questions/{question.pk}"
        assert client.get(path).json()["results"] is None
        told = self.put(client, question, ids(question)[:1]).json()
        assert told["results"]["people"] == 6
        assert [o["mine"] for o in told["options"]] == [True, False, False]

    def test_gives_back_422_in_words(self, client):
        question = ask()
        for options in ([], [99], ids(question)[:2], [9**30], list(range(300))):
            assert self.put(client, question, options).status_code == 422

    def test_is_404_for_a_draft(self, client):
        question = ask(page=PageFactory(live=False))
        assert client.get(f"/api/v1/questions/{question.pk}").status_code == 404
        assert self.put(client, question, [1]).status_code == 404


class TestTheAdmin:
    def test_keeps_the_words_of_what_was_chosen(self, client):
        client.force_login(AccountFactory(is_superuser=True, is_staff=True))
        question = ask()
        answered(question, 1)
        path = f"/cms/snippets/deliberation/question/edit/{question.pk}/"
        assert client.get(path).status_code == 200
        data = {
            "page": question.page_id,
            "title": question.title,
            "kind": "single",
            "results": "always",
            "options-TOTAL_FORMS": 3,
            "options-INITIAL_FORMS": 3,
            "options-MIN_NUM_FORMS": 0,
            "options-MAX_NUM_FORMS": 1000,
        }
        for place, pk in enumerate(ids(question)):
            data[f"options-{place}-id"] = pk
            data[f"options-{place}-text"] = f"Changed {place}"
            data[f"options-{place}-ORDER"] = place
        page = client.post(path, data)
        assert "stays as it is" in page.content.decode()
        assert not Option.objects.filter(text__startswith="Changed").exists()

    def post(self, client, question, **changes):
        """Store the question's form with some changes; return the question then."""
        client.force_login(AccountFactory(is_superuser=True, is_staff=True))
        data = {
            "page": question.page_id,
            "title": question.title,
            "kind": question.kind,
            "results": question.results,
            "opens_at": "2026-05-01 08:00",
            "closes_at": "2099-05-01 08:00",
            "options-TOTAL_FORMS": 3,
            "options-INITIAL_FORMS": 3,
            "options-MIN_NUM_FORMS": 0,
            "options-MAX_NUM_FORMS": 1000,
        }
        for place, option in enumerate(question.options.all()):
            data[f"options-{place}-id"] = option.pk
            data[f"options-{place}-text"] = option.text
            data[f"options-{place}-ORDER"] = place
        path = f"/cms/snippets/deliberation/question/edit/{question.pk}/"
        told = client.post(path, data | changes).content.decode()
        question.refresh_from_db()
        return told

    @pytest.fixture
    def asked(self):
        opens, closes = (datetime(year, 5, 1, 8, tzinfo=UTC) for year in (2026, 2099))
        return ask(opens_at=opens, closes_at=closes)

    def test_changes_a_question_that_nobody_has_answered(self, client, asked):
        self.post(client, asked, title="When should it close?", kind="multiple")
        assert asked.title == "When should it close?"

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("title", "Should it close?"),
            ("introduction", "It will close."),
            ("kind", "multiple"),
            ("most_answers", 2),
            ("closes_at", "2098-05-01 08:00"),
        ],
    )
    def test_keeps_what_people_have_answered_to(self, client, asked, name, value):
        answered(asked, 1)
        before = getattr(asked, name)
        told = self.post(client, asked, **{name: value})
        assert getattr(asked, name) == before
        assert "People have answered" in told or "told that it closes later" in told

    def test_may_close_early_for_a_reason_that_people_read(self, client, asked):
        answered(asked, 1)
        path, because = f"/questions/{asked.pk}/", "The library burnt down."
        self.post(client, asked, closes_at="2026-05-02 08:00", ended_because=because)
        assert asked.closes_at.year == 2026
        html = client.get(path).content.decode()
        assert re.search(rf"Why it closed early:.*{because}", html)
        told = client.get(f"/api/v1/questions/{asked.pk}").json()
        assert (told["stage"], told["closed_early_because"]) == ("closed", because)

    def test_may_close_later_after_an_answer(self, client, asked):
        answered(asked, 1)
        self.post(client, asked, closes_at="2099-06-01 08:00")
        assert asked.closes_at.month == 6


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
