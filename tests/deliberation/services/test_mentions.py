"""Mentions: a link to what somebody said here, told to them, forgotten with them."""

import pytest

from deliberation import addresses
from deliberation.models import Comment, CommentVersion, Mention
from deliberation.services import comments, mentions
from moderation.queries import news
from moderation.services import participants
from tests.deliberation.services import posting
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory

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
    return posting.by_author(discussion, now)


@pytest.fixture
def root(ada, discussion):
    return CommentFactory(author=ada, discussion=discussion)


def told(person):
    return [str(item.told.title) for item in news.page(person).items]


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
