from datetime import timedelta

import pytest

from deliberation import tasks
from deliberation.choices import ReactionKind, Sort, Stance
from deliberation.models import BridgingRun, Comment, Reaction
from deliberation.queries import threads
from deliberation.queries.visits import Reader, Visit
from deliberation.services import rankings, reactions, results
from moderation.models import Policy
from tests.factories.deliberation import (
    WRITTEN,
    CommentFactory,
    DiscussionFactory,
    PollFactory,
    ReactionFactory,
    StatementFactory,
    VoteFactory,
)
from tests.factories.moderation import ParticipantFactory

pytestmark = pytest.mark.django_db

LIKE, DISLIKE = ReactionKind.AGREE, ReactionKind.DISAGREE


class Town:
    """Two camps of eight, who have said of three threads each where they stand."""

    def __init__(self):
        self.discussion = DiscussionFactory()
        self.left = ParticipantFactory.create_batch(8)
        self.right = ParticipantFactory.create_batch(8)
        for _ in range(3):
            self.say(self.thread(), self.left, self.right)
            self.say(self.thread(), self.right, self.left)

    def thread(self, **fields):
        return CommentFactory(discussion=self.discussion, **fields)

    def say(self, comment, fans=(), critics=()):
        for kind, people in ((LIKE, fans), (DISLIKE, critics)):
            for person in people:
                ReactionFactory(comment=comment, participant=person, kind=kind)
        return comment

    def rank(self, now):
        return rankings.refresh(discussion=self.discussion, now=now)

    def order(self, now, **reader):
        visit = Visit(
            discussion=self.discussion,
            policy=Policy(),
            reader=Reader(key="me", **reader),
            now=now,
        )
        return [n.source for n in threads.page(visit, sort=Sort.BRIDGING).nodes]


@pytest.fixture
def town():
    return Town()


class TestRanking:
    def test_puts_the_bridge_above_a_favourite_with_more_votes(self, town, now):
        bridge = town.say(town.thread(), [*town.left[:4], *town.right[:4]])
        crowd = ParticipantFactory.create_batch(4)
        town.say(town.thread(), crowd)
        favourite = town.say(town.thread(), [*town.left, *crowd])
        town.rank(now)
        order = town.order(now)
        assert order[0] == bridge
        assert order.index(favourite) > 0

    def test_moves_nothing_when_nothing_changed(self, town, now):
        assert town.rank(now) > 0
        assert town.rank(now) == 0

    def test_forgets_what_was_taken_back(self, town, now):
        bridge = town.say(town.thread(), [*town.left, *town.right])
        town.rank(now)
        bridge.reactions.all().delete()
        town.rank(now)
        bridge.refresh_from_db()
        assert (bridge.bridging, bridge.standing) == (0, "few")

    def test_does_not_listen_to_reactions_on_what_was_hidden(self, town, now):
        Comment.objects.update(status="hidden")
        assert town.rank(now) == 0

    def test_leaves_other_discussions_alone(self, town, now):
        other = CommentFactory(bridging=7, standing="bridges")
        town.rank(now)
        other.refresh_from_db()
        assert other.bridging == 7

    def test_is_asked_for_by_a_reaction(
        self, town, now, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            reactions.react(
                comment=town.thread(),
                participant=ParticipantFactory(),
                kind="agree",
                now=now,
            )
        assert BridgingRun.objects.filter(discussion=town.discussion).exists()

    def test_is_caught_up_on_once_somebody_reads(self, town, now):
        assert rankings.is_stale(town.discussion)
        tasks.catch_up_ranking(town.discussion)
        assert not rankings.is_stale(town.discussion)

    def test_of_a_discussion_that_is_gone_does_nothing(self):
        tasks.refresh_ranking.func(0)


class TestBesideAPoll:
    @pytest.fixture
    def poll(self, town, now):
        """Return a poll on the page in which the camps have voted against each other."""
        poll = PollFactory(page=town.discussion.page)
        for side in range(10):
            statement = StatementFactory(poll=poll)
            for people, agrees in ((town.left, side % 2), (town.right, not side % 2)):
                for person in people:
                    stance = Stance.AGREE if agrees else Stance.DISAGREE
                    VoteFactory(statement=statement, participant=person, stance=stance)
        assert len(results.refresh(poll=poll, now=now).findings["groups"]) == 2
        return poll

    @pytest.fixture
    def items(self, town):
        return {
            "bridge": town.say(town.thread(), [*town.left[:4], *town.right[:4]]),
            "favourite": town.say(town.thread(), town.left, town.right[:3]),
            "one": town.say(town.thread(), town.left),
        }

    def standing(self, comment):
        comment.refresh_from_db()
        return comment.bridging, comment.standing

    def test_the_opinion_groups_are_the_sides(self, town, poll, items, now):
        town.rank(now)
        # Of each group four of four: the root of (5/6)² less a half.
        assert self.standing(items["bridge"]) == (333_333, "bridges")
        assert self.standing(items["favourite"])[1] == "divides"
        assert self.standing(items["one"])[1] == "one_side"
        assert town.order(now)[0] == items["bridge"]

    def test_accounts_that_never_voted_lift_nothing(self, town, poll, items, now):
        town.rank(now)
        before = self.standing(items["favourite"])
        town.say(items["favourite"], ParticipantFactory.create_batch(10))
        town.rank(now)
        assert self.standing(items["favourite"]) == before

    def test_the_same_is_found_again(self, town, poll, items, now):
        assert town.rank(now) > 0
        assert town.rank(now) == 0

    def test_reactions_lead_where_hardly_any_of_the_voters_react(
        self, town, poll, items, now
    ):
        crowd = ParticipantFactory.create_batch(40)
        for _ in range(4):
            town.say(town.thread(), crowd)
        town.rank(now)
        assert self.standing(items["bridge"])[0] != 333_333

    def test_new_groups_make_the_ranking_stale(self, town, items, now, request):
        town.rank(now)
        Reaction.objects.update(created_at=now)
        assert not rankings.is_stale(town.discussion)
        poll = request.getfixturevalue("poll")
        results.refresh(poll=poll, now=now + timedelta(minutes=5))
        assert rankings.is_stale(town.discussion)


class TestTheBridgingOrder:
    def test_goes_on_through_scores_and_neutral_ones(self, now):
        town = Town()
        scores = [3, 3, 2, 0, 0, 0, 0, -1, -4, -4]
        Comment.objects.all().delete()
        for score in scores:
            town.thread(bridging=score)
        visit = Visit(
            discussion=town.discussion,
            policy=Policy(),
            reader=Reader(key="me"),
            now=WRITTEN,
        )
        found, after = [], None
        while True:
            page = threads.page(visit, sort=Sort.BRIDGING, after=after, limit=2)
            found += [node.source for node in page.nodes]
            after = page.next
            if after is None:
                break
        assert [comment.bridging for comment in found] == scores
        assert len(set(found)) == len(scores)

    def test_says_why_only_to_whoever_may_know_the_counts(self, town, now):
        bridge = town.say(town.thread(), [*town.left, *town.right])
        town.rank(now)

        def why(person):
            visit = Visit(
                discussion=town.discussion,
                policy=Policy(),
                reader=Reader(key="me", participant=person),
                now=now,
            )
            return threads.single(visit, threads.find(visit, bridge.pk)).standing

        assert why(None) is None
        assert "otherwise disagree" in str(why(town.left[0]))
