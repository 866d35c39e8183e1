"""Statements of a poll over the API: listed, submitted, asked one by one."""

import pytest

from deliberation.models import Statement
from tests.deliberation.polls.api import get, send
from tests.factories.deliberation import PollFactory, StatementFactory, VoteFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest(client):
    client.defaults["HTTP_X_GUEST_TOKEN"] = "token"
    return ParticipantFactory(guest_token="token")


class TestStatements:
    def test_come_in_pages_without_those_hidden(self, client, poll):
        shown = StatementFactory.create_batch(5, poll=poll)
        StatementFactory(poll=poll, hidden=True)
        seen, cursor = [], ""
        while cursor is not None:
            page = get(
                client, f"/polls/{poll.pk}/statements", limit=2, cursor=cursor
            ).json()
            seen += [item["id"] for item in page["items"]]
            cursor = page["next"]
        assert seen == [one.pk for one in shown]

    def test_take_the_same_queries_for_any_number(
        self, client, poll, django_assert_max_num_queries
    ):
        StatementFactory.create_batch(30, poll=poll)
        get(client, f"/polls/{poll.pk}/statements")
        with django_assert_max_num_queries(10):
            get(client, f"/polls/{poll.pk}/statements", limit=30)

    def test_do_not_tell_their_authors(self, client, poll):
        statement = StatementFactory(poll=poll)
        body = get(client, f"/statements/{statement.pk}").content.decode()
        assert statement.author.pseudonym not in body

    def test_are_submitted_with_201(self, client, poll, guest):
        path = f"/polls/{poll.pk}/statements"
        answer = send(
            client, "POST", path, {"text": "Trams at night.", "language": "en"}
        )
        assert answer.status_code == 201
        assert answer.json()["status"] == "published"
        assert Statement.objects.get().author == guest

    def test_have_a_language_as_the_site_spells_it(self, client, poll, guest):
        path = f"/polls/{poll.pk}/statements"
        send(client, "POST", path, {"text": "Trams at night.", "language": "EN"})
        assert Statement.objects.get().language == "en"
        body = {"text": "Trams by day.", "language": "<English>" * 20}
        assert send(client, "POST", path, body).status_code == 422

    def test_take_a_tick_under_the_rules_before_the_first(self, client, poll, guest):
        guest.agreed_at = None
        guest.save()
        path, body = f"/polls/{poll.pk}/statements", {"text": "Trams at night."}
        assert get(client, f"/polls/{poll.pk}").json()["may"]["must_agree"]
        answer = send(client, "POST", path, body)
        assert answer.status_code == 422
        assert "tick that you will keep them" in answer.json()["detail"]
        assert not Statement.objects.exists()
        answer = send(client, "POST", path, body | {"agreed": True})
        assert answer.status_code == 201
        assert not get(client, f"/polls/{poll.pk}").json()["may"]["must_agree"]

    def test_come_with_what_the_rules_noticed(self, client, guest):
        poll = PollFactory(policy=PolicyFactory(for_guests=True))
        text = "Das planen doch alles Idioten, die hier nicht wohnen."
        asked = f"/polls/{poll.pk}/hints"
        hints = get(client, asked, text=text).json()["findings"]
        assert [finding["rule"] for finding in hints] == ["heated_wording"]
        spelled = get(client, asked, text=text, language="De").json()["findings"]
        assert spelled == hints
        path = f"/polls/{poll.pk}/statements"
        answer = send(client, "POST", path, {"text": text}).json()
        assert answer["findings"] == hints
        assert answer["language"] == "de"

    def test_wait_with_202_where_they_are_read_first(self, client, guest):
        policy = PolicyFactory(for_guests=True, reviewing_first=True, lenient=True)
        poll = PollFactory(policy=policy)
        path = f"/polls/{poll.pk}/statements"
        assert send(client, "POST", path, {"text": "Trams."}).status_code == 202
        assert get(client, path).json()["items"] == []

    def test_that_are_refused_come_back_with_findings(self, client, poll, guest):
        path = f"/polls/{poll.pk}/statements"
        answer = send(client, "POST", path, {"text": "x" * 281})
        assert answer.status_code == 422
        assert answer.json()["text"] == "x" * 281
        assert answer.json()["findings"][0]["rule"] == "length"

    def test_sent_again_under_one_key_are_one(self, client, poll, guest):
        path = f"/polls/{poll.pk}/statements"
        answers = [
            send(client, "POST", path, {"text": "Trams."}, Idempotency_Key="k")
            for _ in range(2)
        ]
        assert [a.status_code for a in answers] == [201, 201]
        assert Statement.objects.count() == 1

    @pytest.mark.parametrize(
        "body",
        [
            None,
            [],
            {},
            {"text": 1},
            {"text": None},
            {"text": ""},
            {"text": "a", "x": 1},
        ],
    )
    def test_of_the_wrong_shape_are_422(self, client, poll, guest, body):
        answer = send(client, "POST", f"/polls/{poll.pk}/statements", body)
        assert answer.status_code == 422
        assert answer["Content-Type"] == "application/problem+json"

    @pytest.mark.parametrize(
        "text", ["a\x00b", "a\ud800b", "=1+1", "<script>x</script>"]
    )
    def test_with_strange_characters_are_cleaned(self, client, poll, guest, text):
        answer = send(client, "POST", f"/polls/{poll.pk}/statements", {"text": text})
        assert answer.status_code in {201, 422}
        assert "\x00" not in "".join(Statement.objects.values_list("text", flat=True))


class TestTheNextStatement:
    def test_is_one_the_caller_has_not_voted_on(self, client, poll, guest):
        voted, left = StatementFactory.create_batch(2, poll=poll)
        VoteFactory(statement=voted, participant=guest)
        told = get(client, f"/polls/{poll.pk}/next").json()
        assert told["statement"]["id"] == left.pk
        assert told["progress"] == {"voted": 1, "total": 2, "remaining": 1}

    def test_is_null_at_the_end(self, client, poll):
        assert get(client, f"/polls/{poll.pk}/next").json()["statement"] is None
