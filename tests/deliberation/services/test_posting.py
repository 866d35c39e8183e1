"""Posting: what is stored, and whatever refuses or holds it."""

from datetime import timedelta

import pytest

from deliberation.models import Comment
from deliberation.services import checks, discussions, labels
from deliberation.signals import comment_posted
from moderation.choices import Act, ContentStatus
from moderation.models import Decision, Flag
from moderation.refusals import Why
from moderation.services.admission import Refused, Suspended
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
