"""Results and exports over the API: what they hold, and who may see them when."""

import pytest

from deliberation.models import Statement, Vote
from deliberation.services import results
from moderation.choices import ContentStatus
from tests.deliberation.polls.api import API, get
from tests.factories.deliberation import PollFactory, StatementFactory, VoteFactory
from tests.factories.moderation import ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest(client):
    client.defaults["HTTP_X_GUEST_TOKEN"] = "token"
    return ParticipantFactory(guest_token="token")


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
