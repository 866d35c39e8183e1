"""Themes: what editors list, writers choose and readers look for."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from deliberation.models import Comment, Theme
from deliberation.services import comments, discussions, imports, labels, moves
from deliberation.services.import_files import Contribution
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.forum import ConsultationFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory

pytestmark = pytest.mark.django_db

TEXT = "The benches should stand in the shade."
BUSES, SHADE = Theme("1b", "Buses"), Theme("2s", "Shade & benches")


@pytest.fixture
def discussion():
    made = DiscussionFactory(policy=PolicyFactory(for_guests=True))
    return list_themes(made, BUSES, SHADE)


def list_themes(discussion, *themes):
    return discussions.open_on(
        page=discussion.page,
        title=discussion.title,
        opens_at=None,
        closes_at=None,
        policy=discussion.policy,
        themes=themes,
    )


def address(discussion):
    return f"/discussions/{discussion.pk}/comments"


class TestWriting:
    @pytest.fixture
    def send(self, client, discussion):
        path = reverse("deliberation:post_comment", args=[discussion.pk])
        typed = {"text": TEXT, "token": "x", "agreed": "1"}
        return lambda **more: client.post(path, typed | more)

    def test_says_what_it_is_about_or_leaves_it_open(self, client, send, discussion):
        assert send(theme=SHADE.key).status_code == 302
        assert send(text="And a fountain.", token="y").status_code == 302
        told = Comment.objects.order_by("pk").values_list("theme", flat=True)
        assert list(told) == [SHADE.key, ""]
        path = reverse("deliberation:discussion", args=[discussion.pk])
        html = client.get(path).content.decode()
        assert html.count("<bdi>Shade &amp; benches</bdi>") == 1

    def test_leads_to_all_that_is_about_the_same(self, client, discussion):
        other = list_themes(DiscussionFactory(policy=discussion.policy), SHADE)
        for each in (other, discussion):
            mine = CommentFactory(discussion=each, theme=SHADE.key)
            CommentFactory(discussion=each)
            path = reverse("deliberation:discussion", args=[each.pk])
            html = client.get(path).content.decode()
            link = f"{path}?theme={SHADE.key}"
            assert html.count(f'href="{link}"') == 1
            found = client.get(link).content.decode()
            assert f'id="comment-{mine.pk}"' in found
            assert found.count("<article") == 1

    def test_of_another_theme_is_refused_with_the_text(self, send, guest, discussion):
        refused = send(theme="elsewhere")
        assert refused.status_code == 400
        assert f"{TEXT}</textarea>" in refused.content.decode()
        body = {"text": TEXT, "theme": "elsewhere"}
        answer = guest.call("POST", address(discussion), body)
        assert answer.status_code == 422
        assert "Buses, Shade & benches" in answer.json()["detail"]
        assert answer.json()["text"] == TEXT
        assert not Comment.objects.exists()

    def test_is_asked_for_no_theme_where_there_is_none(self, client, now):
        bare = DiscussionFactory(policy=PolicyFactory(for_guests=True))
        path = reverse("deliberation:discussion", args=[bare.pk])
        assert "What it is about" not in client.get(path).content.decode()
        with pytest.raises(labels.UnknownTheme, match="no themes"):
            comments.post(
                discussion=bare,
                author=ParticipantFactory(),
                raw=TEXT,
                language="en",
                theme=BUSES.key,
                now=now,
            )


class TestEditing:
    def test_changes_it_in_public(self, guest, discussion):
        body = {"text": TEXT, "language": "en", "theme": BUSES.key}
        posted = guest.call("POST", address(discussion), body).json()
        path = f"/comments/{posted['id']}"
        kept = guest.call("PATCH", path, {"text": TEXT}).json()
        assert (kept["theme"], kept["edited_at"]) == (BUSES.key, None)
        for theme in (SHADE.key, ""):
            guest.call("PATCH", path, {"text": TEXT, "theme": theme})
        assert guest.call("GET", path).json()["theme"] is None
        history = guest.call("GET", f"{path}/history").json()["items"]
        assert [each["theme"] for each in history] == [None, SHADE.name, BUSES.name]
        assert not any(each["changes"] for each in history)

    def test_keeps_a_theme_that_is_offered_no_more(self, discussion, now):
        mine = CommentFactory(discussion=discussion, theme=BUSES.key, created_at=now)
        mine.discussion = list_themes(discussion, SHADE)
        edited = comments.edit(
            comment=mine, by=mine.author, raw=f"{TEXT} All.", theme=BUSES.key, now=now
        )
        assert edited.theme == BUSES.key


class TestAList:
    def test_keeps_what_is_used_and_offers_it_no_more(self, discussion):
        CommentFactory(discussion=discussion, theme=BUSES.key)
        left = list_themes(discussion, Theme(SHADE.key, "Shadow"))
        assert [t.name for t in left.offered_themes] == ["Shadow"]
        assert left.themes[-1] == Theme(BUSES.key, "Buses", is_offered=False)
        assert list_themes(left, BUSES).themes == (BUSES,)

    def test_still_names_what_only_an_earlier_wording_was_about(
        self, guest, discussion
    ):
        body = {"text": TEXT, "language": "en", "theme": BUSES.key}
        posted = guest.call("POST", address(discussion), body).json()
        path = f"/comments/{posted['id']}"
        guest.call("PATCH", path, {"text": TEXT, "theme": ""})
        list_themes(discussion, SHADE)
        history = guest.call("GET", f"{path}/history").json()["items"]
        assert [each["theme"] for each in history] == [None, BUSES.name]

    def test_takes_comments_along_where_a_theme_is_listed_anew(self, discussion):
        mine = CommentFactory(discussion=discussion, theme=BUSES.key)
        again = list_themes(discussion, Theme("3b", "buses"), SHADE)
        assert [theme.key for theme in again.themes] == ["3b", SHADE.key]
        mine.refresh_from_db()
        assert mine.theme == "3b"

    def test_comes_from_the_page_and_keeps_its_keys(self):
        page = ConsultationFactory(draft=True)
        page.discussion_themes = [("theme", "Buses"), ("theme", "Shade")]
        page.save_revision().publish()
        before = page.discussions.get().themes
        assert [theme.name for theme in before] == ["Buses", "Shade"]
        page.discussion_themes[0].value = "Buses and trams"
        page.save_revision().publish()
        after = page.discussions.get().themes
        assert after[0] == Theme(before[0].key, "Buses and trams")

    def test_names_no_theme_twice(self):
        page = ConsultationFactory()
        page.discussion_themes = [("theme", "Buses"), ("theme", "buses")]
        with pytest.raises(ValidationError, match="Two themes are called “buses”"):
            page.full_clean()

    @pytest.mark.parametrize("ids", [("a", "a"), ("a", "b" * 37)])
    def test_gives_each_theme_a_short_id_of_its_own(self, ids):
        page = ConsultationFactory()
        page.discussion_themes = json.dumps(
            [
                {"type": "theme", "value": f"About {n}", "id": i}
                for n, i in enumerate(ids)
            ]
        )
        with pytest.raises(ValidationError, match="short id of its own"):
            page.full_clean()


class TestLooking:
    def test_finds_those_of_a_theme_on_page_and_in_the_api(self, client, discussion):
        CommentFactory(discussion=discussion, theme=BUSES.key, text="Line 4")
        mine = CommentFactory(discussion=discussion, theme=SHADE.key, text="A tree")
        path = reverse("deliberation:discussion", args=[discussion.pk])
        html = client.get(path, {"theme": SHADE.key}).content.decode()
        assert "A tree" in html
        assert "Line 4" not in html
        found = client.get(f"/api/v1{address(discussion)}?theme={SHADE.key}").json()
        assert [each["id"] for each in found["items"]] == [mine.pk]

    def test_goes_on_among_those_of_the_theme(self, client, discussion):
        for _number in range(21):
            CommentFactory(discussion=discussion, theme=BUSES.key)
        path = reverse("deliberation:discussion", args=[discussion.pk])
        html = client.get(path, {"theme": BUSES.key}).content.decode()
        assert f"theme={BUSES.key}&amp;" in html

    def test_says_so_where_there_is_no_such_theme(self, client, discussion):
        CommentFactory(discussion=discussion, text="Line 4")
        path = reverse("deliberation:discussion", args=[discussion.pk])
        html = client.get(path, {"theme": "elsewhere"}).content.decode()
        assert "There is no such theme in this discussion." in html
        assert "Line 4" in html
        answer = client.get(f"/api/v1{address(discussion)}?theme=elsewhere")
        assert answer.status_code == 422
        assert "no such theme" in answer.json()["detail"]

    def test_takes_no_query_more_than_other_pages(
        self, client, discussion, django_assert_max_num_queries
    ):
        for theme in (BUSES, SHADE, SHADE):
            CommentFactory(discussion=discussion, theme=theme.key)
        path = reverse("deliberation:discussion", args=[discussion.pk])
        for asked in ({}, {"theme": SHADE.key}):
            client.get(path, asked)
            with django_assert_max_num_queries(6):
                client.get(path, asked)

    def test_is_told_which_themes_there_are(self, client, discussion):
        told = client.get(f"/api/v1/discussions/{discussion.pk}").json()["themes"]
        assert told[0] == {"key": BUSES.key, "name": BUSES.name, "offered": True}


class TestElsewhere:
    def test_a_moved_thread_has_its_themes_only_where_it_was(self, discussion):
        thread = CommentFactory(discussion=discussion, theme=BUSES.key)
        reply = CommentFactory(parent=thread, theme=SHADE.key)
        other = DiscussionFactory()
        place = moves.move(thread=thread, to=str(other.pk), sees=lambda _page: True)
        assert set(other.comments.values_list("theme", flat=True)) == {""}
        list_themes(discussion, BUSES)
        discussion.refresh_from_db()
        moves.put(thread=thread, discussion=discussion, themes=place["themes"])
        told = Comment.objects.in_bulk([thread.pk, reply.pk])
        assert (told[thread.pk].theme, told[reply.pk].theme) == (BUSES.key, "")

    def test_an_import_names_themes_as_people_do(self, discussion, now):
        def row(number, theme):
            return Contribution(
                origin=f"f:{number}", author=f"f:{number}", text=TEXT, theme=theme
            )

        summary = imports.bring_in(
            discussion=discussion,
            contributions=[row(1, "buses"), row(2, "Trams"), row(3, "")],
            language="en",
            now=now,
            progress=lambda _number: None,
        )
        told = Comment.objects.order_by("pk").values_list("theme", flat=True)
        assert list(told) == [BUSES.key, ""]
        assert summary.refused.total() == 1
