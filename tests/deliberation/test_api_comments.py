"""One comment over the API: posted, read, edited, withdrawn, reacted to."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deliberation.models import Comment, Reaction
from moderation.choices import ContentStatus
from moderation.models import Participant
from tests.factories.deliberation import (
    CommentFactory,
    DiscussionFactory,
    ReactionFactory,
)
from tests.factories.moderation import PolicyFactory

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


@pytest.fixture
def own(discussion, guest):
    return CommentFactory(
        discussion=discussion, author=guest.participant, created_at=timezone.now()
    )


def problem(response, status):
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"]
    return response.json()


class TestPosting:
    def test_publishes_and_gives_a_new_guest_their_token(self, path, stranger):
        body = {"text": "More *shade*!", "agreed": True}
        response = stranger.call("POST", path, body)
        assert response.status_code == 201
        posted = response.json()
        assert posted["html"] == "<p>More <em>shade</em>!</p>"
        assert posted["may"]["edit"]
        assert response["Location"] == f"/api/v1/comments/{posted['id']}"
        stranger.token = response["X-Guest-Token"]
        stranger.cookies.clear()
        again = stranger.call("GET", f"/comments/{posted['id']}").json()
        assert again["may"]["withdraw"]

    def test_makes_no_guest_of_whoever_is_refused(self, path, stranger):
        problem(stranger.call("POST", path, {"text": " "}), 422)
        assert not Participant.objects.exists()

    def test_asks_strangers_to_sign_in_where_guests_only_read(self, stranger):
        path = f"/discussions/{DiscussionFactory().pk}/comments"
        problem(stranger.call("POST", path, {"text": "Hello"}), 401)

    def test_answers_202_for_what_waits_for_review(self, guest):
        policy = PolicyFactory(for_guests=True, reviewing_first=True)
        careful = DiscussionFactory(policy=policy)
        response = guest.call(
            "POST", f"/discussions/{careful.pk}/comments", {"text": "Hello"}
        )
        assert response.status_code == 202
        assert response.json()["status"] == "held"

    def test_gives_back_what_is_refused_with_findings(self, path, guest):
        text = "x" * 7000
        said = problem(guest.call("POST", path, {"text": text}), 422)
        assert said["text"] == text
        assert said["findings"][0]["rule"] == "length"

    def test_says_when_somebody_too_quick_may_post_again(self, guest):
        rules = [["pace", {"slow_mode_seconds": 600}]]
        slow = DiscussionFactory(policy=PolicyFactory(for_guests=True, rules=rules))
        path = f"/discussions/{slow.pk}/comments"
        assert guest.call("POST", path, {"text": "First"}).status_code == 201
        said = problem(guest.call("POST", path, {"text": "Second"}), 422)
        finding = said["findings"][0]
        assert (finding["rule"], finding["severity"]) == ("pace", "block")
        assert finding["until"] > timezone.now().isoformat()[:19]

    def test_after_the_close_is_409(self, guest):
        closed = DiscussionFactory(closed=True, policy=PolicyFactory(for_guests=True))
        said = problem(
            guest.call("POST", f"/discussions/{closed.pk}/comments", {"text": "Hi"}),
            409,
        )
        assert said["text"] == "Hi"

    def test_twice_with_one_key_acts_once(self, path, guest):
        for _ in range(2):
            response = guest.call(
                "POST", path, {"text": "Once only"}, **{"Idempotency-Key": "k"}
            )
            assert response.status_code == 201
        assert response["Idempotent-Replayed"] == "true"
        assert Comment.objects.count() == 1

    def test_keeps_its_language(self, path, guest):
        body = {"text": "ساحة", "language": "ar"}
        posted = guest.call("POST", path, body).json()
        assert (posted["language"], posted["dir"]) == ("ar", "rtl")

    def test_cannot_set_what_is_the_servers(self, path, guest):
        for name in ("status", "author", "created_at", "place", "html"):
            problem(guest.call("POST", path, {"text": "Hi", name: "held"}), 422)
        assert not Comment.objects.exists()


class TestOneComment:
    def test_without_public_text_has_nothing_of_it(self, comment, stranger):
        for status in (ContentStatus.HIDDEN, ContentStatus.WITHDRAWN):
            CommentFactory(parent=comment)
            Comment.objects.filter(pk=comment.pk).update(status=status)
            response = stranger.call("GET", f"/comments/{comment.pk}")
            assert comment.text not in response.content.decode()
            found = response.json()
            assert found["text"] is found["author"] is found["language"] is None

    def test_that_waits_for_review_is_not_there_for_others(self, own, guest, stranger):
        Comment.objects.update(status=ContentStatus.HELD)
        problem(stranger.call("GET", f"/comments/{own.pk}"), 404)
        assert guest.call("GET", f"/comments/{own.pk}").json()["text"] == own.text


class TestEditing:
    def test_keeps_the_history_public(self, own, guest, stranger):
        before = own.text
        response = guest.call("PATCH", f"/comments/{own.pk}", {"text": "Now so."})
        assert response.json()["text"] == "Now so."
        items = stranger.call("GET", f"/comments/{own.pk}/history").json()["items"]
        assert [item["text"] for item in items] == ["Now so.", before]

    def test_shows_no_wording_that_never_stood_in_public(self, own, guest, stranger):
        Comment.objects.update(status=ContentStatus.HELD)
        guest.call("PATCH", f"/comments/{own.pk}", {"text": "Without the name."})
        Comment.objects.update(status=ContentStatus.PUBLISHED)
        items = stranger.call("GET", f"/comments/{own.pk}/history").json()["items"]
        assert [item["text"] for item in items] == ["Without the name."]

    def test_of_a_stale_wording_is_409_with_both_texts(self, own, guest):
        version = guest.call("GET", f"/comments/{own.pk}").json()["version"]
        guest.call("PATCH", f"/comments/{own.pk}", {"text": "First tab"})
        said = problem(
            guest.call(
                "PATCH", f"/comments/{own.pk}", {"text": "Second", "version": version}
            ),
            409,
        )
        assert (said["text"], said["current"]) == ("Second", "First tab")

    def test_of_anothers_comment_is_refused(self, own, other_guest, stranger):
        body = {"text": "Mine now"}
        problem(other_guest.call("PATCH", f"/comments/{own.pk}", body), 403)
        problem(stranger.call("PATCH", f"/comments/{own.pk}", body), 401)
        problem(other_guest.call("DELETE", f"/comments/{own.pk}"), 403)

    def test_after_the_window_is_409(self, discussion, guest):
        late = CommentFactory(
            discussion=discussion,
            author=guest.participant,
            created_at=timezone.now() - timedelta(minutes=31),
        )
        problem(guest.call("PATCH", f"/comments/{late.pk}", {"text": "Late"}), 409)


class TestWithdrawing:
    def test_leaves_a_placeholder(self, own, guest, stranger):
        reply = CommentFactory(parent=own)
        response = guest.call("DELETE", f"/comments/{own.pk}")
        assert response.json()["status"] == "withdrawn"
        assert response.json()["text"] is None
        (item,) = stranger.call(
            "GET", f"/discussions/{own.discussion_id}/comments"
        ).json()["items"]
        assert [each["id"] for each in item["replies"]] == [reply.pk]


class TestReacting:
    def test_makes_a_guest_and_shows_the_counts(self, comment, stranger):
        ReactionFactory(comment=comment, kind="agree")
        response = stranger.call(
            "PUT", f"/comments/{comment.pk}/reaction", {"kind": "agree"}
        )
        assert response["X-Guest-Token"]
        assert response.json()["reactions"][0]["count"] == 2
        assert response.json()["reactions"][0]["mine"]

    def test_twice_is_one_reaction(self, comment, guest):
        for kind in ("agree", "disagree"):
            guest.call("PUT", f"/comments/{comment.pk}/reaction", {"kind": kind})
        assert Reaction.objects.get().kind == "disagree"
        guest.call("DELETE", f"/comments/{comment.pk}/reaction")
        assert not Reaction.objects.exists()

    def test_to_ones_own_comment_is_403(self, own, guest):
        problem(
            guest.call("PUT", f"/comments/{own.pk}/reaction", {"kind": "agree"}), 403
        )
