"""Threads as they are read: page by page, in an order, and one alone."""

from datetime import timedelta

import pytest

from deliberation.choices import Sort
from deliberation.models import Comment
from deliberation.queries import orders, threads
from tests.deliberation.queries.long_discussions import many, pages
from tests.factories.deliberation import CommentFactory

pytestmark = pytest.mark.django_db


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
