"""A poll over the API: what it says of itself, and when it is not there."""

import pytest

from tests.deliberation.polls.api import API, get, send
from tests.factories.deliberation import StatementFactory

pytestmark = pytest.mark.django_db


class TestAPoll:
    def test_says_what_the_caller_may_do(self, client, poll):
        StatementFactory(poll=poll)
        told = get(client, f"/polls/{poll.pk}").json()
        assert told["title"] == poll.title
        assert told["stage"] == "open"
        assert told["progress"] == {"voted": 0, "total": 1, "remaining": 1}
        assert told["may"] == {
            "vote": True,
            "submit": True,
            "must_agree": True,
            "see_results": False,
            "sign_in": False,
        }

    def test_on_a_draft_or_private_page_is_not_there(self, client):
        statement = StatementFactory(poll__page__live=False)
        poll = statement.poll
        for path in ("", "/statements", "/next", "/results", "/export/votes.csv"):
            assert get(client, f"/polls/{poll.pk}{path}").status_code == 404
        assert get(client, f"/statements/{statement.pk}").status_code == 404
        vote = send(
            client, "PUT", f"/statements/{statement.pk}/vote", {"stance": "pass"}
        )
        assert vote.status_code == 404

    def test_is_not_modified_until_it_is(self, client, poll):
        first = get(client, f"/polls/{poll.pk}/statements")
        again = client.get(
            f"{API}/polls/{poll.pk}/statements",
            headers={"If-None-Match": first["ETag"]},
        )
        assert again.status_code == 304
        StatementFactory(poll=poll)
        third = client.get(
            f"{API}/polls/{poll.pk}/statements",
            headers={"If-None-Match": first["ETag"]},
        )
        assert third.status_code == 200


@pytest.mark.parametrize("pk", [0, 99, 9**30])
@pytest.mark.parametrize("path", ["", "/statements", "/next", "/results"])
def test_of_no_poll_all_is_404(client, pk, path):
    assert get(client, f"/polls/{pk}{path}").status_code == 404


def test_an_unknown_query_key_is_422(client, poll):
    assert get(client, f"/polls/{poll.pk}/statements", page=2).status_code == 422
