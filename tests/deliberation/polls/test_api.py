import json

import pytest

from deliberation.models import EarlierVote, Statement, Vote
from deliberation.services import results
from moderation.choices import ContentStatus
from tests.factories.deliberation import PollFactory, StatementFactory, VoteFactory
from tests.factories.moderation import AccountFactory, ParticipantFactory, PolicyFactory

pytestmark = pytest.mark.django_db

API = "/api/v1"


@pytest.fixture
def poll():
    return PollFactory(policy=PolicyFactory(for_guests=True, lenient=True))


@pytest.fixture
def guest(client):
    client.defaults["HTTP_X_GUEST_TOKEN"] = "token"
    return ParticipantFactory(guest_token="token")


def get(client, path, **query):
    return client.get(f"{API}{path}", query)


def send(client, method, path, data=None, **headers):
    return client.generic(
        method,
        f"{API}{path}",
        json.dumps(data),
        content_type="application/json",
        headers=headers,
    )


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


class TestAVote:
    def test_of_a_stranger_makes_a_guest_and_gives_the_token(self, client, poll):
        statement = StatementFactory(poll=poll)
        answer = send(
            client, "PUT", f"/statements/{statement.pk}/vote", {"stance": "agree"}
        )
        assert answer.status_code == 200
        assert answer.json()["stance"] == "agree"
        token = answer["X-Guest-Token"]
        client.cookies.clear()
        changed = send(
            client,
            "PUT",
            f"/statements/{statement.pk}/vote",
            {"stance": "disagree", "important": True},
            X_Guest_Token=token,
        )
        assert changed.status_code == 200
        assert Vote.objects.get().stance == -1
        assert EarlierVote.objects.count() == 1

    def test_is_seen_by_its_voter_only(self, client, poll, guest):
        vote = VoteFactory(statement=StatementFactory(poll=poll), participant=guest)
        path = f"/statements/{vote.statement_id}"
        assert get(client, path).json()["my_vote"]["stance"] == "agree"
        del client.defaults["HTTP_X_GUEST_TOKEN"]
        assert get(client, path).json()["my_vote"] is None

    def test_can_be_taken_back(self, client, poll, guest):
        vote = VoteFactory(statement=StatementFactory(poll=poll), participant=guest)
        path = f"/statements/{vote.statement_id}/vote"
        assert send(client, "DELETE", path).status_code == 204
        assert send(client, "DELETE", path).status_code == 404

    def test_needs_an_account_where_guests_are_not_admitted(self, client):
        poll = PollFactory(policy=PolicyFactory(guests_may_vote=False))
        path = f"/statements/{StatementFactory(poll=poll).pk}/vote"
        assert send(client, "PUT", path, {"stance": "agree"}).status_code == 401

    def test_is_409_after_the_close(self, client, guest):
        statement = StatementFactory(poll=PollFactory(closed=True))
        answer = send(
            client, "PUT", f"/statements/{statement.pk}/vote", {"stance": "agree"}
        )
        assert answer.status_code == 409
        assert answer.json()["type"] == "closed"

    def test_on_ones_own_statement_is_403(self, client, poll, guest):
        path = f"/statements/{StatementFactory(poll=poll, author=guest).pk}/vote"
        assert send(client, "PUT", path, {"stance": "agree"}).status_code == 403

    @pytest.mark.parametrize(
        "status", [ContentStatus.HIDDEN, ContentStatus.HELD, ContentStatus.WITHDRAWN]
    )
    def test_on_what_is_not_public_is_404(self, client, poll, guest, status):
        own = StatementFactory(poll=poll, status=status, author=guest)
        for one in (own, StatementFactory(poll=poll, status=status)):
            path = f"/statements/{one.pk}/vote"
            assert send(client, "PUT", path, {"stance": "agree"}).status_code == 404

    @pytest.mark.parametrize(
        "body",
        [
            None,
            {},
            {"stance": 1},
            {"stance": "maybe"},
            {"stance": "agree\n"},
            {"stance": "a" * 100_000},
            {"stance": "agree", "important": "very"},
            {"stance": "agree", "more": 1},
        ],
    )
    def test_of_another_kind_is_422(self, client, poll, guest, body):
        path = f"/statements/{StatementFactory(poll=poll).pk}/vote"
        answer = send(client, "PUT", path, body)
        assert answer.status_code == 422
        assert not Vote.objects.exists()

    @pytest.mark.parametrize("pk", [0, 99, 9**30])
    def test_on_no_statement_is_404(self, client, guest, pk):
        answer = send(client, "PUT", f"/statements/{pk}/vote", {"stance": "agree"})
        assert answer.status_code == 404

    def test_with_a_cookie_needs_a_csrf_token(self, poll):
        from django.test import Client

        client = Client(enforce_csrf_checks=True)
        client.force_login(AccountFactory())
        path = f"/statements/{StatementFactory(poll=poll).pk}/vote"
        assert send(client, "PUT", path, {"stance": "agree"}).status_code == 403


class TestResults:
    def test_hold_groups_statements_and_method(self, client, divided, now):
        results.refresh(poll=divided, now=now)
        told = get(client, f"/polls/{divided.pk}/results").json()
        assert told["verdict"] == "groups"
        assert [g["size"] for g in told["groups"]] == [12, 12]
        assert told["participation"]["voters"] == 24
        assert len(told["unites"]) == 2
        assert told["method"]["version"]
        assert told["you"] is None

    def test_tell_the_caller_where_they_stand(self, client, divided, guest, now):
        one = Vote.objects.order_by("pk").first().participant
        Vote.objects.filter(participant=one).update(participant=guest)
        results.refresh(poll=divided, now=now)
        you = get(client, f"/polls/{divided.pk}/results").json()["you"]
        assert you["group"] in {"A", "B"}
        assert you["reasons"]

    def test_without_votes_are_empty_and_honest(self, client):
        poll = PollFactory(results="always")
        told = get(client, f"/polls/{poll.pk}/results").json()
        assert (told["verdict"], told["statements"]) == ("too_few", [])

    def test_of_few_people_tell_no_votes(self, client):
        poll = PollFactory(results="always")
        VoteFactory.create_batch(4, statement=StatementFactory(poll=poll))
        told = get(client, f"/polls/{poll.pk}/results").json()
        assert (told["statements"], told["groups"]) == ([], [])

    def test_are_403_until_they_are_shown(self, client, divided, guest):
        divided.results = "after_voting"
        divided.save()
        path = f"/polls/{divided.pk}/results"
        answer = get(client, path)
        assert answer.status_code == 403
        assert "once you have voted" in answer.json()["detail"]
        VoteFactory(statement=divided.statements.first(), participant=guest)
        seen = get(client, path)
        assert seen.status_code == 200
        # Another caller gets nothing by the ETag of one who may see them.
        del client.defaults["HTTP_X_GUEST_TOKEN"]
        other = client.get(f"{API}{path}", headers={"If-None-Match": seen["ETag"]})
        assert other.status_code == 403

    def test_tell_how_they_went(self, client, divided, now):
        for _ in range(2):
            results.refresh(poll=divided, now=now)
        told = get(client, f"/polls/{divided.pk}/results/history").json()
        assert [one["sizes"] for one in told] == [[12, 12]] * 2
        assert {(one["voters"], one["votes"]) for one in told} == {(24, 192)}

    def test_stand_beside_those_without_the_conspicuous(self, client, divided, now):
        path = f"/polls/{divided.pk}/results/check"
        found = results.refresh(poll=divided, now=now)
        told = get(client, path).json()
        assert (told["conspicuous"], told["everybody"]) == ([], None)
        found.blocks = [{"kind": "copies", "people": 6, "evidence": {}}]
        found.without = {**found.findings, "divisive": []}
        found.save()
        told = get(client, path).json()
        assert told["conspicuous"] == [{"kind": "copies", "people": 6}]
        assert told["everybody"]["groups"] == told["others"]["groups"]
        assert (told["is_same"], told["others"]["divides"]) == (False, [])
        assert told["everybody"]["divides"]

    def test_change_their_etag_when_a_statement_is_hidden(self, client, divided, now):
        results.refresh(poll=divided, now=now)
        path = f"/polls/{divided.pk}/results"
        before = get(client, path)
        gone = divided.statements.first()
        Statement.objects.filter(pk=gone.pk).update(status=ContentStatus.HIDDEN)
        after = get(client, path)
        assert before["ETag"] != after["ETag"]
        assert gone.text not in after.content.decode()


class TestAnExport:
    def test_is_there_for_open_data(self, client, divided, now):
        results.refresh(poll=divided, now=now)
        answer = get(client, f"/polls/{divided.pk}/export/votes.csv")
        assert len(b"".join(answer.streaming_content).splitlines()) == 193

    def test_is_403_before_the_results_are_shown(self, client, divided):
        divided.results = "after_close"
        divided.save()
        answer = get(client, f"/polls/{divided.pk}/export/votes.csv")
        assert answer.status_code == 403

    @pytest.mark.parametrize("file", ["x", "..%2Fvotes.csv", "votes.csv%00"])
    def test_of_no_known_name_is_404(self, client, divided, file):
        assert get(client, f"/polls/{divided.pk}/export/{file}").status_code == 404

    def test_of_closed_data_is_404(self, client, divided, now):
        results.refresh(poll=divided, now=now)
        divided.is_open_data = False
        divided.save()
        answer = get(client, f"/polls/{divided.pk}/export/votes.csv")
        assert answer.status_code == 404


@pytest.mark.parametrize("more", ["history", "check"])
def test_what_is_told_beside_the_results_is_403_with_them(client, divided, more):
    divided.results = "after_close"
    divided.save()
    assert get(client, f"/polls/{divided.pk}/results/{more}").status_code == 403


@pytest.mark.parametrize("pk", [0, 99, 9**30])
@pytest.mark.parametrize("path", ["", "/statements", "/next", "/results"])
def test_of_no_poll_all_is_404(client, pk, path):
    assert get(client, f"/polls/{pk}{path}").status_code == 404


def test_an_unknown_query_key_is_422(client, poll):
    assert get(client, f"/polls/{poll.pk}/statements", page=2).status_code == 422
