from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import PageViewRestriction

from deliberation import addresses
from deliberation.models import Comment, CommentVersion, Mention
from deliberation.services import comments, follows, mentions, official
from moderation.choices import Act
from moderation.models import Notice
from moderation.queries import news
from moderation.services import notices, participants, review
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import (
    AccountFactory,
    ParticipantFactory,
    PolicyFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return ParticipantFactory(with_account=True, pseudonym="Ada Brook")


@pytest.fixture
def bo():
    return ParticipantFactory(with_account=True, pseudonym="Bo of the Mill")


@pytest.fixture
def discussion():
    return DiscussionFactory(policy=PolicyFactory(lenient=True))


@pytest.fixture
def post(discussion, now):
    def post(author, raw, **more):
        return comments.post(
            discussion=discussion,
            author=author,
            raw=raw,
            language="en",
            now=more.pop("now", now),
            **more,
        )

    return post


@pytest.fixture
def root(ada, discussion):
    return CommentFactory(author=ada, discussion=discussion)


def told(person):
    return [str(item.told.title) for item in news.page(person).items]


class TestAReply:
    def test_is_told_to_whom_it_answers(self, ada, bo, root, post):
        reply = post(bo, "In the shade, yes.", parent=root)
        (item,) = news.page(ada).items
        assert str(item.told.title).startswith("Bo of the Mill replied to you in")
        assert item.told.quote == "In the shade, yes."
        assert item.told.path == (
            reverse("deliberation:comment", args=[reply.pk]) + f"#comment-{reply.pk}"
        )
        assert told(bo) == []

    def test_is_quoted_as_it_is_read(self, ada, bo, root, post):
        post(bo, "**Very** <important>, see [here](https://x.example).", parent=root)
        (item,) = news.page(ada).items
        assert item.told.quote == "Very <important>, see here."

    def test_is_not_told_to_oneself(self, ada, root, post):
        post(ada, "I mean it.", parent=root)
        assert told(ada) == []

    def test_is_told_once_however_often_it_is_edited(self, ada, bo, root, post, now):
        reply = post(bo, "In the shade.", parent=root)
        comments.edit(comment=reply, by=bo, raw="In the deep shade.", now=now)
        (item,) = news.page(ada).items
        assert item.told.quote == "In the deep shade."

    def test_waits_until_a_moderator_lets_it_in(
        self, ada, bo, now, root, post, django_capture_on_commit_callbacks
    ):
        reply = post(bo, "In the shade.", parent=root)
        Notice.objects.all().delete()
        Comment.objects.filter(pk=reply.pk).update(status="held")
        reply.refresh_from_db()
        with django_capture_on_commit_callbacks(execute=True):
            moderator = AccountFactory(is_superuser=True)
            review.decide(content=reply, act=Act.PUBLISH, decided_by=moderator, now=now)
        assert len(told(ada)) == 1

    @pytest.mark.parametrize("state", ["held", "hidden", "withdrawn"])
    def test_is_gone_when_it_is_not_public(self, ada, bo, root, post, state):
        reply = post(bo, "In the shade.", parent=root)
        Comment.objects.filter(pk=reply.pk).update(status=state)
        assert told(ada) == []
        assert news.count_new(ada) == 0

    def test_is_not_stored_for_those_who_could_never_read_it(self, bo, post):
        imported = CommentFactory(discussion=post(bo, "Hello there.").discussion)
        post(bo, "In the shade.", parent=imported)
        assert not Notice.objects.exists()


class TestAPage:
    @pytest.fixture
    def page(self, ada, bo, root, post):
        post(bo, "In the shade.", parent=root)
        return root.discussion.page

    def test_that_is_unpublished_is_not_told_of(self, ada, page):
        page.live = False
        page.save()
        assert told(ada) == []

    def test_behind_a_password_is_not_told_of(self, ada, page):
        PageViewRestriction.objects.create(
            page=page, restriction_type="password", password="x"
        )
        assert told(ada) == []

    def test_for_a_group_is_told_of_to_its_members(self, ada, page):
        group = Group.objects.create(name="Neighbours")
        restriction = PageViewRestriction.objects.create(
            page=page, restriction_type="groups"
        )
        restriction.groups.add(group)
        assert told(ada) == []
        ada.account.groups.add(group)
        assert len(told(ada)) == 1


class TestAnOfficialAnswer:
    def test_takes_the_place_of_the_reply_that_was_not_read(self, ada, root, post, now):
        account = AccountFactory(is_superuser=True)
        editor = participants.for_account(account=account, now=now, language="en")
        reply = post(editor, "We will plant trees.", parent=root, agreed=True)
        official.declare(comment=reply, by=account, now=now)
        (title,) = told(ada)
        assert "has an official answer" in title

    def test_remains_a_reply_without_the_mark_and_is_read_once(
        self, ada, root, post, now
    ):
        account = AccountFactory(is_superuser=True)
        editor = participants.for_account(account=account, now=now, language="en")
        reply = post(editor, "We will plant trees.", parent=root, agreed=True)
        official.declare(comment=reply, by=account, now=now)
        notices.mark_read(participant=ada, now=now)
        for _ in range(2):
            official.revoke(comment=reply, by=account)
            (title,) = told(ada)
            assert "replied to you" in title
            official.declare(comment=reply, by=account, now=now)
        assert news.count_new(ada) == 0


class TestAMention:
    def test_is_a_link_to_what_they_said_and_told_once(self, ada, bo, root, post, now):
        named = post(bo, "As @[ada brook] says, and @[Ada Brook] again.")
        place = addresses.of_comment(root.pk)
        assert named.html.count(f'<a href="{place}"') == 2
        assert "@Ada Brook</a>" in named.html
        comments.edit(comment=named, by=bo, raw="@[Ada Brook] said it first.", now=now)
        (item,) = news.page(ada).items
        assert str(item.told.title).startswith("Bo of the Mill named you in")
        assert item.told.quote == "@Ada Brook said it first."

    def test_of_somebody_who_did_not_speak_here_is_text(self, ada, bo, post):
        CommentFactory(author=ada)
        elsewhere = post(bo, "Ask @[Ada Brook].")
        unknown = post(bo, "Ask @[Nobody Atall].")
        assert "<a" not in elsewhere.html + unknown.html
        assert "@[Ada Brook]" in elsewhere.html
        assert not Mention.objects.exists()

    def test_in_a_reply_to_them_is_told_as_the_reply_only(self, ada, bo, root, post):
        post(bo, "Yes, @[Ada Brook].", parent=root)
        (title,) = told(ada)
        assert "replied to you" in title

    def test_is_limited(self, bo, post):
        crowd = " ".join(f"@[Name {number}]" for number in range(6))
        with pytest.raises(mentions.TooManyNames) as refused:
            post(bo, crowd)
        assert refused.value.text == crowd

    def test_is_limited_over_all_its_wordings(self, bo, discussion, post, now):
        people = [
            CommentFactory(
                discussion=discussion, author=ParticipantFactory(with_account=True)
            ).author
            for _ in range(mentions.MOST + 1)
        ]
        first, *others = [f"@[{person.pseudonym}]" for person in people]
        named = post(bo, " ".join(others))
        again = comments.edit(comment=named, by=bo, raw=f"Hm, {others[0]}.", now=now)
        with pytest.raises(mentions.TooManyNames):
            comments.edit(comment=again, by=bo, raw=f"And {first}.", now=now)

    def test_is_not_told_of_once_it_was_taken_back(self, ada, bo, root, post, now):
        named = post(bo, "As @[Ada Brook] says.")
        assert len(told(ada)) == 1
        comments.edit(comment=named, by=bo, raw="As somebody says.", now=now)
        assert told(ada) == []

    def test_in_what_is_quoted_calls_nobody_again(self, ada, bo, root, post):
        cy = ParticipantFactory(with_account=True)
        first = post(cy, "As @[Ada Brook] says.")
        quoting = post(bo, f"{first.quotation}\n\nDoes she?", parent=first)
        assert len(told(ada)) == 1
        assert "@Ada Brook</a>" in quoting.html
        mentions.forget(ada)
        quoting.refresh_from_db()
        assert "Brook" not in quoting.text + quoting.html

    def test_works_after_they_took_another_name(
        self, ada, bo, root, post, now, django_capture_on_commit_callbacks
    ):
        named = post(bo, "As @[Ada Brook] says.")
        with django_capture_on_commit_callbacks(execute=True):
            participants.rename(participant=ada, pseudonym="Ida Lake")
        named.refresh_from_db()
        assert "@Ida Lake</a>" in named.html
        comments.edit(comment=named, by=bo, raw="As @[Ada Brook] said.", now=now)
        named.refresh_from_db()
        assert "@Ida Lake</a> said" in named.html

    def test_forgets_whoever_was_erased(self, ada, bo, root, post, now):
        named = post(bo, "As @[Ada Brook] says, or @[ada brook].")
        comments.edit(comment=named, by=bo, raw="As @[Ada Brook] said.", now=now)
        mentions.forget(ada)
        named.refresh_from_db()
        version = CommentVersion.objects.get(comment=named)
        for text in (named.text, named.html, version.text, version.html):
            assert "brook" not in text.lower()
        assert "@Former participant said" in named.text

    def test_is_forgotten_in_the_language_of_the_comment(self, ada, bo, root, post):
        named = post(bo, "Wie @[Ada Brook] sagt, brauchen wir Schatten.")
        Comment.objects.filter(pk=named.pk).update(language="de")
        mentions.forget(ada)
        named.refresh_from_db()
        assert "Wie @Ehemals teilnehmende Person sagt" in named.text

    @pytest.mark.parametrize(
        "raw",
        [
            "@[Ada Brook](javascript:alert(1))",
            '@[Ada Brook" onmouseover="alert(1)]',
            "https://x.example/@[Ada Brook]",
            "[@[Ada Brook]](https://x.example)",
            "*@[Ada Brook]* and > @[Ada Brook]",
        ],
    )
    def test_opens_no_way_around_the_sanitiser(self, bo, root, post, raw):
        html = post(bo, raw).html
        assert "javascript:" not in html.replace("(javascript:alert(1))", "")
        assert "onmouseover=" not in html.replace("&quot;", "").replace('" on', "")
        assert "<script" not in html
        assert html.count("<a") == html.count("</a>")


class TestFollowing:
    def test_tells_of_what_others_write_in_one_notice(
        self, ada, bo, discussion, post, now
    ):
        follows.follow(participant=ada, discussion=discussion, now=now)
        later = now + timedelta(minutes=5)
        for text in ("One bench here.", "Two trees there."):
            post(bo, text, now=later)
        post(ada, "My own words.", now=later)
        for _ in range(2):
            follows.catch_up(now=later)
        (title,) = told(ada)
        assert title.startswith("2 new comments in")

    def test_leads_to_all_that_it_counts(self, ada, bo, discussion, post, client, now):
        root = post(bo, "An old thread.", now=now - timedelta(minutes=5))
        follows.follow(participant=ada, discussion=discussion, now=now)
        later = now + timedelta(minutes=5)
        comments = [
            post(bo, "A new thread.", now=later),
            post(bo, "A new answer.", parent=root, now=later),
        ]
        follows.catch_up(now=later)
        (item,) = news.in_words(Notice.objects.filter(participant=ada))
        html = client.get(item.told.path).content.decode()
        for comment in comments:
            assert f'id="comment-{comment.pk}"' in html
        assert html.count("<article") == 2

    def test_tells_again_of_what_came_after_reading(
        self, ada, bo, discussion, post, now
    ):
        follows.follow(participant=ada, discussion=discussion, now=now)
        post(bo, "One bench here.", now=now + timedelta(minutes=5))
        follows.catch_up(now=now + timedelta(minutes=6))
        notices.mark_read(participant=ada, now=now + timedelta(minutes=7))
        follows.catch_up(now=now + timedelta(minutes=8))
        assert len(told(ada)) == 1
        post(bo, "Two trees there.", now=now + timedelta(minutes=9))
        follows.catch_up(now=now + timedelta(minutes=10))
        assert told(ada)[0].startswith("1 new comment in")

    def test_tells_nothing_of_what_was_hidden(self, ada, bo, discussion, post, now):
        follows.follow(participant=ada, discussion=discussion, now=now)
        comment = post(bo, "One bench here.", now=now + timedelta(minutes=5))
        follows.catch_up(now=now + timedelta(minutes=6))
        Comment.objects.filter(pk=comment.pk).update(status="hidden")
        assert told(ada) == []

    def test_tells_of_what_was_let_in_late(self, ada, bo, discussion, post, now):
        comment = post(bo, "One bench here.")
        follows.follow(
            participant=ada, discussion=discussion, now=now + timedelta(days=1)
        )
        follows.came_late(comment=comment, now=now + timedelta(days=2))
        assert len(told(ada)) == 1

    def test_ends(self, ada, bo, discussion, post, now):
        follows.follow(participant=ada, discussion=discussion, now=now)
        follows.unfollow(participant=ada, discussion=discussion)
        post(bo, "One bench here.", now=now + timedelta(minutes=5))
        follows.catch_up(now=now + timedelta(minutes=6))
        assert told(ada) == []


class TestTheListOfNotices:
    def test_takes_the_same_queries_for_few_and_many(
        self, ada, bo, root, post, now, django_assert_max_num_queries
    ):
        follows.follow(participant=ada, discussion=root.discussion, now=now)
        for number in range(12):
            post(bo, f"Reply number {number}.", parent=root)
        with django_assert_max_num_queries(8):
            assert len(news.page(ada).items) == 12
