"""Looking for comments in a discussion, on its page and over the API."""

import re

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from deliberation.queries import found as looking
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import PolicyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussion():
    return DiscussionFactory(policy=PolicyFactory(for_guests=True, asks_to_agree=False))


@pytest.fixture
def look(client, discussion):
    """Return the ids that the API finds; the page must show the same."""

    def _look(**wanted):
        path = f"/api/v1/discussions/{discussion.pk}/comments"
        found = [each["id"] for each in client.get(path, wanted).json()["items"]]
        address = reverse("deliberation:discussion", args=[discussion.pk])
        shown = {k: "1" if v is True else v for k, v in wanted.items()}
        html = client.get(address, shown).content.decode()
        assert [pk for pk in found if f'id="comment-{pk}"' in html] == found
        assert html.count('<article class="fm-comment') == len(found)
        return found

    return _look


@pytest.fixture
def comment(discussion):
    def _comment(text="Text", **fields):
        return CommentFactory(discussion=discussion, text=text, **fields).pk

    return _comment


class TestLookingForWords:
    def test_finds_every_word_in_any_case_the_latest_first(self, look, comment):
        both = comment("Trees shade the bench")
        comment("A bench in the sun")
        late = comment("BENCHES below a tree")
        assert look(q="tree bench") == [late, both]

    def test_finds_letters_of_every_alphabet(self, look, comment):
        found = [comment("Ärger am Platz"), comment("Больше деревьев")]
        assert look(q="ärger") == [found[0]]
        assert look(q="БОЛЬШЕ") == [found[1]]

    def test_finds_replies_and_says_whom_they_answer(self, client, comment, look):
        root = CommentFactory()
        reply = CommentFactory(parent=root, text="A pond, please")
        address = reverse("deliberation:discussion", args=[root.discussion_id])
        html = client.get(address, {"q": "pond"}).content.decode()
        assert f'id="comment-{reply.pk}"' in html
        assert f"In answer to <bdi>{root.author.pseudonym}</bdi>" in html

    @pytest.mark.parametrize("marks", ['"{}"', "“{}”", "„{}“", "«{}»", '"  {} '])
    def test_finds_quoted_words_together(self, look, comment, marks):
        together = comment("A Bus Stop with a roof")
        apart = comment("The bus does not stop here")
        wanted = marks.format("bus stop")
        is_open = wanted.strip('"').startswith(" ")
        assert look(q=wanted) == ([apart, together] if is_open else [together])

    def test_finds_letters_however_a_keyboard_makes_them(self, look, comment):
        found = comment("Das Café am Markt")
        assert look(q="cafe\u0301") == [found]
        assert look(q="ca\u200bfé") == [found]

    def test_finds_the_first_ones_first_where_one_wants_it(self, look, comment):
        first, last = comment("A pond"), comment("Another pond")
        assert look(q="pond", sort="oldest") == [first, last]
        assert look(q="pond", sort="newest") == [last, first]
        assert look(q="pond", sort="bridging") == [last, first]

    def test_goes_on_in_the_order_one_chose(self, client, discussion, comment):
        written = [comment("A pond") for _ in range(25)]
        address = reverse("deliberation:discussion", args=[discussion.pk])
        html = client.get(address, {"q": "pond", "sort": "oldest"}).content.decode()
        link = html.partition('class="fm-more">')[2].split('href="')[1].split('"')[0]
        html = client.get(link.replace("&amp;", "&")).content.decode()
        assert [pk for pk in written if f'id="comment-{pk}"' in html] == written[20:]

    @pytest.mark.parametrize("state", ["held", "hidden", "withdrawn"])
    def test_finds_nothing_that_is_not_public(self, look, comment, state):
        comment("A pond", **{state: True})
        assert look(q="pond") == []

    def test_stays_in_its_discussion(self, look):
        CommentFactory(text="A pond")
        assert look(q="pond") == []

    def test_goes_on_by_a_cursor(self, client, discussion, comment):
        written = [comment("A pond") for _ in range(3)]
        path = f"/api/v1/discussions/{discussion.pk}/comments?q=pond&limit=2"
        first = client.get(path).json()
        rest = client.get(f"{path}&cursor={first['next']}").json()
        ids = [each["id"] for each in first["items"] + rest["items"]]
        assert ids == written[::-1]

    @pytest.mark.parametrize(
        "words", ["%", "_", "\x00", "'; --", "<script>alert(1)</script>", "x " * 5000]
    )
    def test_takes_whatever_is_typed(self, client, discussion, comment, words):
        comment("Text")
        address = reverse("deliberation:discussion", args=[discussion.pk])
        response = client.get(address, {"q": words})
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


class TestFiltering:
    def test_by_language(self, look, comment):
        comment(language="de")
        french = comment(language="fr")
        assert look(language="fr") == look(language="FR") == [french]

    def test_by_stance(self, look, comment):
        comment(stance="for")
        question = comment(stance="question")
        assert look(stance="question") == [question]

    def test_by_all_at_once(self, look, comment):
        comment("Trees", stance="for", language="de")
        both = comment("Trees", stance="idea", language="de")
        comment("Benches", stance="idea", language="de")
        assert look(q="trees", stance="idea", language="de") == [both]

    def test_leads_past_its_form_to_what_was_found(self, client, discussion, comment):
        comment("A pond")
        address = reverse("deliberation:discussion", args=[discussion.pk])
        html = client.get(address).content.decode()
        assert f'action="{address}#found"' in html
        for words in ("pond", "moat"):
            found = client.get(address, {"q": words}).content.decode()
            assert found.count('id="found"') == 1
            assert '<details class="fm-details" open>' in found
        new = client.get(address, {"since": "1"}).content.decode()
        assert '<details class="fm-details" open>' not in new

    def test_by_official_answers(self, look, comment, discussion):
        root = CommentFactory(discussion=discussion)
        CommentFactory(parent=root)
        answer = CommentFactory(parent=root, official_at=timezone.now())
        assert look(official=True) == [answer.pk]

    @pytest.mark.parametrize(
        "key", ["language", "stance", "theme", "official", "since"]
    )
    def test_by_what_is_not_there_is_told(self, client, discussion, comment, key):
        comment()
        address = reverse("deliberation:discussion", args=[discussion.pk])
        response = client.get(address, {key: "zzz"})
        assert len(get_messages(response.wsgi_request)) == 1
        assert not get_messages(client.get(address, {key: ""}).wsgi_request)

    @pytest.mark.parametrize(
        "key", ["language", "stance", "theme", "official", "since"]
    )
    def test_by_what_is_not_there_is_refused_to_programs(self, client, discussion, key):
        path = f"/api/v1/discussions/{discussion.pk}/comments"
        assert client.get(path, {key: "zzz"}).status_code == 422

    @pytest.mark.parametrize(
        "moment", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"]
    )
    def test_by_a_moment_outside_of_time_is_refused(self, client, discussion, moment):
        path = f"/api/v1/discussions/{discussion.pk}/comments"
        response = client.get(path, {"since": moment})
        assert response.status_code == 422
        assert response["Content-Type"] == "application/problem+json"


class TestHowManyFit:
    @pytest.fixture
    def found(self, client, discussion):
        def _found(**wanted):
            address = reverse("deliberation:discussion", args=[discussion.pk])
            return client.get(address, wanted).content.decode()

        return _found

    def test_is_said(self, found, comment):
        comment("A pond")
        assert '<p id="found">1 comment fits.</p>' in found(q="pond")
        for _ in range(24):
            comment("A pond")
        assert '<p id="found">25 comments fit.</p>' in found(q="pond")

    def test_is_counted_so_far_only(self, found, comment, monkeypatch):
        monkeypatch.setattr(looking, "MOST", 22)
        for _ in range(24):
            comment("A pond")
        assert "More than 22 comments fit." in found(q="pond")

    @pytest.mark.parametrize("words", ['"', "\x00", "\u200b", "“”"])
    def test_is_not_said_of_all_where_no_word_is_left(self, found, comment, words):
        comment("A pond")
        html = found(q=words)
        assert "There is no word in what you look for." in html
        assert 'id="found"' not in html


class TestALaterPage:
    @pytest.mark.parametrize("wanted", [{}, {"q": "pond"}])
    def test_says_so_and_leads_back(self, client, discussion, comment, wanted):
        for _ in range(21):
            comment("A pond")
        address = reverse("deliberation:discussion", args=[discussion.pk])
        first = client.get(address, wanted | {"sort": "oldest"}).content.decode()
        assert "From the beginning" not in first
        cursor = first.split("cursor=")[1].split('"')[0]
        later = client.get(address, wanted | {"sort": "oldest", "cursor": cursor})
        html = later.content.decode()
        assert "From the beginning" in html
        title = re.compile("<title>(.*?)</title>", re.DOTALL)
        assert title.search(html)[1] != title.search(first)[1]


class TestTheLanguageOfAComment:
    GERMAN = "Die Bänke auf dem Marktplatz sollten im Schatten der Bäume stehen."

    def test_is_found_out_and_told(self, client, discussion):
        address = reverse("deliberation:post_comment", args=[discussion.pk])
        typed = {"text": self.GERMAN, "language": "", "token": "x"}
        html = client.post(address, typed, follow=True).content.decode()
        comment = discussion.comments.get()
        assert comment.language == "de"
        assert "We take it to be in this language: " in html

    def test_is_the_authors_choice(self, client, discussion):
        address = reverse("deliberation:post_comment", args=[discussion.pk])
        client.post(address, {"text": self.GERMAN, "language": "fr", "token": "x"})
        assert discussion.comments.get().language == "fr"

    def test_is_the_one_being_read_where_nothing_can_be_told(self, client, discussion):
        address = reverse("deliberation:post_comment", args=[discussion.pk])
        client.post(address, {"text": "12 345!", "language": "", "token": "x"})
        assert discussion.comments.get().language == "en"

    def test_is_found_out_for_programs_too(self, client, discussion):
        path = f"/api/v1/discussions/{discussion.pk}/comments"
        posted = client.post(
            path, {"text": self.GERMAN}, content_type="application/json"
        )
        assert posted.json()["language"] == "de"
