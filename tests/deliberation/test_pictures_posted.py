"""Pictures in the forms: sent with a comment or before it, kept while it is repaired."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from deliberation.forms import uploads
from deliberation.models import Attachment, Comment
from deliberation.services import attachments
from moderation.choices import ContentStatus
from moderation.models import Flag
from tests.deliberation import pictures
from tests.deliberation.pictures import TEXT, WORDS, file, url
from tests.factories.deliberation import DiscussionFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory
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
