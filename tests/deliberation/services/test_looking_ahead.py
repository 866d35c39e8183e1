from datetime import timedelta

import pytest

from deliberation.models import Comment
from deliberation.services import checks, comments, looking_ahead
from moderation.choices import ContentStatus
from moderation.services import admission
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory

pytestmark = pytest.mark.django_db

BENCHES = "The benches should stand in the shade of the trees."


@pytest.fixture
def discussion():
    return DiscussionFactory(policy=PolicyFactory(rules=[["repetition", {}]]))


@pytest.fixture
def author():
    return ParticipantFactory()


@pytest.fixture
def told(discussion, author, now):
    return {
        "discussion": discussion,
        "author": author,
        "raw": BENCHES,
        "language": "",
        "reading": "de",
        "parent": None,
        "attached": (),
        "now": now,
    }


@pytest.fixture
def look(told, discussion):
    return lambda **other: looking_ahead.look(**told | other, policy=discussion.policy)


@pytest.fixture
def post(told, monkeypatch):
    """Post what was looked at before."""

    def post(ahead, **other):
        monkeypatch.setattr(looking_ahead, "look", lambda **told: ahead)
        return comments.post(**told | other)

    return post


def test_finds_language_and_verdict_and_stores_nothing(look):
    ahead = look()
    assert ahead.language == "en"
    assert ahead.admitted.html == f"<p>{BENCHES}</p>"
    assert not Comment.objects.exists()


def test_holds_when_the_rules_would_be_told_the_same(look, post):
    ahead = look()
    comment = post(ahead)
    assert comment.verdict is ahead.admitted.verdict
    assert (comment.language, comment.text) == ("en", BENCHES)


def test_does_not_hold_for_what_the_author_wrote_meanwhile(look, post, told, now):
    ahead = look()
    comments.post(**told | {"now": now - timedelta(seconds=1)})
    with pytest.raises(admission.Refused, match="nearly the same"):
        post(ahead)
    assert Comment.objects.count() == 1


def test_does_not_hold_for_what_became_of_the_parent_meanwhile(look, post, discussion):
    parent = CommentFactory(discussion=discussion)
    ahead = look(parent=parent)
    parent.status = ContentStatus.HIDDEN
    parent.save()
    with pytest.raises(checks.NoSuchParent):
        post(ahead, parent=parent)


def test_does_not_hold_for_who_may_not_write_any_more(look, post, author, now):
    ahead = look()
    author.suspended_until = now + timedelta(days=1)
    author.save()
    with pytest.raises(admission.Suspended):
        post(ahead)


def test_leaves_it_to_the_post_to_refuse(look):
    ahead = look(raw="\N{ZERO WIDTH SPACE}", parent=404)
    assert ahead.admitted is None
