"""Pictures are seen by whoever may see their comment, and gone with it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from deliberation.models import Attachment, Comment
from deliberation.services import attachments, comments
from moderation.choices import Act, ContentStatus
from moderation.queries import personal_data
from moderation.services import erasure, review, tidying
from tests.deliberation import pictures
from tests.deliberation.pictures import WORDS, url
from tests.factories.deliberation import DiscussionFactory
from tests.factories.moderation import PolicyFactory
from tests.factories.notes import ModeratorFactory
from tests.factories.pictures import jpeg

pytestmark = pytest.mark.django_db

REASONS = {
    "ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
    "rule_id": "insult",
    "facts": "It shows somebody's door.",
}


@pytest.fixture
def discussion():
    return DiscussionFactory(policy=PolicyFactory(for_guests=True))


@pytest.fixture
def sent(discussion, known_resident):
    """Return a picture that waits for its comment."""
    return pictures.upload(discussion, known_resident)


@pytest.fixture
def posted(discussion, known_resident, sent):
    """Return a comment with one picture."""
    return pictures.post(discussion, known_resident, sent)


def status_for_all(attachment, client):
    """Return what author, moderator and a stranger get for the picture's address."""
    desk = Client()
    desk.force_login(ModeratorFactory())
    return [each.get(url(attachment)).status_code for each in (client, desk, Client())]


def hide(comment):
    return review.decide(
        content=comment,
        act=Act.HIDE,
        decided_by=ModeratorFactory(),
        now=timezone.now(),
        **REASONS,
    )


class TestThePicture:
    def test_is_handed_out_as_nothing_but_a_picture(self, client, posted):
        response = Client().get(url(posted.attachments.get()))
        assert response["Content-Type"] == "image/webp"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Disposition"] == 'inline; filename="picture.webp"'
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "no-cache" in response["Cache-Control"]

    def test_is_not_sent_twice(self, posted):
        path = url(posted.attachments.get())
        etag = Client().get(path)["ETag"]
        again = Client().get(path, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")

    def test_waits_for_its_comment_where_only_its_author_sees_it(self, client, sent):
        assert status_for_all(sent, client) == [200, 404, 404]

    def test_is_gone_with_what_was_hidden_also_for_those_who_have_it(
        self, client, posted
    ):
        picture = posted.attachments.get()
        etag = client.get(url(picture))["ETag"]
        hide(posted)
        assert status_for_all(picture, client) == [404, 404, 404]
        again = client.get(url(picture), headers={"If-None-Match": etag})
        assert again.status_code == 404
        page = client.get(reverse("deliberation:comment", args=[posted.pk]))
        assert picture.key not in page.content.decode()
        api = client.get(f"/api/v1/comments/{posted.pk}").json()
        assert api["attachments"] == []

    def test_is_gone_with_what_was_withdrawn(self, client, posted, known_resident):
        picture = posted.attachments.get()
        comments.withdraw(comment=posted, by=known_resident)
        assert status_for_all(picture, client) == [404, 404, 404]

    def test_is_gone_with_its_page(self, client, posted):
        page = posted.discussion.page
        page.unpublish()
        assert status_for_all(posted.attachments.get(), client) == [404, 404, 404]

    def test_comes_back_with_its_comment(self, client, posted):
        hide(posted)
        review.decide(
            content=posted,
            act=Act.RESTORE,
            decided_by=ModeratorFactory(),
            now=timezone.now(),
            facts="It was another door.",
        )
        assert status_for_all(posted.attachments.get(), client) == [200, 200, 200]

    def test_has_no_address_to_guess(self, client):
        for key in ("x", "%00", "..%2F..%2Fetc%2Fpasswd", "A" * 22):
            assert client.get(f"/attachments/{key}.webp").status_code == 404


class TestTheDesk:
    @pytest.fixture
    def desk(self):
        client = Client()
        client.force_login(ModeratorFactory())
        return client

    def test_shows_the_picture_of_what_is_hidden(self, desk, posted):
        hide(posted)
        page = desk.get(reverse("moderation_admin:item", args=["comment", posted.pk]))
        key = posted.attachments.get().key
        path = reverse("deliberation_admin:attachment", args=[key])
        assert f'src="{path}" alt="{WORDS}"' in page.content.decode()
        assert desk.get(path)["Content-Type"] == "image/webp"

    def test_describes_what_was_asked_for(self, desk, posted):
        key = posted.attachments.get().key
        path = reverse("deliberation_admin:describe", args=[key])
        desk.post(path, {"description": " "})
        assert posted.attachments.get().description == WORDS
        desk.post(path, {"description": "A  bench"})
        assert posted.attachments.get().description == "A bench"

    def test_stands_folded_in_the_queue(self, posted, sent):
        Comment.objects.update(status=ContentStatus.HELD)
        desk = Client()
        desk.force_login(ModeratorFactory())
        html = desk.get(reverse("moderation_admin:queue")).content.decode()
        folded = html[html.index("fm-desk-pictures") :].partition("</details>")[0]
        assert "1 file" in folded
        assert f'alt="{WORDS}"' in folded
        assert sent.key in folded

    def test_is_for_moderators(self, client, posted, sent):
        key = posted.attachments.get().key
        for name in ("attachment", "describe"):
            path = reverse(f"deliberation_admin:{name}", args=[key])
            answer = client.post(path) if name == "describe" else client.get(path)
            assert answer.status_code in {302, 403}

    def test_shows_nothing_that_is_not_posted(self, desk, sent):
        path = reverse("deliberation_admin:attachment", args=[sent.key])
        assert desk.get(path).status_code == 404


class TestWhatIsKept:
    def test_goes_after_a_day_if_it_is_not_posted(self, sent, posted, discussion):
        attachments.upload(
            discussion=discussion,
            uploader=posted.author,
            content=jpeg(),
            now=timezone.now(),
        )
        tidying.tidy(now=timezone.now() + timedelta(hours=23))
        assert Attachment.objects.count() == 2
        tidying.tidy(now=timezone.now() + timedelta(hours=25))
        assert list(Attachment.objects.all()) == [posted.attachments.get()]

    def test_is_in_ones_own_data_and_can_be_taken_along(self, client, posted):
        hide(posted)
        (row,) = personal_data.collect(posted.author)["pictures"]
        assert row["description"] == WORDS
        assert client.get(row["picture"])["Content-Type"] == "image/webp"
        assert Client().get(row["picture"]).status_code == 404

    @pytest.mark.parametrize("wish", ["withdraw", "anonymise"])
    def test_goes_when_its_author_has_their_data_erased(self, posted, wish):
        PolicyFactory(is_default=True, erasure=wish)
        now = timezone.now()
        erasure.ask(participant=posted.author, now=now)
        erasure.carry_out_due(now=now + timedelta(hours=25))
        assert not Attachment.objects.exists()

    def test_goes_when_what_is_hidden_is_kept_no_longer(self, posted):
        hide(posted)
        tidying.tidy(now=timezone.now() + timedelta(days=300))
        assert not Attachment.objects.exists()
