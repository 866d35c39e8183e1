"""Preview and advice before posting; what edits changed; who is heard."""

from datetime import timedelta

import pytest
from django.urls import reverse

from deliberation.models import Comment
from deliberation.services import comments
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory

pytestmark = pytest.mark.django_db

LIKE = "The benches on the market square should stand in the shade of the trees."
ALIKE = "Benches on the market square belong into the shade of its trees, please."


@pytest.fixture
def discussion():
    return DiscussionFactory(policy=PolicyFactory(for_guests=True))


@pytest.fixture
def send(client, discussion):
    def _send(text, parent=None, **typed):
        typed = {"text": text, "language": "en", "token": "x", "agreed": "1", **typed}
        name = "reply" if parent else "post_comment"
        key = parent.pk if parent else discussion.pk
        return client.post(reverse(f"deliberation:{name}", args=[key]), typed)

    return _send


def written():
    return list(Comment.objects.values_list("text", flat=True))


class TestAPreview:
    def test_shows_the_rendering_and_posts_nothing(self, send):
        response = send("A *fine* idea <script>alert(1)</script>", preview="1")
        html = response.content.decode()
        assert response.status_code == 200
        assert "<em>fine</em>" in html
        assert "<script>alert" not in html
        assert written() == []

    def test_keeps_the_text_in_the_form(self, send):
        html = send("A fine idea", preview="1").content.decode()
        assert "A fine idea</textarea>" in html

    def test_names_people_as_the_comment_will(self, send, discussion):
        named = CommentFactory(discussion=discussion)
        name = named.author.pseudonym
        html = send(f"Ask @[{name}] about it", preview="1").content.decode()
        assert f">@{name}</a>" in html
        assert "@[" in html.split("<textarea")[1]

    def test_says_so_in_the_title(self, send):
        html = send("A fine idea", preview="1").content.decode()
        assert "<title>Preview: " in html

    def test_of_a_reply_does_not_lead_the_eye_past_it(self, send, discussion):
        parent = CommentFactory(discussion=discussion)
        html = send("A fine idea", parent, preview="1").content.decode()
        assert "autofocus" not in html


class TestAdvice:
    def test_leads_to_what_is_alike_and_posts_nothing_yet(self, send, discussion):
        earlier = CommentFactory(discussion=discussion, text=LIKE)
        html = send(ALIKE).content.decode()
        assert reverse("deliberation:comment", args=[earlier.pk]) in html
        assert 'name="advised" value="1"' in html
        assert "<title>Not posted yet: " in html
        assert written() == [LIKE]

    @pytest.mark.parametrize(
        "text",
        ["@Ida of the Mill, what do you think?", "Ask @ida OF the mill.", "(no) @Ída"],
    )
    def test_says_how_to_name_whom_one_seems_to_mean(self, send, discussion, text):
        for name in ("Ida of the Mill", "Ída", "Ida"):
            author = ParticipantFactory(pseudonym=name)
            CommentFactory(discussion=discussion, author=author, text="Benches")
        html = send(text).content.decode()
        wanted = "Ída" if "Ída" in text else "Ida of the Mill"
        assert f"<bdi>@[{wanted}]</bdi>" in html
        assert html.count("<bdi>@[") == 1
        assert send(text, advised="1").status_code == 302

    @pytest.mark.parametrize(
        "text",
        [
            *("@[Ida] said so.", "ida@ida.example", "@Nobody", "@", "@ Ida", "@" * 99),
            *("> @Ida said so.\n\nDid she?", "@Ann](/x) y"),
        ],
    )
    def test_is_silent_where_nobody_is_meant(self, send, discussion, text):
        for name in ("Ida", "Ann](/x) y"):
            author = ParticipantFactory(pseudonym=name)
            CommentFactory(discussion=discussion, author=author, text="Benches")
        CommentFactory(author=ParticipantFactory(pseudonym="Nobody"))
        assert "if the name stands in brackets" not in send(text).content.decode()

    def test_never_refuses(self, send, discussion):
        CommentFactory(discussion=discussion, text=LIKE)
        assert send(ALIKE, advised="1").status_code == 302
        assert written() == [LIKE, ALIKE]

    def test_is_silent_where_there_is_nothing_to_say(self, send, discussion):
        CommentFactory(discussion=discussion, text=LIKE)
        assert send("Night buses to the harbour would help me.").status_code == 302

    def test_is_not_given_on_what_the_same_form_has_posted_already(self, send):
        first, again = send(LIKE), send(LIKE)
        assert (first.status_code, again.status_code) == (302, 302)
        assert again.url == first.url
        assert written() == [LIKE]

    @pytest.mark.parametrize("state", ["held", "hidden", "withdrawn"])
    def test_names_nothing_that_is_not_public(self, send, discussion, state):
        CommentFactory(discussion=discussion, text=LIKE, **{state: True})
        assert send(ALIKE).status_code == 302

    def test_speaks_of_heated_words_once(self, send, client):
        shouted = "WHY DOES NOBODY EVER LISTEN TO US"
        first = send(shouted)
        assert "read like shouting" in first.content.decode()
        assert written() == []
        posted = send(shouted, advised=first.context["advice"].shown)
        page = client.get(posted.url).content.decode()
        assert "read like shouting" not in page
        assert written() == [shouted]

    def test_leaves_the_quotation_marks_to_the_language_being_read(self, send):
        html = send("WHY DOES NOBODY EVER LISTEN TO US").content.decode()
        assert '<q dir="auto">WHY DOES' in html

    def test_finds_out_in_which_language_the_words_are_heated(self, send, client):
        client.cookies["django_language"] = "en"
        heated = "Das sind doch alles Idioten, die den Platz so planen."
        first = send(heated, language="")
        assert "Could you put this more calmly?" in first.content.decode()
        assert written() == []
        shown = first.context["advice"].shown
        html = first.content.decode()
        assert f'name="advised" value="{shown}"' in html
        posted = send(heated, language="", advised=shown)
        page = client.get(posted.url).content.decode()
        assert "Could you put this more calmly?" not in page

    def test_leaves_what_came_later_to_be_said_afterwards(self, send, client):
        shown = send("WHY DOES NOBODY EVER LISTEN TO US").context["advice"].shown
        posted = send("Call me at +49 228 5550123, please.", advised=shown)
        page = client.get(posted.url).content.decode()
        assert "telephone number" in page

    def test_is_not_lost_by_a_preview(self, send):
        shouted = "WHY DOES NOBODY EVER LISTEN TO US"
        html = send(shouted, advised="1", preview="1").content.decode()
        assert 'name="advised" value="1"' in html

    def test_compares_no_replies(self, send, discussion):
        root = CommentFactory(discussion=discussion, text=LIKE)
        assert send(ALIKE, parent=root).status_code == 302


class TestTheHistory:
    @pytest.fixture
    def edited(self, now):
        comment = CommentFactory(text="The new bench", edited_at=now)
        comment.versions.create(
            text="The old <b>bench",
            html="<p>The old bench</p>",
            language="en",
            was_public=True,
            written_at=comment.created_at,
        )
        return comment

    def test_shows_what_changed(self, client, edited):
        address = reverse("deliberation:comment_history", args=[edited.pk])
        html = client.get(address).content.decode()
        assert "<del>" in html and "<ins>" in html
        assert "old &lt;b&gt;bench" in html

    def test_shows_that_the_language_was_corrected(self, client, edited):
        address = reverse("deliberation:comment_history", args=[edited.pk])
        assert "Deutsch</span>" not in client.get(address).content.decode()
        edited.versions.update(language="de")
        html = client.get(address).content.decode()
        now, before = html.split('<ol class="fm-history">')[1].split("</li>")[:2]
        assert '<span class="fm-tag" lang="en">English</span>' in now
        assert '<span class="fm-tag" lang="de">Deutsch</span>' in before

    def test_tells_it_to_programs(self, client, edited):
        path = f"/api/v1/comments/{edited.pk}/history"
        now, before = client.get(path).json()["items"]
        assert [piece["kind"] for piece in now["changes"]] == [
            "same",
            "removed",
            "added",
        ]
        assert before["changes"] == []


class TestWhoIsHeard:
    def read(self, client, discussion):
        return client.get(f"/api/v1/discussions/{discussion.pk}/figures").json()

    def test_is_told_in_words_and_figures(self, client, discussion):
        people = ParticipantFactory.create_batch(5)
        CommentFactory(author=people[0])
        for person in people:
            CommentFactory(discussion=discussion, author=person)
        found = self.read(client, discussion)
        assert (found["comments"], found["authors"], found["gini"]) == (5, 5, 0)
        assert found["newcomers"] == pytest.approx(0.8)
        assert found["unanswered"] == 1
        address = reverse("deliberation:figures", args=[discussion.pk])
        html = client.get(address).content.decode()
        assert "5 people wrote 5 comments." in html
        assert '<rect class="fm-agree" x="0" width="80%"' in html

    def test_names_the_languages_as_readers_know_them(self, client, discussion):
        CommentFactory(discussion=discussion, language="uk")
        CommentFactory(discussion=discussion, language="ar")
        address = reverse("deliberation:figures", args=[discussion.pk])
        client.cookies["django_language"] = "de"
        html = client.get(address).content.decode()
        assert "Ukrainisch" in html
        assert "Arabisch" in html

    def test_says_nothing_of_few(self, client, discussion):
        CommentFactory(discussion=discussion)
        found = self.read(client, discussion)
        assert found["gini"] is found["top_share"] is found["newcomers"] is None

    def test_forgets_at_once_what_was_hidden(self, client, discussion):
        comments = CommentFactory.create_batch(2, discussion=discussion)
        assert self.read(client, discussion)["comments"] == 2
        Comment.objects.filter(pk=comments[0].pk).update(status="hidden")
        assert self.read(client, discussion)["comments"] == 1

    def test_follows_a_language_that_is_corrected(self, client, discussion):
        comment = CommentFactory(discussion=discussion, language="en")
        assert self.read(client, discussion)["languages"][0]["language"] == "en"
        comments.edit(
            comment=comment,
            by=comment.author,
            raw=comment.text,
            language="fr",
            now=comment.created_at + timedelta(minutes=1),
        )
        assert self.read(client, discussion)["languages"][0]["language"] == "fr"

    def test_of_an_empty_discussion_is_said_too(self, client, discussion):
        address = reverse("deliberation:figures", args=[discussion.pk])
        assert "Nobody has written" in client.get(address).content.decode()

    def test_stays_behind_the_page(self, client, discussion):
        discussion.page.live = False
        discussion.page.save()
        address = reverse("deliberation:figures", args=[discussion.pk])
        assert client.get(address).status_code == 404
        path = f"/api/v1/discussions/{discussion.pk}/figures"
        assert client.get(path).status_code == 404
