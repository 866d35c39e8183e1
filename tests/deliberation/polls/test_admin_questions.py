"""What editors may still change of a question once people have answered it."""

import re
from datetime import UTC, datetime

import pytest

from deliberation.models import Option
from tests.deliberation.polls.asking import answered, ask, ids
from tests.factories.moderation import AccountFactory

pytestmark = pytest.mark.django_db


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
