"""DIS-10: how others reacted is told on no way before one's own voice or the close."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from deliberation.services import discussions, reactions
from tests.deliberation.conftest import Caller
from tests.factories.deliberation import (
    CommentFactory,
    DiscussionFactory,
    ReactionFactory,
)
from tests.factories.moderation import PolicyFactory

pytestmark = pytest.mark.django_db
# What differs between two answers to the same question anyway: tokens, and the moment.
CHANCE = re.compile(
    r'name="(csrfmiddlewaretoken|token)" value="[^"]*"|"X-CSRFToken": "[^"]*"'
    r'|\?since=[0-9][^"]*'
)


@pytest.fixture
def comment():
    policy = PolicyFactory(for_guests=True)
    return CommentFactory(discussion=DiscussionFactory(policy=policy))


def ways(comment):
    discussion = comment.discussion_id
    return [
        reverse("deliberation:discussion", args=[discussion]),
        reverse("deliberation:discussion", args=[discussion]) + "?sort=newest",
        reverse("deliberation:discussion", args=[discussion]) + "?q=bench",
        reverse("deliberation:comment", args=[comment.pk]),
        reverse("deliberation:discussion_feed", args=[discussion]),
        reverse("deliberation:figures", args=[discussion]),
        f"/api/v1/discussions/{discussion}",
        f"/api/v1/discussions/{discussion}/comments",
        f"/api/v1/discussions/{discussion}/comments?q=bench",
        f"/api/v1/comments/{comment.pk}",
        f"/api/v1/comments/{comment.pk}/history",
    ]


def told(caller, comment):
    """Return what each way answers, with its ETag."""
    headers = {"X-Guest-Token": caller.token} if caller.token else {}
    answers = [caller.get(path, headers=headers) for path in ways(comment)]
    assert {answer.status_code for answer in answers} == {200}
    return [
        (CHANCE.sub("", answer.content.decode()), answer.headers.get("ETag"))
        if path.startswith("/api/")
        else CHANCE.sub("", answer.content.decode())
        for path, answer in zip(ways(comment), answers, strict=True)
    ]


def others_react(comment):
    ReactionFactory.create_batch(4, comment=comment)
    ReactionFactory(comment=comment, kind="disagree")


class TestCounts:
    @pytest.mark.parametrize("who", ["stranger", "guest"])
    def test_of_others_change_nothing_one_is_told(self, who, comment, request):
        caller = request.getfixturevalue(who)
        before = told(caller, comment)
        others_react(comment)
        assert told(caller, comment) == before

    def test_are_told_to_whoever_reacted(self, guest, comment):
        others_react(comment)
        reactions.react(
            comment=comment,
            participant=guest.participant,
            kind="agree",
            now=timezone.now(),
        )
        shown = guest.call("GET", f"/comments/{comment.pk}").json()["reactions"]
        assert {each["kind"]: each["count"] for each in shown}["agree"] == 5

    def test_are_told_after_the_close(self, comment):
        others_react(comment)
        discussions.close(discussion=comment.discussion, now=timezone.now())
        shown = Caller().call("GET", f"/comments/{comment.pk}").json()["reactions"]
        assert {each["kind"]: each["count"] for each in shown}["disagree"] == 1
