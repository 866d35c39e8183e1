"""Forms that cannot be taken: said in words, with what was typed."""

import pytest
from django.test import Client

from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import AccountFactory, PolicyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def path():
    discussion = DiscussionFactory(policy=PolicyFactory(for_guests=True))
    return f"/discussions/{discussion.pk}/comment/"


class TestMoreThanCanBeSent:
    def test_is_refused_in_the_words_of_the_site(self, client, path):
        answer = client.post(path, {"text": "word " * 250_000})
        page = answer.content.decode()
        assert answer.status_code == 413
        assert "<h1>Too much at once</h1>" in page
        assert "open the form again if it is closed: what you wrote" in page

    def test_is_refused_in_the_language_of_the_reader(self, client, path):
        client.cookies["django_language"] = "de"
        page = client.post(path, {"text": "word " * 250_000}).content.decode()
        assert 'lang="de"' in page
        assert "Too much at once" not in page

    def test_is_refused_the_same_way_to_programs(self, client, path):
        answer = client.post(
            f"/api/v1{path.replace('comment/', 'comments')}",
            {"text": "word " * 250_000},
            content_type="application/json",
        )
        assert answer.status_code == 413
        assert answer["Content-Type"].startswith("application/problem+json")


class TestAFormWhosePageIsGone:
    def test_gives_back_what_was_typed(self, client):
        discussion = DiscussionFactory(policy=PolicyFactory(for_guests=True))
        comment = CommentFactory(discussion=discussion)
        discussion.page.unpublish()
        for path in (
            f"/discussions/{discussion.pk}/comment/",
            f"/comments/{comment.pk}/reply/",
        ):
            answer = client.post(path, {"text": "</textarea><b>Mine</b>"})
            page = answer.content.decode()
            assert answer.status_code == 404
            assert "&lt;/textarea&gt;&lt;b&gt;Mine" in page
            assert "What you wrote, to take along" in page

    def test_is_no_page_to_whoever_typed_nothing(self, client):
        page = client.get("/nowhere/").content.decode()
        assert "Page not found" in page
        assert "<textarea" not in page

    @pytest.mark.parametrize(
        "sent",
        [
            {"data": "text=" + "x" * 3_000_000},
            {"data": "&".join(f"a{n}=1" for n in range(2_000))},
            {"data": "--", "content_type": "multipart/form-data; boundary="},
        ],
    )
    def test_bears_what_cannot_be_read(self, client, sent):
        form = {"content_type": "application/x-www-form-urlencoded"} | sent
        assert client.post("/nowhere/", **form).status_code in {400, 404, 413}


class TestAFormFromBeforeOneSignedIn:
    @pytest.fixture
    def visitor(self):
        return Client(enforce_csrf_checks=True)

    def test_gives_back_what_was_typed(self, visitor, path):
        visitor.get(path)
        visitor.force_login(AccountFactory())
        answer = visitor.post(
            path,
            {"text": "</textarea><b>Mine</b>", "csrfmiddlewaretoken": "x" * 64},
            headers={"Referer": f"http://testserver{path}"},
        )
        page = answer.content.decode()
        assert answer.status_code == 403
        assert "&lt;/textarea&gt;&lt;b&gt;Mine" in page
        assert f'href="http://testserver{path}"' in page

    def test_leads_nowhere_else(self, visitor, path):
        page = visitor.post(
            path, {"text": "Mine"}, headers={"Referer": "https://elsewhere.example/"}
        ).content.decode()
        assert "elsewhere.example" not in page
