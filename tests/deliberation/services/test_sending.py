from datetime import timedelta

import pytest
from django.db import transaction

from deliberation.models import Comment
from deliberation.services import comments, discussions, sending
from moderation.services import admission
from tests.factories.deliberation import DiscussionFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory

pytestmark = pytest.mark.django_db

FORM = {
    "path": "/discussions/1/comment/",
    "token": "t",
    "text": "Plant lindens on the square.",
}


@pytest.fixture
def send(now):
    discussion = DiscussionFactory(policy=PolicyFactory(rules=[["repetition", {}]]))
    author = ParticipantFactory()

    def _send(**other):
        known = {"raw": FORM["text"], "language": "en", "author": author, "now": now}
        sent_as = sending.name_of(**FORM)
        told = {"discussion": discussion, "sent_as": sent_as} | known | other
        return comments.post(**told)

    return _send


class TestAForm:
    def test_is_another_with_another_text_at_another_place_or_shown_anew(self):
        others = [{"text": "Plant oaks."}, {"path": "/comments/1/reply/"}]
        others.append({"token": "u"})
        names = {sending.name_of(**FORM | other) for other in [{}, *others]}
        assert len(names) == 4

    def test_without_a_token_has_no_name(self):
        assert sending.name_of(**FORM | {"token": ""}) is None

    def test_bears_half_a_character(self):
        assert sending.name_of(**FORM | {"text": "\ud83c"})

    def test_sent_twice_leads_to_the_comment_it_became(self, send):
        first = send()
        with pytest.raises(sending.SentBefore) as caught:
            send()
        assert caught.value.comment == first
        assert Comment.objects.count() == 1

    def test_sent_twice_is_not_told_that_it_says_the_same_again(self, send, now):
        first = send()
        with pytest.raises(sending.SentBefore) as caught:
            send(now=now + timedelta(seconds=1))
        assert caught.value.comment == first

    def test_sent_twice_by_somebody_new_is_kept_apart_by_the_database(self, send):
        first = send()
        with pytest.raises(sending.SentBefore) as caught, transaction.atomic():
            # Each was made a guest of their own.
            send(author=ParticipantFactory())
        assert caught.value.comment == first
        assert Comment.objects.count() == 1

    def test_sent_again_after_the_close_is_not_told_that_it_came_late(self, send, now):
        first = send()
        discussions.close(discussion=first.discussion, now=now)
        with pytest.raises(sending.SentBefore):
            send(discussion=first.discussion)

    def test_without_a_name_is_left_to_the_rules(self, send, now):
        send(sent_as=None)
        with pytest.raises(admission.Refused, match="nearly the same"):
            send(sent_as=None, now=now + timedelta(seconds=1))

    def test_that_was_refused_may_be_sent_again(self, send, now):
        author = ParticipantFactory(suspended_until=now.replace(year=now.year + 1))
        with pytest.raises(admission.Suspended):
            send(author=author)
        author.suspended_until = None
        author.save()
        assert send(author=author).pk
