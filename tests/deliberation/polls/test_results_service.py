import random
from datetime import timedelta

import numpy as np
import pytest
from django.db import connection

from deliberation.choices import Stance
from deliberation.models import EarlierVote, PollResult, Vote
from deliberation.queries import results as found
from deliberation.services import ballots, results, votes
from moderation.choices import ContentStatus
from tests.factories.deliberation import PollFactory, StatementFactory, VoteFactory
from tests.factories.moderation import ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll():
    """Two camps of twelve, and eight statements that part them."""
    poll = PollFactory()
    statements = StatementFactory.create_batch(8, poll=poll)
    for camp in (1, -1):
        for voter in ParticipantFactory.create_batch(12):
            for place, statement in enumerate(statements):
                stance = camp if place < 6 else 1
                VoteFactory(statement=statement, participant=voter, stance=stance)
    return poll


def _table(poll_id):
    rows = Vote.objects.filter(poll_id=poll_id)
    return set(rows.values_list("participant_id", "statement_id", "stance"))


def _collected(poll_id):
    found = ballots.collect(poll_id).votes
    people = np.repeat(found.participants, found.per_participant)
    return set(
        zip(
            people.tolist(),
            found.statements[found.columns].tolist(),
            found.stances.tolist(),
            strict=True,
        )
    )


class TestCollectingVotes:
    def test_gives_what_the_table_holds(self, poll):
        assert _collected(poll.pk) == _table(poll.pk)

    def test_sees_new_changed_and_undone_votes(self, poll, now):
        ballots.collect(poll.pk)
        statement = poll.statements.order_by("pk").first()
        first, second, third = list(statement.votes.order_by("pk")[:3])
        votes.cast(
            statement=statement,
            participant=first.participant,
            stance=Stance.PASS,
            now=now,
        )
        votes.take_back(statement=statement, participant=second.participant, now=now)
        VoteFactory(statement=statement, stance=Stance.DISAGREE)
        VoteFactory(
            statement=StatementFactory(poll=poll), participant=third.participant
        )
        assert _collected(poll.pk) == _table(poll.pk)

    def test_sees_votes_that_were_erased_without_a_trace(self, poll):
        ballots.collect(poll.pk)
        Vote.objects.filter(participant=Vote.objects.first().participant).delete()
        assert _collected(poll.pk) == _table(poll.pk)

    def test_reads_only_what_is_new(self, poll, monkeypatch):
        monkeypatch.setattr(ballots, "LATE", 0)
        ballots.collect(poll.pk)
        VoteFactory.create_batch(3, statement=poll.statements.first())
        asked = []

        def watch(execute, sql, *more):
            asked.append(sql)
            return execute(sql, *more)

        with connection.execute_wrapper(watch):
            collected = _collected(poll.pk)
        assert collected == _table(poll.pk)
        of_votes = [sql for sql in asked if "deliberation_vote" in sql]
        assert all('"id" > ' in sql for sql in of_votes if "stance" in sql)

    def test_goes_on_from_a_poll_in_which_nobody_had_voted(self):
        poll = PollFactory()
        assert _collected(poll.pk) == set()
        VoteFactory.create_batch(3, statement=StatementFactory(poll=poll))
        assert _collected(poll.pk) == _table(poll.pk)

    def test_follows_a_voter_who_takes_back_everything(self, poll, now):
        ballots.collect(poll.pk)
        voter = Vote.objects.first().participant
        for vote in Vote.objects.filter(participant=voter):
            votes.take_back(statement=vote.statement, participant=voter, now=now)
        assert EarlierVote.objects.count() == 8
        assert _collected(poll.pk) == _table(poll.pk)


class TestRefreshing:
    def test_finds_the_two_camps(self, poll, now):
        snapshot = results.refresh(poll=poll, now=now)
        assert [g["size"] for g in snapshot.findings["groups"]] == [12, 12]
        assert (snapshot.voters, snapshot.votes) == (24, 192)

    def test_leaves_hidden_statements_out(self, poll, now):
        gone = poll.statements.first()
        gone.status = ContentStatus.HIDDEN
        gone.save()
        findings = results.refresh(poll=poll, now=now).findings
        assert gone.pk not in [s["id"] for s in findings["statements"]]

    def test_keeps_the_letters_of_the_run_before(self, poll, now):
        first = results.refresh(poll=poll, now=now)
        VoteFactory(statement=poll.statements.first())
        second = results.refresh(poll=poll, now=now)
        assert len(first.findings["groups"]) == 2
        assert [g["letter"] for g in first.findings["groups"]] == [
            g["letter"] for g in second.findings["groups"]
        ]

    def test_works_without_a_single_vote(self, now):
        snapshot = results.refresh(poll=PollFactory(), now=now)
        assert snapshot.findings["verdict"] == "too_few"

    @pytest.mark.slow
    def test_keeps_the_last_snapshots_and_one_a_day(self, poll, now):
        for hours in range(48):
            results.refresh(poll=poll, now=now + timedelta(hours=hours))
        assert PollResult.objects.filter(poll=poll).count() <= results.KEPT + 3

    def test_knows_when_it_is_stale(self, poll, now):
        assert results.is_stale(poll, now=now)
        results.refresh(poll=poll, now=now)
        assert not results.is_stale(poll, now=now)
        VoteFactory(statement=poll.statements.first())
        assert results.is_stale(poll, now=now)


class TestAFewNewVotes:
    """Of 192 votes, one is less than one per cent."""

    def test_bring_a_brief_run_that_says_so(self, poll, now):
        results.refresh(poll=poll, now=now)
        VoteFactory(statement=poll.statements.first(), stance=1)
        snapshot = results.refresh(poll=poll, now=now)
        assert snapshot.method.endswith(results.BRIEF)
        assert snapshot.votes == 193
        assert snapshot.findings["method"]["checked_at_votes"] == 192

    def test_bring_a_full_run_once_they_add_up(self, poll, now):
        results.refresh(poll=poll, now=now)
        for _ in range(2):
            VoteFactory(statement=poll.statements.first(), stance=1)
            snapshot = results.refresh(poll=poll, now=now)
        assert not snapshot.method.endswith(results.BRIEF)

    def test_bring_a_full_run_at_the_close(self, poll, now):
        results.refresh(poll=poll, now=now)
        VoteFactory(statement=poll.statements.first(), stance=1)
        results.refresh(poll=poll, now=now)
        assert not results.is_stale(poll, now=now)
        poll.closes_at = now
        assert results.is_stale(poll, now=now)
        snapshot = results.refresh(poll=poll, now=now)
        assert not snapshot.method.endswith(results.BRIEF)


class TestConspicuousVoters:
    @pytest.fixture
    def straight(self, poll):
        """Nine people who agree with everything in a poll that divides."""
        more = StatementFactory.create_batch(12, poll=poll)
        chance = random.Random(7)
        for voters in _camps(poll):
            for voter in voters:
                for statement in more:
                    stance = chance.choice([1, 0, -1])
                    VoteFactory(statement=statement, participant=voter, stance=stance)
        for voter in ParticipantFactory.create_batch(9):
            for statement in poll.statements.all():
                VoteFactory(statement=statement, participant=voter, stance=1)
        return poll

    def test_are_disclosed_and_still_counted(self, straight, now):
        snapshot = results.refresh(poll=straight, now=now)
        assert snapshot.voters == 33
        assert [block["people"] for block in snapshot.blocks] == [9]
        assert snapshot.blocks[0]["kind"] == "copies"
        assert snapshot.without["participation"]["participants"] == 24

    def test_are_nowhere_named(self, straight, now):
        snapshot = results.refresh(poll=straight, now=now)
        assert "participants" not in snapshot.blocks[0]

    def test_can_be_compared_side_by_side(self, straight, now, client):
        results.refresh(poll=straight, now=now)
        straight.results = "always"
        straight.save()
        shown = client.get(f"/polls/{straight.pk}/results/").content.decode()
        assert "9 people gave nearly the same long row of votes" in " ".join(
            shown.split()
        )
        page = client.get(f"/polls/{straight.pk}/results/check/").content.decode()
        assert "<td>33</td><td>24</td>" in page


def _camps(poll):
    first = poll.statements.order_by("pk").first()
    for stance in (1, -1):
        found = first.votes.filter(stance=stance).select_related("participant")
        yield [vote.participant for vote in found]


class TestYourPlace:
    def test_follows_votes_that_came_after_the_results(self, poll, now):
        results.refresh(poll=poll, now=now)
        newcomer = ParticipantFactory()
        shown = found.of(poll)
        assert found.you(shown, newcomer) is None
        somebody = Vote.objects.filter(poll=poll).first().participant
        for vote in somebody.votes.select_related("statement__poll"):
            votes.cast(
                statement=vote.statement,
                participant=newcomer,
                stance=Stance(vote.stance),
                now=now,
            )
        you, alike = found.you(shown, newcomer), found.you(shown, somebody)
        assert you.letter == alike.letter
        assert (you.x, you.y) == pytest.approx((alike.x, alike.y), abs=1e-6)
        assert you.reasons[0].percent_inside == 100
