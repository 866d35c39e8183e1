"""A discussion and its threads over the API: what is read, and what it costs."""

import json

import pytest
from django.utils import timezone

from deliberation.api import schemas
from deliberation.models import Comment
from moderation.choices import ContentStatus
from tests.factories.deliberation import (
    CommentFactory,
    DiscussionFactory,
    ReactionFactory,
)
from tests.factories.moderation import ParticipantFactory, PolicyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussion():
    return DiscussionFactory(policy=PolicyFactory(for_guests=True))


@pytest.fixture
def path(discussion):
    return f"/discussions/{discussion.pk}/comments"


@pytest.fixture
def comment(discussion):
    return CommentFactory(discussion=discussion)


def problem(response, status):
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"]
    return response.json()


class TestReadingADiscussion:
    def test_says_what_the_caller_may_do(self, discussion, stranger):
        found = stranger.call("GET", f"/discussions/{discussion.pk}").json()
        assert found["stage"] == "open"
        assert found["may"] == {
            "comment": True,
            "react": True,
            "sign_in": False,
            "must_agree": True,
        }
        assert found["house_rules"]
        assert "On your first day you can write 10 posts." in found["limits"]
        assert [each["name"] for each in found["sorts"]] == [
            "balanced",
            "bridging",
            "newest",
            "oldest",
        ]

    def test_tells_a_stranger_to_sign_in_where_guests_only_read(self, stranger):
        strict = DiscussionFactory()
        found = stranger.call("GET", f"/discussions/{strict.pk}").json()
        assert found["may"] == {
            "comment": False,
            "react": False,
            "sign_in": True,
            "must_agree": True,
        }

    def test_counts_public_comments_only(self, discussion, stranger):
        CommentFactory(discussion=discussion)
        CommentFactory(discussion=discussion, hidden=True)
        found = stranger.call("GET", f"/discussions/{discussion.pk}").json()
        assert found["comments"] == 1


class TestReadingThreads:
    def test_goes_on_by_cursor(self, path, discussion, stranger):
        written = [CommentFactory(discussion=discussion).pk for _ in range(5)]
        found, cursor = [], ""
        while cursor is not None:
            page = stranger.call("GET", f"{path}?sort=oldest&limit=2&cursor={cursor}")
            found += [item["id"] for item in page.json()["items"]]
            cursor = page.json()["next"]
        assert found == written

    def test_are_what_the_schema_says(self, path, comment, guest, stranger):
        # The list is sent as it is, to be quick: here it is held against the schema.
        reply = CommentFactory(parent=comment, edited_at=timezone.now())
        ReactionFactory(comment=reply, participant=guest.participant)
        CommentFactory(discussion=comment.discussion, hidden=True)
        CommentFactory(discussion=comment.discussion, author=None)
        for caller in (guest, stranger):
            for query in ("", f"?parent={comment.pk}", "?q=bench"):
                sent = caller.call("GET", path + query).content
                page = schemas.CommentPageOut.model_validate_json(sent)
                assert page.items
                assert page.model_dump(mode="json").keys() == json.loads(sent).keys()
                known = schemas.CommentOut.model_fields.keys()
                assert all(i.keys() == known for i in json.loads(sent)["items"])

    def test_nests_first_replies_and_lists_answers(self, path, comment, stranger):
        replies = [CommentFactory(parent=comment) for _ in range(6)]
        deep = CommentFactory(parent=replies[0])
        (item,) = stranger.call("GET", path).json()["items"]
        assert len(item["replies"]) == 3
        assert (item["answers"], item["more"]) == (6, 4)
        answers = stranger.call("GET", f"{path}?parent={replies[0].pk}").json()
        assert [each["id"] for each in answers["items"]] == [deep.pk]

    @pytest.mark.parametrize(
        "query",
        [
            "sort=loudest",
            "sort=",
            "limit=0",
            "limit=101",
            "limit=many",
            "order=id",
            "author__email__startswith=a",
            "expand=author",
            "cursor=%00",
            "cursor=xxx",
            "cursor=W10",
            "parent=x",
        ],
    )
    def test_refuses_keys_and_values_it_does_not_know(self, path, stranger, query):
        problem(stranger.call("GET", f"{path}?{query}"), 422)

    def test_shows_counts_only_to_whoever_reacted(self, path, comment, guest):
        ReactionFactory(comment=comment)
        (item,) = guest.call("GET", path).json()["items"]
        assert {each["count"] for each in item["reactions"]} == {None}
        ReactionFactory(comment=comment, participant=guest.participant)
        (item,) = guest.call("GET", path).json()["items"]
        assert [each["count"] for each in item["reactions"]] == [2, 0, 0]

    def test_answers_304_to_whoever_has_it(self, path, comment, stranger):
        first = stranger.call("GET", path)
        again = stranger.call("GET", path, **{"If-None-Match": first["ETag"]})
        assert again.status_code == 304
        assert again.content == b""
        Comment.objects.update(status=ContentStatus.HIDDEN)
        changed = stranger.call("GET", path, **{"If-None-Match": first["ETag"]})
        assert changed.status_code == 200

    def test_lets_no_cache_give_one_callers_answer_to_another(
        self, path, comment, stranger, guest
    ):
        assert "public" in stranger.call("GET", path)["Cache-Control"]
        private = guest.call("GET", path)
        assert "private" in private["Cache-Control"]
        for response in (private, stranger.call("GET", path)):
            assert "no-cache" in response["Cache-Control"]
            assert {"Cookie", "X-Guest-Token"} <= set(response["Vary"].split(", "))


class TestTheCost:
    @pytest.mark.slow
    def test_does_not_grow_with_the_discussion(
        self, path, discussion, stranger, django_assert_max_num_queries
    ):
        author = ParticipantFactory()
        # What is found out once a day, and stored once a minute.
        stranger.call("GET", path)
        for size in (10, 90, 9_900):
            Comment.objects.bulk_create(
                Comment(
                    discussion=discussion,
                    author=author,
                    text="Text",
                    html="<p>Text</p>",
                    language="en",
                    created_at=timezone.now(),
                )
                for _ in range(size)
            )
            # Some of it is kept for seconds, which storing comments may take.
            stranger.get(f"/discussions/{discussion.pk}/")
            with django_assert_max_num_queries(6):
                page = stranger.call("GET", path)
            assert len(page.json()["items"]) == min(size, 20)
            with django_assert_max_num_queries(6):
                stranger.get(f"/discussions/{discussion.pk}/")
