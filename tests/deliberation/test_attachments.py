"""Pictures: sent, posted, seen by whoever may, and gone with their comment."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from deliberation.forms import uploads
from deliberation.models import Attachment, Comment
from deliberation.services import attachments, comments
from moderation.choices import Act, ContentStatus
from moderation.models import Flag
from moderation.queries import personal_data
from moderation.services import erasure, review, tidying
from tests.factories.deliberation import DiscussionFactory
from tests.factories.moderation import (
    ParticipantFactory,
    PolicyFactory,
)
from tests.factories.notes import ModeratorFactory
from tests.factories.pictures import jpeg

pytestmark = pytest.mark.django_db

TEXT = "The benches should stand in the shade."
WORDS = "A bench without a back, in the rain"
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
    return attachments.upload(
        discussion=discussion,
        uploader=known_resident,
        content=jpeg(),
        now=timezone.now(),
    )


@pytest.fixture
def posted(discussion, known_resident, sent):
    """Return a comment with one picture."""
    return comments.post(
        discussion=discussion,
        author=known_resident,
        raw=TEXT,
        language="en",
        attached=[attachments.Attached(key=sent.key, description=WORDS)],
        now=timezone.now(),
    )


def file(content=None, name="door of No. 5.jpg", kind="image/jpeg"):
    return SimpleUploadedFile(name, jpeg() if content is None else content, kind)


def url(attachment):
    return reverse("deliberation:attachment", args=[attachment.key])


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


class TestTheForm:
    @pytest.fixture
    def send(self, client, discussion):
        path = reverse("deliberation:post_comment", args=[discussion.pk])
        return lambda **typed: client.post(path, {"text": TEXT, "token": "x"} | typed)

    def test_posts_text_and_picture_at_once(self, send, known_resident, client):
        response = send(picture=file(), **{"description-new": WORDS})
        assert response.status_code == 302
        html = client.get(response.url).content.decode()
        assert f'alt="{WORDS}" lang="en" width="40" height="30" loading="lazy"' in html
        assert "door of No" not in html

    def test_adds_one_and_lets_the_author_go_on_writing(self, send, known_resident):
        html = send(picture=file(), attach="1", text="").content.decode()
        found = Attachment.objects.get()
        assert f'name="attached" value="{found.key}"' in html
        assert 'enctype="multipart/form-data"' in html
        assert "Please write something" not in html
        assert not Comment.objects.exists()

    def test_keeps_the_picture_of_a_stranger_who_has_not_ticked_the_rules(
        self, send, client
    ):
        refused = send(picture=file(), **{"description-new": WORDS})
        assert refused.status_code == 400
        found = Attachment.objects.get()
        preview = reverse("deliberation:own_attachment", args=[found.key])
        assert preview in refused.content.decode()
        assert client.get(preview).status_code == 200
        words = {f"description-{found.key}": WORDS}
        assert send(attached=found.key, agreed="1", **words).status_code == 302
        assert Comment.objects.get().attachments.get() == found

    def test_keeps_the_picture_while_a_rule_refuses_the_text(
        self, send, known_resident
    ):
        typed = {"attached": [], "description-new": WORDS}
        refused = send(picture=file(), text="x" * 6001, **typed)
        found = Attachment.objects.get()
        assert refused.status_code == 400
        html = refused.content.decode()
        assert f'value="{found.key}"' in html
        assert f'value="{WORDS}"' in html

    def test_asks_once_what_it_shows_and_then_somebody_else(self, send, known_resident):
        asked = send(picture=file()).content.decode()
        assert "say in a few words what your picture shows" in asked
        key = Attachment.objects.get().key
        assert send(attached=key, advised="1").status_code == 302
        assert Attachment.objects.get().needs_description
        assert Flag.objects.get().rule_id == "images"

    def test_does_not_ask_whoever_asked_to_have_it_described(
        self, send, known_resident
    ):
        assert send(picture=file(), **{"describe-new": "1"}).status_code == 302

    def test_leaves_out_what_was_taken_out(self, send, known_resident, sent):
        send(attached=sent.key, **{f"remove-{sent.key}": "1"})
        assert not Comment.objects.get().has_attachments

    def test_takes_nobody_elses_picture(self, send, known_resident, discussion):
        other = attachments.upload(
            discussion=discussion,
            uploader=ParticipantFactory(),
            content=jpeg(),
            now=timezone.now(),
        )
        refused = send(attached=other.key, advised="1")
        assert refused.status_code == 400
        assert "not here any more" in refused.content.decode()

    def test_says_of_what_is_no_picture_what_is(self, send, known_resident):
        script = file(b"<script>alert(1)</script>", "cat.jpg")
        refused = send(picture=script)
        assert refused.status_code == 400
        html = refused.content.decode()
        assert "Take a JPEG, PNG, WebP or GIF file" in html
        assert f"{TEXT}</textarea>" in html

    def test_stores_nothing_beyond_the_bound_and_keeps_the_text(
        self, send, known_resident, monkeypatch
    ):
        monkeypatch.setattr(uploads, "MOST_BYTES", 500)
        refused = send(picture=file())
        assert refused.status_code == 400
        html = refused.content.decode()
        assert "too large" in html
        assert f"{TEXT}</textarea>" in html

    def test_gives_back_what_was_said_of_a_file_that_is_none(
        self, send, known_resident
    ):
        script = file(b"<svg/>", "plan.svg")
        typed = {"description-new": WORDS, "describe-new": "1"}
        html = send(picture=script, **typed).content.decode()
        assert f'name="description-new" value="{WORDS}"' in html
        assert 'name="describe-new" value="1" checked' in html

    def test_asks_for_the_file_whoever_adds_none(self, send, known_resident):
        typed = {"attach": "1", "text": "", "description-new": WORDS}
        refused = send(**typed)
        assert refused.status_code == 400
        html = refused.content.decode()
        assert "Choose a file first." in html
        assert "Please write something" not in html
        assert f'name="description-new" value="{WORDS}"' in html

    def test_keeps_what_was_said_of_a_file_open_in_a_preview(
        self, send, known_resident
    ):
        html = send(preview="1", **{"description-new": WORDS}).content.decode()
        assert f'name="description-new" value="{WORDS}"' in html
        assert '<details class="fm-details" open>' in html

    def test_says_of_a_file_that_is_taken_in_nothing_twice(self, send, known_resident):
        typed = {"attach": "1", "description-new": WORDS}
        html = send(picture=file(), **typed).content.decode()
        assert html.count(f'value="{WORDS}"') == 1

    @pytest.mark.parametrize("attach", [{}, {"attach": "1"}])
    def test_says_once_that_nothing_is_taken_any_more(
        self, send, known_resident, discussion, attach
    ):
        discussion.closes_at = timezone.now() - timedelta(days=1)
        discussion.save()
        refused = send(picture=file(), **attach, **{"description-new": WORDS})
        assert refused.status_code == 400
        html = refused.content.decode()
        assert html.count("takes nothing new") == 1
        assert f'value="{WORDS}"' in html

    def test_says_once_how_many_a_day_are_taken(
        self, send, known_resident, monkeypatch
    ):
        monkeypatch.setattr(attachments, "MOST_A_DAY", 1)
        send(picture=file(), attach="1")
        html = send(picture=file()).content.decode()
        assert html.count("At most 1 picture or document can be sent in a day") == 1

    def test_holds_what_a_guest_shows_for_review(self, send, client):
        response = send(picture=file(), agreed="1", **{"description-new": WORDS})
        assert response.status_code == 302
        assert Comment.objects.get().status == ContentStatus.HELD
        assert Client().get(url(Attachment.objects.get())).status_code == 404
        assert client.get(url(Attachment.objects.get())).status_code == 200

    def test_is_not_there_where_the_policy_admits_none(self, client, known_resident):
        plain = DiscussionFactory(policy=PolicyFactory(attachments="none"))
        html = client.get(reverse("deliberation:discussion", args=[plain.pk]))
        assert 'type="file"' not in html.content.decode()
        path = reverse("deliberation:post_comment", args=[plain.pk])
        refused = client.post(path, {"text": TEXT, "picture": file()})
        assert "Pictures are not possible here" in refused.content.decode()
        assert not Attachment.objects.exists()

    def test_needs_the_token_of_a_form_of_ours(self, discussion):
        strict = Client(enforce_csrf_checks=True)
        path = reverse("deliberation:post_comment", args=[discussion.pk])
        assert strict.post(path, {"text": TEXT, "agreed": "1"}).status_code == 403

    def test_changes_descriptions_and_takes_pictures_out(self, client, posted):
        path = reverse("deliberation:edit_comment", args=[posted.pk])
        key = posted.attachments.get().key
        page = client.get(path).content.decode()
        assert WORDS in page
        typed = {"text": TEXT, "language": "en", "version": posted.version}
        other = {"attached": key, f"description-{key}": "Two benches"}
        assert client.post(path, typed | other).status_code == 302
        assert posted.attachments.get().description == "Two benches"
        typed["version"] = Comment.objects.get().version
        gone = {"attached": key, f"remove-{key}": "1"}
        assert client.post(path, typed | gone).status_code == 302
        assert not Attachment.objects.exists()


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
