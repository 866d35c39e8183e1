from contextlib import suppress
from datetime import timedelta

import pytest

from deliberation.choices import Stage, Stance
from deliberation.models import EarlierVote, Poll, Statement, Vote
from deliberation.queries import routing
from deliberation.services import discussions, votes
from moderation.choices import ContentStatus
from tests.factories.deliberation import PollFactory, StatementFactory, VoteFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory

pytestmark = pytest.mark.django_db


class TestCasting:
    def test_stores_one_vote(self, now):
        statement, voter = StatementFactory(), ParticipantFactory()
        votes.cast(
            statement=statement,
            participant=voter,
            stance=Stance.PASS,
            important=True,
            now=now,
        )
        vote = Vote.objects.get()
        assert (vote.poll, vote.statement) == (statement.poll, statement)
        assert (vote.stance, vote.is_important, vote.cast_at) == (0, True, now)

    def test_again_keeps_the_earlier_vote_aside(self, now):
        statement, voter = StatementFactory(), ParticipantFactory()
        for minutes, stance in enumerate([Stance.AGREE, Stance.DISAGREE]):
            votes.cast(
                statement=statement,
                participant=voter,
                stance=stance,
                now=now + timedelta(minutes=minutes),
            )
        assert Vote.objects.get().stance == Stance.DISAGREE
        earlier = EarlierVote.objects.get()
        assert (earlier.stance, earlier.cast_at) == (Stance.AGREE, now)

    def test_gives_a_changed_vote_a_higher_id(self, now):
        first = VoteFactory()
        second = votes.cast(
            statement=first.statement,
            participant=first.participant,
            stance=Stance.PASS,
            now=now,
        )
        assert second.pk > first.pk

    def test_asks_once_where_it_is_stored(self, now, django_assert_num_queries):
        statement, voter = StatementFactory(), ParticipantFactory()
        with django_assert_num_queries(1):
            _agree(statement, voter, now)

    def test_leaves_the_earlier_vote_where_the_new_one_is_refused(self, now):
        vote = VoteFactory(stance=Stance.DISAGREE)
        Statement.objects.update(status=ContentStatus.HIDDEN)
        with pytest.raises(votes.NotVotable):
            _agree(vote.statement, vote.participant, now)
        assert Vote.objects.get().stance == Stance.DISAGREE
        assert not EarlierVote.objects.exists()

    def test_goes_by_what_is_so_now_not_by_what_was_read(self, now):
        statement = StatementFactory()
        Poll.objects.update(closes_at=now)
        with pytest.raises(discussions.Closed):
            _agree(statement, ParticipantFactory(), now)

    @pytest.mark.parametrize(
        ("opens", "closes"),
        [
            *((None, closes) for closes in (None, -1, 0, 1)),
            *((opens, None) for opens in (-1, 0, 1)),
            *((-1, 0), (-1, 1), (0, 1), (1, 2), (-2, -1)),
        ],
    )
    def test_is_taken_just_while_the_stage_says_open(self, now, opens, closes):
        opens_at, closes_at = (
            None if seconds is None else now + timedelta(seconds=seconds)
            for seconds in (opens, closes)
        )
        statement = StatementFactory()
        Poll.objects.update(opens_at=opens_at, closes_at=closes_at)
        with suppress(discussions.Closed):
            _agree(statement, ParticipantFactory(), now)
        stage = Stage.at(now, opens_at=opens_at, closes_at=closes_at)
        assert Vote.objects.exists() is stage.accepts_contributions

    @pytest.mark.parametrize(
        "status", [ContentStatus.HIDDEN, ContentStatus.HELD, ContentStatus.WITHDRAWN]
    )
    def test_is_refused_on_what_is_not_public(self, now, status):
        statement = StatementFactory(status=status)
        with pytest.raises(votes.NotVotable):
            _agree(statement, ParticipantFactory(), now)

    def test_is_refused_on_ones_own_statement(self, now):
        statement = StatementFactory()
        with pytest.raises(votes.MayNotVote):
            _agree(statement, statement.author, now)

    def test_is_refused_to_the_suspended(self, now):
        with pytest.raises(votes.MayNotVote):
            _agree(StatementFactory(), ParticipantFactory(suspended=True), now)

    def test_is_refused_before_and_after_the_poll(self, now):
        for when in ({"announced": True}, {"closed": True}):
            statement = StatementFactory(poll=PollFactory(**when))
            with pytest.raises(discussions.Closed):
                _agree(statement, ParticipantFactory(), now)

    def test_is_refused_to_guests_where_the_policy_has_none(self, now):
        poll = PollFactory(policy=PolicyFactory(guests_may_vote=False))
        with pytest.raises(votes.MayNotVote):
            _agree(
                StatementFactory(poll=poll), ParticipantFactory(guest_token="g"), now
            )


class TestTakingBack:
    def test_removes_the_vote_and_keeps_it_aside(self, now):
        vote = VoteFactory()
        votes.take_back(statement=vote.statement, participant=vote.participant, now=now)
        assert not Vote.objects.exists()
        assert EarlierVote.objects.get().stance == vote.stance

    def test_is_refused_where_there_is_none(self, now):
        with pytest.raises(votes.NoVote):
            votes.take_back(
                statement=StatementFactory(), participant=ParticipantFactory(), now=now
            )

    def test_is_refused_after_the_close(self, now):
        vote = VoteFactory(statement__poll=PollFactory(closed=True))
        with pytest.raises(discussions.Closed):
            votes.take_back(
                statement=vote.statement, participant=vote.participant, now=now
            )


class TestTheNextStatement:
    def test_is_never_ones_own_a_hidden_or_a_voted_one(self, now):
        poll, me = PollFactory(), ParticipantFactory()
        StatementFactory(poll=poll, author=me)
        StatementFactory(poll=poll, hidden=True)
        VoteFactory(statement=StatementFactory(poll=poll), participant=me)
        only = StatementFactory(poll=poll)
        turn = routing.next_for(poll_id=poll.pk, participant=me)
        assert (turn.statement, turn.voted, turn.total) == (only, 1, 2)

    def test_stays_until_the_vote(self):
        poll, me = PollFactory(), ParticipantFactory()
        StatementFactory.create_batch(20, poll=poll)
        asked = {
            routing.next_for(poll_id=poll.pk, participant=me).statement.pk
            for _ in range(9)
        }
        assert len(asked) == 1

    def test_varies_from_voter_to_voter(self):
        poll = PollFactory()
        StatementFactory.create_batch(20, poll=poll)
        asked = {
            routing.next_for(poll_id=poll.pk, participant=p).statement.pk
            for p in ParticipantFactory.create_batch(12)
        }
        assert len(asked) > 3

    def test_is_another_one_if_the_drawn_one_was_hidden_meanwhile(self):
        poll, me = PollFactory(), ParticipantFactory()
        StatementFactory.create_batch(2, poll=poll)
        drawn = routing.next_for(poll_id=poll.pk, participant=me).statement
        poll.statements.filter(pk=drawn.pk).update(status=ContentStatus.HIDDEN)
        again = routing.next_for(poll_id=poll.pk, participant=me).statement
        assert again is not None
        assert again != drawn

    def test_is_none_at_the_end(self):
        vote = VoteFactory()
        turn = routing.next_for(
            poll_id=vote.statement.poll.pk, participant=vote.participant
        )
        assert (turn.statement, turn.remaining) == (None, 0)

    def test_takes_the_same_few_queries_for_any_number(self, django_assert_num_queries):
        poll, me = PollFactory(), ParticipantFactory()
        StatementFactory.create_batch(60, poll=poll)
        routing.next_for(poll_id=poll.pk, participant=me)
        with django_assert_num_queries(2):
            routing.next_for(poll_id=poll.pk, participant=me)


def _agree(statement, participant, now):
    votes.cast(
        statement=statement, participant=participant, stance=Stance.AGREE, now=now
    )
