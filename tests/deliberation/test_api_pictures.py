"""Pictures over the API: sent, posted, taken out, and how many of them."""

import json

import pytest
from django.utils import timezone

from deliberation.forms import uploads
from deliberation.models import Attachment
from deliberation.services import attachments
from tests.deliberation import pictures
from tests.deliberation.pictures import TEXT, WORDS, file
from tests.factories.deliberation import DiscussionFactory
from tests.factories.moderation import PolicyFactory
from tests.factories.pictures import jpeg

pytestmark = pytest.mark.django_db


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


class TestTheApi:
    def send(self, caller, discussion, content=None, **headers):
        return caller.post(
            f"/api/v1/discussions/{discussion.pk}/attachments",
            {"file": file(content)},
            headers={"X-Guest-Token": caller.token} | headers,
        )

    def test_takes_a_picture_and_then_the_comment(self, guest, discussion):
        sent = self.send(guest, discussion)
        assert sent.status_code == 201
        key = sent.json()["key"]
        body = {"text": TEXT, "attachments": [{"key": key, "description": WORDS}]}
        answer = guest.call("POST", f"/discussions/{discussion.pk}/comments", body)
        assert answer.status_code == 202
        (shown,) = answer.json()["attachments"]
        assert (shown["key"], shown["alt"], shown["width"]) == (key, WORDS, 40)

    def test_acts_once_for_one_key(self, guest, discussion):
        twice = [
            self.send(guest, discussion, **{"Idempotency-Key": "once"}).json()["key"]
            for _ in range(2)
        ]
        assert twice[0] == twice[1] == Attachment.objects.get().key
        other = {"Idempotency-Key": "once"}
        refused = self.send(guest, discussion, jpeg(size=(9, 9)), **other)
        assert refused.status_code in {409, 422}

    @pytest.mark.parametrize("content", [b"", b"<svg/>"])
    def test_refuses_what_is_none(self, guest, discussion, content):
        refused = self.send(guest, discussion, content)
        assert refused.status_code == 422
        assert refused["Content-Type"] == "application/problem+json"

    def test_bounds_what_it_reads(self, guest, discussion, monkeypatch):
        monkeypatch.setattr(uploads, "MOST_BYTES", 500)
        refused = self.send(guest, discussion)
        assert "too large" in refused.json()["detail"]

    def test_discards_ones_own_only(self, guest, other_guest, discussion):
        key = self.send(guest, discussion).json()["key"]
        other_guest.call("DELETE", f"/attachments/{key}")
        assert Attachment.objects.exists()
        assert guest.call("DELETE", f"/attachments/{key}").status_code == 204
        assert not Attachment.objects.exists()

    def test_takes_pictures_out_by_an_edit_and_adds_none(
        self, client, posted, known_resident, discussion
    ):
        other = attachments.upload(
            discussion=discussion,
            uploader=known_resident,
            content=jpeg(),
            now=timezone.now(),
        )
        path = f"/api/v1/comments/{posted.pk}"

        def patch(**body):
            body = json.dumps({"text": TEXT} | body)
            return client.patch(path, body, content_type="application/json")

        assert len(patch().json()["attachments"]) == 1
        assert patch(attachments=[{"key": other.key}]).status_code == 422
        assert patch(attachments=[]).json()["attachments"] == []

    def test_limits_one_person_to_a_few_a_day(
        self, known_resident, discussion, monkeypatch
    ):
        monkeypatch.setattr(attachments, "MOST_A_DAY", 1)
        given = {"discussion": discussion, "content": jpeg(), "now": timezone.now()}
        attachments.upload(uploader=known_resident, **given)
        with pytest.raises(attachments.limits.TooOften):
            attachments.upload(uploader=known_resident, **given)

    def test_counts_only_what_it_takes_in(
        self, known_resident, discussion, monkeypatch
    ):
        monkeypatch.setattr(attachments, "MOST_A_DAY", 1)
        monkeypatch.setattr(attachments, "MOST_TRIED_A_DAY", 3)
        given = {"discussion": discussion, "now": timezone.now()}

        def send(content):
            return attachments.upload(uploader=known_resident, content=content, **given)

        for _ in range(2):
            with pytest.raises(attachments.NotAPicture):
                send(b"<svg/>")
        assert send(jpeg())
        with pytest.raises(attachments.limits.TooOften, match="At most 3 files"):
            send(b"<svg/>")

    def test_says_of_what_is_named_twice_that_it_is(self, guest, discussion):
        key = self.send(guest, discussion).json()["key"]
        body = {"text": TEXT, "attachments": [{"key": key}, {"key": key}]}
        refused = guest.call("POST", f"/discussions/{discussion.pk}/comments", body)
        assert refused.status_code == 422
        assert "named twice" in refused.json()["detail"]
