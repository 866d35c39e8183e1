"""What threads keep back: words that are not public, and counts before one's own voice."""

import pytest
from django.http import Http404

from deliberation.choices import ReactionKind, Sort
from deliberation.queries import arrivals, threads
from tests.deliberation.queries.long_discussions import pages
from tests.factories.deliberation import ReactionFactory
from tests.factories.moderation import ParticipantFactory

pytestmark = pytest.mark.django_db


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
