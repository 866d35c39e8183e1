"""What moderators decide on comments besides hiding them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from deliberation.models import Comment
from deliberation.services import checks, comments, moves
from moderation.choices import Act, ContentStatus
from moderation.models import Assignment
from moderation.queries import queue
from moderation.services import appeals, review
from tests.factories.deliberation import (
    CommentFactory,
    DiscussionFactory,
    ReactionFactory,
)
from tests.factories.moderation import ParticipantFactory
from tests.factories.notes import ModeratorFactory, lead

pytestmark = pytest.mark.django_db

REASONS = {
    "ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
    "rule_id": "off_topic",
    "facts": "It is about the tram, not about the square.",
}


def decide(comment, act, by=None, **fields):
    return review.decide(
        content=comment, act=act, decided_by=by or ModeratorFactory(),
        now=timezone.now(), **REASONS | fields,
    )  # fmt: skip


def overturn(decision):
    now = timezone.now()
    raised = appeals.raise_by_author(decision=decision, text="It is not.", now=now)
    appeals.answer(
        appeal=raised, outcome="overturned", answer="True.", answered_by=lead(), now=now
    )


def rows():
    return list(Comment.objects.order_by("pk").values())


def api(comment):
    return Client().get(f"/api/v1/comments/{comment.pk}").json()


class TestAskingForAnEdit:
    @pytest.fixture
    def comment(self):
        author = ParticipantFactory(with_account=True)
        return CommentFactory(author=author, text="The mayor is a fool. Plant trees.")

    def edit(self, comment, raw="Plant trees."):
        return comments.edit(
            comment=comment, by=comment.author, raw=raw, now=timezone.now()
        )

    def test_hides_it_until_its_author_has_edited_it_and_a_moderator_read_it(
        self, comment
    ):
        decision = decide(comment, Act.ASK)
        assert comment.status == ContentStatus.HIDDEN
        edited = self.edit(comment)
        assert edited.status == ContentStatus.HELD
        (waiting,) = queue.page()
        assert waiting.content == comment
        assert waiting.due_at > timezone.now() + timedelta(hours=23)
        review.decide(
            content=edited, act=Act.PUBLISH, decided_by=decision.decided_by,
            now=timezone.now(),
        )  # fmt: skip
        assert api(comment)["text"] == "Plant trees."

    def test_leads_the_author_to_the_form(self, comment):
        decision = decide(comment, Act.ASK)
        form = reverse("deliberation:edit_comment", args=[comment.pk])
        told = Client().get(reverse("moderation:decision", args=[decision.receipt]))
        assert form in told.content.decode()
        client = Client()
        client.force_login(comment.author.account)
        assert client.get(form).status_code == 200
        page = client.get(
            reverse("deliberation:discussion", args=[comment.discussion_id])
        )
        assert form in page.content.decode()
        stranger = Client()
        stranger.force_login(ParticipantFactory(with_account=True).account)
        assert stranger.get(form).status_code == 404

    def test_can_be_overturned_instead(self, comment):
        before = rows()
        overturn(decide(comment, Act.ASK))
        assert rows() == before

    def test_is_over_once_the_edit_was_hidden_for_good(self, comment):
        decide(comment, Act.ASK)
        edited = self.edit(comment, "The mayor is a pig.")
        decide(edited, Act.HIDE)
        with pytest.raises(checks.TooLate):
            self.edit(comment, "Once more.")

    def test_is_not_a_way_around_hiding(self, comment):
        decide(comment, Act.HIDE)
        with pytest.raises(checks.TooLate):
            self.edit(comment)


class TestMovingAThread:
    @pytest.fixture
    def thread(self):
        root = CommentFactory()
        reply = CommentFactory(parent=root)
        CommentFactory(parent=reply)
        ReactionFactory(comment=root)
        CommentFactory(discussion=root.discussion)
        return root

    def test_takes_all_replies_along_and_keeps_their_addresses(self, thread):
        target = DiscussionFactory()
        decide(thread, Act.MOVE, move_to=str(target.pk))
        assert target.comments.count() == 3
        assert thread.discussion == target
        assert api(thread)["discussion"] == target.pk
        old = Comment.objects.exclude(discussion=target)
        assert old.count() == 1

    def test_puts_everything_back_exactly_on_appeal(self, thread):
        before = rows()
        overturn(decide(thread, Act.MOVE, move_to=str(DiscussionFactory().pk)))
        assert rows() == before
        assert thread.reactions.count() == 1

    @pytest.mark.parametrize("to", ["", "nonsense", "0", "999999", "own", "draft"])
    def test_needs_another_discussion_on_a_published_page(self, thread, to):
        if to == "own":
            to = str(thread.discussion_id)
        if to == "draft":
            to = str(DiscussionFactory(page__live=False).pk)
        with pytest.raises(moves.CannotMove):
            decide(thread, Act.MOVE, move_to=to)

    def test_goes_only_where_the_moderator_is_assigned(self, thread):
        """Known holes, row 8."""
        moderator, target = ModeratorFactory(), DiscussionFactory()
        Assignment.objects.create(account=moderator, page=thread.discussion.page)
        with pytest.raises(moves.CannotMove):
            decide(thread, Act.MOVE, by=moderator, move_to=str(target.pk))

    def test_is_for_whole_threads(self, thread):
        target = DiscussionFactory()
        with pytest.raises(moves.CannotMove):
            decide(thread.replies.get(), Act.MOVE, move_to=str(target.pk))


class TestMerging:
    def test_shows_a_link_to_the_other_in_its_place(self):
        first = CommentFactory()
        twin = CommentFactory(discussion=first.discussion)
        decide(twin, Act.MERGE, same_as=first.pk)
        path = reverse("deliberation:discussion", args=[first.discussion_id])
        page = Client().get(path).content.decode()
        assert reverse("deliberation:comment", args=[first.pk]) in page
        assert "says the same as" in page
        assert twin.text not in page

    def test_stays_on_its_page(self):
        from moderation.services.changes import NoSuchTwin

        with pytest.raises(NoSuchTwin):
            decide(CommentFactory(), Act.MERGE, same_as=CommentFactory().pk)


class TestRedacting:
    def test_leaves_nothing_in_earlier_wordings_and_nothing_to_edit(self):
        comment = CommentFactory(
            created_at=timezone.now(), text="Ring 0123 456. Plant trees."
        )
        comments.edit(
            comment=comment, by=comment.author, raw="Ring 0123 456! Plant trees.",
            now=timezone.now(),
        )  # fmt: skip
        comment.refresh_from_db()
        decide(comment, Act.REDACT, passage="0123 456")
        for path in (
            f"/api/v1/comments/{comment.pk}/history",
            reverse("deliberation:comment_history", args=[comment.pk]),
        ):
            assert "0123" not in Client().get(path).content.decode()
        with pytest.raises(checks.TooLate, match="removed a passage"):
            comments.edit(
                comment=comment, by=comment.author, raw="x", now=timezone.now()
            )
