"""A question on its page: answered, taken back, counted."""

import re

import pytest

from deliberation.choices import QuestionKind
from deliberation.models import Answer
from deliberation.services import discussions
from moderation.choices import Standing
from tests.deliberation.polls.asking import answered, ask, ids
from tests.factories.moderation import AccountFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


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
