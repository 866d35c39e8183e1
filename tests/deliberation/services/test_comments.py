from datetime import timedelta

import pytest

from deliberation.models import Comment, CommentVersion
from deliberation.services import checks, comments, discussions, labels
from deliberation.signals import comment_posted
from moderation.choices import Act, ContentStatus
from moderation.models import Decision, Flag
from moderation.refusals import Why
from moderation.services.admission import Refused, Suspended
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory

pytestmark = pytest.mark.django_db

PHONE = "+49 228 5550123"


@pytest.fixture
def discussion():
    return DiscussionFactory()


@pytest.fixture
def post(discussion, now):
    def _post(raw="The benches should stand in the shade.", **other):
        known = {"discussion": discussion, "language": "en", "now": now}
        if "author" not in other:
            other["author"] = ParticipantFactory()
        return comments.post(raw=raw, **known | other)

    return _post


class TestPosting:
    def test_stores_the_text_clean_rendered_and_public(self, post):
        comment = post(raw="  More *trees*!\r\n")
        assert comment.text == "More *trees*!"
        assert comment.html == "<p>More <em>trees</em>!</p>"
        assert comment.status == ContentStatus.PUBLISHED
        assert (comment.root, comment.number, comment.depth) == (None, 0, 0)

    def test_announces_the_comment_after_the_commit(
        self, post, django_capture_on_commit_callbacks
    ):
        heard = []

        def listener(comment, **_signal):
            heard.append(comment)

        comment_posted.connect(listener)
        try:
            with django_capture_on_commit_callbacks(execute=True):
                comment = post()
                assert heard == []
        finally:
            comment_posted.disconnect(listener)
        assert heard == [comment]

    @pytest.mark.parametrize("trait", ["announced", "closed"])
    def test_is_refused_outside_the_stage_with_the_text_given_back(self, post, trait):
        with pytest.raises(discussions.Closed) as refused:
            post(raw="Too late", discussion=DiscussionFactory(**{trait: True}))
        assert refused.value.text == "Too late"
        assert refused.value.why is Why.CLOSED

    def test_is_refused_at_the_very_second_of_the_close(self, post, discussion, now):
        discussion.closes_at = now
        with pytest.raises(discussions.Closed):
            post()

    def test_is_refused_to_guests_unless_the_policy_admits_them(self, post):
        guest = ParticipantFactory(guest_token="token")
        with pytest.raises(checks.NotForGuests):
            post(author=guest)
        welcoming = DiscussionFactory(policy=PolicyFactory(for_guests=True))
        assert post(author=guest, discussion=welcoming).is_public

    def test_is_refused_to_the_suspended_even_if_the_caller_has_not_noticed(self, post):
        author = ParticipantFactory()
        type(author).objects.filter(pk=author.pk).update(standing="suspended")
        with pytest.raises(Suspended):
            post(author=author)

    @pytest.mark.parametrize("language", ["", "english!", "x" * 21, "de\x00", "\ud800"])
    def test_is_refused_without_a_language_tag(self, post, language):
        with pytest.raises(labels.UnknownLanguage):
            post(language=language)

    @pytest.mark.parametrize(
        ("sent", "kept"),
        [("De", "de"), ("EN", "en"), ("zh-Hans", "zh-hans"), ("DE-at", "de-AT")],
    )
    def test_spells_the_language_as_the_site_does(self, post, settings, sent, kept):
        settings.LANGUAGES = [*settings.LANGUAGES, ("de-AT", "Deutsch (Österreich)")]
        assert post(language=sent).language == kept

    @pytest.mark.parametrize("raw", ["", " \n", "\u200b\u200b", "\x00"])
    def test_is_refused_without_a_visible_word(self, post, raw):
        with pytest.raises(Refused) as refused:
            post(raw=raw)
        assert refused.value.findings[0].rule == "length"

    def test_says_everything_that_is_wrong_and_keeps_the_text(self, post):
        raw = "x" * 100_000
        with pytest.raises(Refused) as refused:
            post(raw=raw)
        assert refused.value.text == raw
        assert not Comment.objects.exists()

    def test_refuses_the_same_text_by_the_same_author(self, post):
        author = ParticipantFactory()
        post(author=author)
        with pytest.raises(Refused) as refused:
            post(author=author)
        assert refused.value.findings[0].rule == "repetition"

    def test_tells_the_rules_which_posts_stand_here(self, post, now):
        slow = PolicyFactory(rules=[["pace", {"slow_mode_seconds": 60}]])
        slow_one = DiscussionFactory(policy=slow)
        author = ParticipantFactory()
        post(author=author)
        post(author=author, discussion=slow_one, raw="First")
        with pytest.raises(Refused):
            post(author=author, discussion=slow_one, raw="Second")
        later = now + timedelta(seconds=60)
        assert post(author=author, discussion=slow_one, raw="Second", now=later)

    @pytest.mark.parametrize(
        ("most", "options"),
        [
            (1, {"slow_mode_seconds": 120}),
            (2, {"per_hour": 2}),
            (3, {"newcomer_threads": 3}),
            (2, {"newcomer_posts": 2}),
        ],
    )
    def test_counts_what_overtook_it(self, post, now, most, options):
        author = ParticipantFactory(newcomer=True, created_at=now)
        discussion = DiscussionFactory(policy=PolicyFactory(rules=[["pace", options]]))

        def write(late):
            post(
                raw=f"Bench {late}.",
                author=author,
                discussion=discussion,
                now=now + timedelta(milliseconds=late),
            )

        for late in range(most, 0, -1):
            write(late)
        with pytest.raises(Refused):
            write(0)
        with pytest.raises(Refused):
            write(-1)

    def test_waits_for_review_where_the_policy_says_so(self, post):
        careful = DiscussionFactory(policy=PolicyFactory(reviewing_first=True))
        assert post(discussion=careful).status == ContentStatus.HELD

    def test_is_held_by_a_rule_with_reasons(self, post, now):
        strict = PolicyFactory(rules=[["personal_data", {"effect": "hold"}]])
        comment = post(
            raw=f"Call me: {PHONE}", discussion=DiscussionFactory(policy=strict)
        )
        assert Comment.objects.get(pk=comment.pk).status == ContentStatus.HELD
        assert Decision.objects.get().act == Act.HOLD
        assert Flag.objects.get().rule_id == "personal_data"


class TestReplying:
    def test_numbers_the_thread_in_the_order_of_writing(self, post):
        root = post()
        first = post(raw="I agree with this.", parent=root)
        second = post(raw="And what about the rain?", parent=first)
        third = post(raw="Roofs are planned.", parent=root)
        assert [c.root for c in (first, second, third)] == [root] * 3
        assert [c.number for c in (first, second, third)] == [1, 2, 3]
        assert [c.depth for c in (first, second, third)] == [1, 2, 1]

    def test_to_another_discussions_comment_is_refused(self, post):
        with pytest.raises(checks.NoSuchParent):
            post(parent=CommentFactory())

    @pytest.mark.parametrize("state", ["held", "hidden", "withdrawn"])
    def test_to_what_is_not_public_is_refused_alike(self, post, discussion, state):
        parent = CommentFactory(discussion=discussion, **{state: True})
        with pytest.raises(checks.NoSuchParent) as refused:
            post(raw="My answer", parent=parent)
        assert refused.value.text == "My answer"

    def test_notices_what_happened_since_the_parent_was_read(self, post):
        parent = post()
        Comment.objects.update(status=ContentStatus.WITHDRAWN)
        with pytest.raises(checks.NoSuchParent):
            post(raw="My answer", parent=parent)

    def test_more_than_three_times_in_a_row_is_refused(self, post):
        root, author = post(), ParticipantFactory()
        for word in ("One", "Two", "Three"):
            post(raw=word, parent=root, author=author)
        with pytest.raises(Refused) as refused:
            post(raw="Four", parent=root, author=author)
        assert refused.value.findings[0].rule == "in_a_row"


class TestAThreadWithOneBusyPerson:
    @pytest.fixture
    def root(self):
        rules = [["in_a_row", {}], ["dominance", {}]]
        return CommentFactory(
            discussion=DiscussionFactory(policy=PolicyFactory(rules=rules))
        )

    @pytest.fixture
    def answer(self, post, root):
        """Answer a comment of the thread; return what was said to the author."""

        def answer(author, parent=root):
            comment = post(
                "Indeed.", author=author, parent=parent, discussion=root.discussion
            )
            return [finding.message for finding in comment.verdict.findings]

        return answer

    @pytest.mark.parametrize(("own", "others"), [(3, 5), (59, 89)])
    def test_is_told_of_the_share_once_whatever_its_length(
        self, answer, root, own, others
    ):
        busy = ParticipantFactory()
        CommentFactory.create_batch(others - 1, parent=root)
        CommentFactory.create_batch(own, parent=root, author=busy)

        def write():
            return answer(busy, CommentFactory(parent=root))

        (said,) = write()
        assert "40 % of the comments in this thread are yours" in said
        assert write() == []
        CommentFactory.create_batch(20, parent=root)
        CommentFactory.create_batch(40, parent=root, author=busy)
        assert write() == []

    def test_is_told_of_the_third_answer_to_one_person_once(self, answer, root):
        other = root.author
        busy = ParticipantFactory()
        told = []
        for _each in range(5):
            told += answer(busy)
            CommentFactory.create_batch(30, parent=root, author=other)
        (said,) = told
        assert "answer number 3" in said

    def test_waits_for_somebody_else_whose_answer_stays(self, answer, root):
        busy = ParticipantFactory()
        for _each in range(3):
            answer(busy)
        for state in ("withdrawn", "hidden", "held"):
            CommentFactory(parent=root, **{state: True})
            with pytest.raises(Refused, match="The last 3 comments"):
                answer(busy)
        CommentFactory(parent=root)
        answer(busy)

    def test_does_not_wait_longer_for_what_the_author_took_back(self, answer, root):
        busy = ParticipantFactory()
        for _each in range(3):
            answer(busy)
        comments.withdraw(comment=busy.comments.last(), by=busy)
        with pytest.raises(Refused):
            answer(busy)


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
