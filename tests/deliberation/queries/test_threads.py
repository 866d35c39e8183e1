from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from deliberation.choices import ReactionKind, Sort
from deliberation.models import Comment
from deliberation.queries import arrivals, orders, threads
from deliberation.queries.visits import Reader, Visit
from moderation.models import Policy
from tests.factories.deliberation import (
    WRITTEN,
    CommentFactory,
    DiscussionFactory,
    ReactionFactory,
)
from tests.factories.moderation import ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussion():
    return DiscussionFactory()


@pytest.fixture
def visit(discussion, now):
    def _visit(who=None, key="me", at=now, **reader):
        return Visit(
            discussion=discussion,
            policy=Policy(),
            reader=Reader(key=key, participant=who, **reader),
            now=at,
        )

    return _visit


@pytest.fixture
def comment(discussion):
    def _comment(**fields):
        return CommentFactory(discussion=discussion, **fields)

    return _comment


def many(discussion, count, **fields):
    """Store many comments at once."""
    author = ParticipantFactory()
    return Comment.objects.bulk_create(
        Comment(
            discussion=discussion,
            author=author,
            text=str(number),
            html=f"<p>{number}</p>",
            language="en",
            created_at=WRITTEN + timedelta(seconds=number // 3),
            **{name: value(number) for name, value in fields.items()},
        )
        for number in range(count)
    )


def pages(visit, sort, limit):
    """Return the ids of all threads, page by page."""
    after, found = None, []
    while True:
        page = threads.page(visit, sort=sort, after=after, limit=limit)
        found.append([node.source.pk for node in page.nodes])
        after = page.next
        if after is None:
            return found


class TestAPageOfThreads:
    @pytest.mark.parametrize("sort", Sort)
    def test_leads_through_every_thread_once(self, discussion, visit, sort):
        written = many(discussion, 25)
        found = pages(visit(), sort, 10)
        assert [len(page) for page in found] == [10, 10, 5]
        assert sorted(sum(found, [])) == sorted(c.pk for c in written)

    def test_is_ordered_by_time_where_the_reader_wants_it(self, discussion, visit):
        written = [c.pk for c in many(discussion, 7)]
        assert sum(pages(visit(), Sort.OLDEST, 3), []) == written
        assert sum(pages(visit(), Sort.NEWEST, 3), []) == written[::-1]

    @pytest.mark.parametrize("sort", Sort)
    def test_shows_nothing_twice_while_others_write(self, discussion, visit, sort):
        many(discussion, 12)
        first = threads.page(visit(), sort=sort, limit=6)
        many(discussion, 12)
        second = threads.page(visit(), sort=sort, after=first.next, limit=100)
        both = [node.source.pk for node in first.nodes + second.nodes]
        assert len(both) == len(set(both))

    def test_shows_the_first_replies_nested(self, comment, visit):
        root = comment()
        first = comment(parent=root)
        second = comment(parent=first)
        third = comment(parent=root)
        (node,) = threads.page(visit(), sort=Sort.NEWEST).nodes
        assert [reply.source for reply in node.replies] == [first, third]
        assert [reply.source for reply in node.replies[0].replies] == [second]
        assert node.replies[0].replies[0].level == 2
        assert node.more == 0

    def test_says_how_many_replies_are_elsewhere(self, comment, visit):
        root = comment()
        for _ in range(8):
            comment(parent=root)
        comment(parent=root, hidden=True)
        (node,) = threads.page(visit(), sort=Sort.NEWEST).nodes
        assert len(node.replies) == 3
        assert node.more == 5
        assert node.answers == 8

    def test_leaves_the_fourth_level_to_the_threads_own_page(self, comment, visit):
        last = comment()
        for _ in range(5):
            last = comment(parent=last)
        (node,) = threads.page(visit(), sort=Sort.NEWEST).nodes
        assert node.more == 2
        whole = threads.thread(visit(), of=last).node
        third = whole.replies[0].replies[0].replies[0]
        assert (third.level, third.replies) == (3, ())
        beside = whole.replies[0].replies[0].replies[1:]
        assert [reply.level for reply in beside] == [3, 3]
        assert beside[0].answered == (third.source.pk, third.author)
        assert whole.more == 0

    def test_stays_in_its_discussion(self, comment, visit):
        mine = comment()
        CommentFactory()
        assert pages(visit(), Sort.NEWEST, 10) == [[mine.pk]]

    @pytest.mark.parametrize("sort", Sort)
    @pytest.mark.parametrize("number", [9**30, -(9**30), -1])
    def test_does_not_break_on_a_position_that_never_was(
        self, discussion, visit, sort, number
    ):
        many(discussion, 3)
        after = (number,) * orders.length(sort)
        page = threads.page(visit(), sort=sort, after=after)
        assert len(page.nodes) <= 3


class TestTheBalancedOrder:
    def test_is_the_same_for_a_reader_all_day(self, discussion, visit, now):
        many(discussion, 30)
        morning = pages(visit(), Sort.BALANCED, 30)
        assert pages(visit(at=now + timedelta(hours=9)), Sort.BALANCED, 30) == morning

    def test_is_another_one_for_others_and_tomorrow(self, discussion, visit, now):
        many(discussion, 30)
        mine = pages(visit(), Sort.BALANCED, 30)
        others = [visit(key=f"reader {number}") for number in range(4)]
        later = [visit(at=now + timedelta(days=days)) for days in range(1, 5)]
        # One in thirty begins between the same two threads.
        for visits in (others, later):
            assert any(pages(each, Sort.BALANCED, 30) != mine for each in visits)

    def test_depends_on_the_servers_secret(self, discussion, visit, settings):
        many(discussion, 30)
        seen = [pages(visit(), Sort.BALANCED, 30)]
        # As above: one other secret may begin between the same two threads.
        for number in range(4):
            settings.SECRET_KEY = f"another {number}"
            seen.append(pages(visit(), Sort.BALANCED, 30))
        assert any(order != seen[0] for order in seen[1:])

    @pytest.mark.slow
    def test_does_not_care_who_came_first(self, discussion, visit):
        # RULES: 200 readers x 60 comments arriving over time; first quarter of the
        # comments seen at most 1.5 times as often as the last, once all are there.
        written = many(discussion, 60)
        rank = {comment.pk: number for number, comment in enumerate(written)}
        seen = [0] * 60
        for reader in range(200):
            page = threads.page(visit(key=f"reader {reader}"), sort=Sort.BALANCED)
            for node in page.nodes:
                seen[rank[node.source.pk]] += 1
        # Places are random: the ratio has a standard deviation of about 0.08.
        assert 1 / 1.5 < sum(seen[:15]) / sum(seen[45:]) < 1.5
        assert min(seen) > 0

    def test_continues_the_same_circle_after_midnight(self, discussion, visit, now):
        written = many(discussion, 30)
        first = threads.page(visit(), sort=Sort.BALANCED, limit=10)
        late = visit(at=now + timedelta(days=1))
        rest = threads.page(late, sort=Sort.BALANCED, after=first.next, limit=30)
        both = [node.source.pk for node in first.nodes + rest.nodes]
        assert sorted(both) == sorted(c.pk for c in written)


class TestWhatIsNotPublic:
    def test_held_is_seen_by_its_author_and_moderators_only(self, comment, visit):
        held = comment(held=True)
        assert pages(visit(), Sort.NEWEST, 9) == [[]]
        assert pages(visit(ParticipantFactory()), Sort.NEWEST, 9) == [[]]
        for reader in (visit(held.author), visit(sees_held=True)):
            (node,) = threads.page(reader, sort=Sort.NEWEST).nodes
            assert node.shows_text
            assert node.is_held

    def test_hidden_always_leaves_a_placeholder_without_text(self, comment, visit):
        hidden = comment(hidden=True)
        for reader in (visit(), visit(hidden.author), visit(sees_held=True)):
            (node,) = threads.page(reader, sort=Sort.NEWEST).nodes
            assert not node.shows_text
            assert node.html == ""

    def test_withdrawn_leaves_a_placeholder_where_replies_hang_on_it(
        self, comment, visit
    ):
        answered, alone = comment(withdrawn=True), comment(withdrawn=True)
        reply = comment(parent=answered)
        comment(parent=answered, withdrawn=True)
        (node,) = threads.page(visit(alone.author), sort=Sort.NEWEST).nodes
        assert node.source == answered
        assert not node.shows_text
        assert [each.source for each in node.replies] == [reply]

    @pytest.mark.parametrize("sort", Sort)
    def test_withdrawn_with_all_that_hung_on_it_takes_no_place(
        self, comment, visit, sort
    ):
        for _ in range(3):
            root = comment(withdrawn=True)
            comment(parent=comment(parent=root, withdrawn=True), withdrawn=True)
        last = comment()
        (node,) = threads.page(visit(), sort=sort, limit=1).nodes
        assert node.source == last

    @pytest.mark.parametrize("sort", Sort)
    def test_withdrawn_far_above_what_can_be_read_keeps_its_place(
        self, comment, visit, sort
    ):
        chain = [comment(withdrawn=True)]
        for _ in range(3):
            chain.append(comment(parent=chain[-1], withdrawn=True))
        last = comment(parent=chain[-1])
        (node,) = threads.page(visit(), sort=sort).nodes
        assert (node.source, node.more) == (chain[0], 1)
        thread = threads.thread(visit(), of=last).node
        shown = [thread.replies[0], *thread.replies[0].replies[0].replies]
        assert [each.source for each in shown] == [chain[1], chain[3], last]
        for each in chain:
            assert threads.find(visit(), each.pk) == each

    def test_withdrawn_with_nothing_but_a_held_reply_is_known_to_few(
        self, comment, visit
    ):
        root = comment(withdrawn=True)
        held = comment(parent=root, held=True)
        inner = comment(parent=comment(), withdrawn=True)
        comment(parent=inner, held=True, author=held.author)
        few = visit(held.author), visit(sees_held=True)
        for each in (root, inner):
            for reader in few:
                assert threads.find(reader, each.pk) == each
            with pytest.raises(Http404):
                threads.find(visit(), each.pk)

    def test_held_after_it_was_answered_leaves_a_placeholder(self, comment, visit):
        root = comment(held=True)
        comment(parent=root)
        (node,) = threads.page(visit(), sort=Sort.NEWEST).nodes
        assert not node.shows_text

    def test_is_not_counted(self, comment, visit, discussion):
        root = comment()
        for state in ("held", "hidden", "withdrawn"):
            comment(parent=root, **{state: True})
            comment(**{state: True})
        nodes = threads.page(visit(), sort=Sort.OLDEST).nodes
        assert (nodes[0].answers, nodes[0].more) == (0, 0)
        assert arrivals.public_count(discussion) == 1


class TestReactionCounts:
    def test_are_shown_to_whoever_has_reacted(self, comment, visit):
        root = comment()
        reaction = ReactionFactory(comment=root)
        ReactionFactory(comment=root, kind=ReactionKind.WELL_ARGUED)
        other = comment()
        ReactionFactory(comment=other)
        oldest = threads.page(visit(reaction.participant), sort=Sort.OLDEST)
        mine, others = (node.tallies for node in oldest.nodes)
        assert [(t.count, t.is_mine) for t in mine] == [
            (1, True),
            (0, False),
            (1, False),
        ]
        assert {t.count for t in others} == {None}

    def test_are_hidden_from_everybody_else_while_it_is_open(self, comment, visit):
        root = comment()
        ReactionFactory(comment=root)
        for reader in (None, ParticipantFactory(), root.author):
            (node,) = threads.page(visit(reader), sort=Sort.NEWEST).nodes
            assert {t.count for t in node.tallies} == {None}

    def test_are_shown_after_the_close(self, comment, visit, discussion, now):
        ReactionFactory(comment=comment())
        discussion.closes_at = now
        (node,) = threads.page(visit(), sort=Sort.NEWEST).nodes
        assert [t.count for t in node.tallies] == [1, 0, 0]


class TestOneThread:
    def test_comes_in_blocks_that_show_a_given_reply(self, discussion, visit, comment):
        root = comment()
        many(
            discussion,
            120,
            parent=lambda _n: root,
            root=lambda _n: root,
            number=lambda n: n + 1,
            depth=lambda _n: 1,
        )
        late = Comment.objects.get(root=root, number=101)
        thread = threads.thread(visit(), of=late)
        assert (thread.block, thread.blocks) == (2, 3)
        assert thread.node.source == root
        assert thread.node.replies[0].source == late
        assert len(threads.thread(visit(), of=root).node.replies) == 50

    def test_names_whom_a_reply_answers_if_that_is_in_another_block(
        self, discussion, visit, comment
    ):
        root = comment()
        first, *_others = many(
            discussion,
            50,
            parent=lambda _n: root,
            root=lambda _n: root,
            number=lambda n: n + 1,
            depth=lambda _n: 1,
        )
        late = comment(parent=first)
        (reply,) = threads.thread(visit(), of=late).node.replies
        assert reply.answered == (first.pk, first.author.pseudonym)


@pytest.mark.slow
class TestTheCost:
    @pytest.mark.parametrize("sort", Sort)
    def test_is_six_queries_at_any_size(
        self, discussion, visit, sort, django_assert_max_num_queries
    ):
        reader = visit(ParticipantFactory())
        many(discussion, 2)
        # Which threads are owed readers is found out once a day.
        threads.page(reader, sort=sort)
        for size in (10, 90, 9_900):
            roots = many(discussion, size // 2)
            many(
                discussion,
                size // 2,
                parent=lambda n, roots=roots: roots[n % len(roots) // 5],
                root=lambda n, roots=roots: roots[n % len(roots) // 5],
                number=lambda n, roots=roots: n + 1,
                depth=lambda _n: 1,
            )
            with django_assert_max_num_queries(6):
                threads.page(reader, sort=sort)

    @pytest.mark.skipif(
        connection.vendor != "sqlite", reason="reads the plans of SQLite"
    )
    @pytest.mark.parametrize("sort", Sort)
    def test_goes_through_no_table_and_no_whole_discussion(
        self, discussion, visit, sort
    ):
        many(discussion, 30)
        with CaptureQueriesContext(connection) as asked:
            threads.page(visit(ParticipantFactory()), sort=sort)
        plans = [step for query in asked for step in plan(query["sql"])]
        replies = "USING INDEX deliberation_comment_discussion_id"
        assert not [s for s in plans if s.startswith("SCAN deliber") or replies in s]

    @pytest.mark.parametrize("sort", Sort)
    def test_asks_nothing_that_postgresql_may_read_all_comments_for(
        self, discussion, visit, sort
    ):
        many(discussion, 3)
        with CaptureQueriesContext(connection) as asked:
            threads.page(visit(ParticipantFactory()), sort=sort)
        assert not [each for each in asked if "EXISTS" in each["sql"]]


def plan(sql):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[-1] for row in cursor.fetchall()]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows of nulls")
class TestTheNextThreads:
    def test_are_looked_for_in_their_own_discussion(self, discussion, visit):
        roots = many(discussion, 60)
        many(
            discussion,
            180,
            parent=lambda n: roots[n // 3],
            root=lambda n: roots[n // 3],
            number=lambda n: n % 3 + 1,
            depth=lambda _n: 1,
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            with CaptureQueriesContext(connection) as asked:
                threads.page(visit(), sort=Sort.BALANCED)
            (lanes,) = [q["sql"] for q in asked.captured_queries if "lane," in q["sql"]]
            cursor.execute(f"EXPLAIN QUERY PLAN {lanes}")
            steps = [row[3] for row in cursor.fetchall()]
        ways = {step for step in steps if step.startswith(("SEARCH c ", "SCAN c "))}
        assert ways
        assert all("(discussion_id=?" in way for way in ways), ways
