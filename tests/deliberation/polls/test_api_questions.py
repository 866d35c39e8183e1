"""A question over the API."""

import json

import pytest

from tests.deliberation.polls.asking import answered, ask, ids
from tests.factories.deliberation import PageFactory

pytestmark = pytest.mark.django_db


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
