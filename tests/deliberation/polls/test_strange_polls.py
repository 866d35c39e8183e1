import json

import pytest

from deliberation.models import Vote
from deliberation.queries import exports, places
from deliberation.services import results
from moderation.services import erasure
from tests.factories.deliberation import PollFactory, StatementFactory, VoteFactory
from tests.factories.moderation import ParticipantFactory

pytestmark = pytest.mark.django_db


def fill(people, statements, stance_of):
    poll = PollFactory(results="always")
    asked = StatementFactory.create_batch(statements, poll=poll)
    for who, voter in enumerate(ParticipantFactory.create_batch(people)):
        for what, statement in enumerate(asked):
            stance = stance_of(who, what)
            if stance is not None:
                VoteFactory(statement=statement, participant=voter, stance=stance)
    return poll


STRANGE = {
    "nobody": (0, 3, lambda who, what: 1),
    "one voter": (1, 5, lambda who, what: 1),
    "one statement": (12, 1, lambda who, what: who % 3 - 1),
    "all pass": (12, 8, lambda who, what: 0),
    "all agree": (12, 8, lambda who, what: 1),
    "all disagree": (12, 8, lambda who, what: -1),
    "three voters": (3, 8, lambda who, what: what % 3 - 1),
    "one vote each": (9, 9, lambda who, what: 1 if who == what else None),
    "more statements than voters": (6, 20, lambda who, what: (who + what) % 3 - 1),
}


@pytest.mark.parametrize("kind", STRANGE)
class TestStrangePolls:
    def test_have_honest_results_on_every_path(self, client, now, kind):
        poll = fill(*STRANGE[kind])
        snapshot = results.refresh(poll=poll, now=now)
        json.dumps(snapshot.findings, allow_nan=False)
        answer = client.get(f"/api/v1/polls/{poll.pk}/results")
        assert answer.status_code == 200
        json.loads(answer.content, parse_constant=pytest.fail)
        for path in ("", "statements/", "check/"):
            page = client.get(f"/polls/{poll.pk}/results/{path}")
            assert page.status_code == 200
            assert "nan" not in page.content.decode().lower().split()
        for name in exports.FILES:
            assert "nan" not in "".join(
                exports.write(name, poll=poll, everything=True)
            ).split(",")

    def test_do_not_speak_of_groups_where_there_are_none(self, now, kind):
        poll = fill(*STRANGE[kind])
        assert results.refresh(poll=poll, now=now).findings["verdict"] != "groups"


def test_whoever_is_erased_is_gone_from_results_and_exports(
    divided, now, django_capture_on_commit_callbacks
):
    results.refresh(poll=divided, now=now)
    gone = Vote.objects.order_by("pk").first().participant
    with django_capture_on_commit_callbacks(execute=True):
        erasure.ask(participant=gone, now=now)
        erasure.carry_out_due(now=now + erasure.GRACE)
    snapshot = divided.snapshots.latest("pk")
    assert (snapshot.voters, snapshot.votes) == (23, 184)
    for everything in (True, False):
        told = "".join(exports.write("votes.csv", poll=divided, everything=everything))
        assert len(told.splitlines()) == 185
    for kept in divided.snapshots.all():
        known = places.unpack(kept.places).participants if kept.places else []
        assert gone.pk not in known
