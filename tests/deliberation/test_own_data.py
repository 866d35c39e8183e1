"""What somebody said with a comment is theirs to read and to take along."""

import json
from dataclasses import replace

import pytest
from django.urls import reverse

from deliberation import addresses
from deliberation.models import Theme
from moderation.queries import personal_data
from moderation.services import notices
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import ParticipantFactory

pytestmark = pytest.mark.django_db

BUSES = Theme(key="7c1a3ee5-e25f-4902-9cea-e53975485082", name="Buses and trams")


@pytest.fixture
def ida():
    return ParticipantFactory(with_account=True, pseudonym="Ida Quagga")


def say(author, **fields):
    discussion = DiscussionFactory()
    discussion.set_themes([BUSES])
    discussion.save()
    return CommentFactory(
        author=author,
        discussion=discussion,
        stance="against",
        theme=BUSES.key,
        **fields,
    )


def test_stance_theme_and_what_it_answers_are_in_ones_own_data(ida):
    first = say(ida)
    reply = CommentFactory(author=ida, parent=first, discussion=first.discussion)
    rows = {row["url"]: row for row in personal_data.collect(ida)["contributions"]}
    told = rows[addresses.of_comment(first.pk)]
    assert told["stance"] == "against"
    assert told["theme"] == "Buses and trams"
    assert told["channel"] == "online"
    answers = rows[addresses.of_comment(reply.pk)]["answers"]
    assert answers == addresses.of_comment(first.pk)


def test_a_theme_that_is_not_offered_any_more_keeps_its_name(ida):
    comment = say(ida)
    comment.discussion.set_themes([replace(BUSES, is_offered=False)])
    comment.discussion.save()
    (told,) = personal_data.collect(ida)["contributions"]
    assert told["theme"] == "Buses and trams"


def test_the_page_says_it_in_words(client, ida):
    say(ida)
    client.force_login(ida.account)
    page = client.get(reverse("moderation:my_data")).content.decode()
    assert "Against" in page
    assert "Buses and trams" in page
    data = json.loads(client.get(reverse("moderation:my_data_json")).content)
    assert data["contributions"][0]["stance"] == "against"


def test_notices_are_there_in_the_words_in_which_they_may_be_read(ida, now):
    first = say(ida)
    reply = CommentFactory(
        parent=first, discussion=first.discussion, author__pseudonym="Eve Narwhal"
    )
    notices.leave(kind="reply", about=reply, to=[ida.pk], now=now)
    (notice,) = personal_data.collect(ida)["notices"]
    assert "Eve Narwhal" in notice["title"]
    assert notice["path"]
