"""Editing and withdrawing: by the author, as long as it may be, and nothing is lost."""

from datetime import timedelta

import pytest

from deliberation.models import Comment, CommentVersion
from deliberation.services import checks, comments, discussions
from moderation.choices import ContentStatus
from moderation.services.admission import Refused
from tests.deliberation.services import posting
from tests.factories.deliberation import DiscussionFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory

pytestmark = pytest.mark.django_db

PHONE = "+49 228 5550123"


@pytest.fixture
def discussion():
    return DiscussionFactory()


@pytest.fixture
def post(discussion, now):
    return posting.by_anybody(discussion, now)


class TestEditing:
    @pytest.fixture
    def comment(self, post):
        return post(raw="The benches shuold stand in the shade.")

    def test_keeps_how_it_read_before(self, comment, now):
        written = comment.created_at
        edited = comments.edit(
            comment=comment,
            by=comment.author,
            raw="The benches should stand in the shade.",
            now=now + timedelta(minutes=5),
        )
        assert edited.text == "The benches should stand in the shade."
        assert edited.edited_at == now + timedelta(minutes=5)
        version = CommentVersion.objects.get()
        assert version.text == "The benches shuold stand in the shade."
        assert version.written_at == written

    def test_without_a_change_makes_no_version(self, comment, now):
        comments.edit(comment=comment, by=comment.author, raw=comment.text, now=now)
        assert not CommentVersion.objects.exists()

    def test_spells_the_language_as_the_site_does(self, comment, now):
        known = {"comment": comment, "by": comment.author, "raw": comment.text}
        comments.edit(**known, language="EN", now=now)
        assert not CommentVersion.objects.exists()
        assert comments.edit(**known, language="Ar", now=now).language == "ar"

    def test_is_for_the_author_only(self, comment, now):
        with pytest.raises(checks.NotYours):
            comments.edit(comment=comment, by=ParticipantFactory(), raw="Ha", now=now)

    def test_ends_with_the_policys_window(self, comment, now):
        def edit(minutes):
            comments.edit(
                comment=comment,
                by=comment.author,
                raw=f"After {minutes}",
                now=now + timedelta(minutes=minutes),
            )

        edit(30)
        with pytest.raises(checks.TooLate):
            edit(31)

    def test_ends_with_the_discussion(self, comment, now):
        discussions.close(discussion=comment.discussion, now=now)
        with pytest.raises(discussions.Closed):
            comments.edit(comment=comment, by=comment.author, raw="New", now=now)

    @pytest.mark.parametrize("status", [ContentStatus.HIDDEN, ContentStatus.WITHDRAWN])
    def test_is_refused_for_what_left_the_public(self, comment, now, status):
        Comment.objects.update(status=status)
        with pytest.raises(checks.TooLate):
            comments.edit(comment=comment, by=comment.author, raw="New", now=now)

    def test_in_two_tabs_loses_neither_text(self, comment, now):
        seen = comment.version
        edit = {"comment": comment, "by": comment.author, "now": now, "seen": seen}
        comments.edit(**edit, raw="From the first tab.")
        with pytest.raises(checks.Stale) as refused:
            comments.edit(**edit, raw="From the second tab.")
        assert refused.value.text == "From the second tab."
        assert refused.value.extra["current"] == "From the first tab."

    def test_is_judged_again(self, comment, now):
        with pytest.raises(Refused):
            comments.edit(comment=comment, by=comment.author, raw="x" * 7000, now=now)

    def test_does_not_repeat_itself(self, comment, now):
        comments.edit(
            comment=comment, by=comment.author, raw=comment.text + "!", now=now
        )

    def test_publishes_nothing_that_waits_for_review(self, comment, now):
        Comment.objects.update(status=ContentStatus.HELD)
        edited = comments.edit(comment=comment, by=comment.author, raw="New", now=now)
        assert edited.status == ContentStatus.HELD

    def test_holds_what_a_rule_holds(self, post, now):
        strict = PolicyFactory(rules=[["personal_data", {"effect": "hold"}]])
        comment = post(discussion=DiscussionFactory(policy=strict))
        edited = comments.edit(
            comment=comment, by=comment.author, raw=f"Call me: {PHONE}", now=now
        )
        assert edited.status == ContentStatus.HELD
        assert Comment.objects.get().status == ContentStatus.HELD


class TestWithdrawing:
    def test_leaves_the_place_and_the_replies(self, post):
        root = post()
        reply = post(raw="An answer", parent=root)
        comments.withdraw(comment=root, by=root.author)
        assert Comment.objects.get(pk=root.pk).status == ContentStatus.WITHDRAWN
        assert Comment.objects.get(pk=reply.pk).parent_id == root.pk

    def test_is_possible_after_the_close(self, post, now):
        comment = post()
        discussions.close(discussion=comment.discussion, now=now)
        assert comments.withdraw(comment=comment, by=comment.author)

    def test_twice_is_once(self, post):
        comment = post()
        comments.withdraw(comment=comment, by=comment.author)
        comments.withdraw(comment=comment, by=comment.author)
        assert Comment.objects.get().status == ContentStatus.WITHDRAWN

    def test_is_for_the_author_only(self, post):
        with pytest.raises(checks.NotYours):
            comments.withdraw(comment=post(), by=ParticipantFactory())

    def test_cannot_cover_up_a_decision(self, post):
        comment = post()
        Comment.objects.update(status=ContentStatus.HIDDEN)
        with pytest.raises(checks.TooLate):
            comments.withdraw(comment=comment, by=comment.author)
        assert Comment.objects.get().status == ContentStatus.HIDDEN
