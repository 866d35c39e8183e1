"""Documents: only where a policy admits them, and then as careful as pictures."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from deliberation.models import Attachment, Comment
from deliberation.services import attachments, comments
from moderation.choices import Act, Attachments
from moderation.queries import personal_data
from moderation.services import review
from tests.factories.deliberation import DiscussionFactory
from tests.factories.documents import pdf
from tests.factories.moderation import PolicyFactory
from tests.factories.notes import ModeratorFactory
from tests.factories.pictures import jpeg

pytestmark = pytest.mark.django_db

TEXT = "The benches should stand in the shade."
NAME = "Our plan for the square"


@pytest.fixture
def discussion():
    policy = PolicyFactory(for_guests=True, attachments=Attachments.DOCUMENTS)
    return DiscussionFactory(policy=policy)


@pytest.fixture
def sent(discussion, known_resident):
    return attachments.upload(
        discussion=discussion,
        uploader=known_resident,
        content=pdf(title="Plan, 2nd draft"),
        now=timezone.now(),
    )


@pytest.fixture
def posted(discussion, known_resident, sent):
    return comments.post(
        discussion=discussion,
        author=known_resident,
        raw=TEXT,
        language="en",
        attached=[attachments.Attached(key=sent.key, description=NAME)],
        now=timezone.now(),
    )


def file(content=None):
    content = pdf(title="A plan") if content is None else content
    return SimpleUploadedFile("Ada Brook private.pdf", content, "application/pdf")


def url(attachment):
    return reverse("deliberation:document", args=[attachment.key])


class TestTheForm:
    @pytest.fixture
    def send(self, client, discussion):
        path = reverse("deliberation:post_comment", args=[discussion.pk])
        return lambda **typed: client.post(path, {"text": TEXT, "token": "x"} | typed)

    def test_posts_text_and_document_at_once(self, send, known_resident, client):
        response = send(picture=file(), **{"description-new": NAME})
        assert response.status_code == 302
        found = Attachment.objects.get()
        html = client.get(response.url).content.decode()
        assert f'<a href="{url(found)}" lang="en"><bdi>{NAME}</bdi></a>' in html
        assert "PDF, 2 pages, " in html
        assert "Ada Brook" not in html

    def test_calls_it_what_it_calls_itself(self, send, known_resident, client):
        response = send(picture=file())
        assert "<bdi>A plan</bdi>" in client.get(response.url).content.decode()

    def test_asks_once_what_it_is(self, send, known_resident, client):
        asked = send(picture=file(pdf())).content.decode()
        assert "say in a few words what your document is" in asked
        key = Attachment.objects.get().key
        response = send(attached=key, advised="1")
        html = client.get(response.url).content.decode()
        assert "<bdi>A document without a name</bdi>" in html

    def test_shows_it_while_the_author_goes_on_writing(self, send, known_resident):
        html = send(picture=file(), attach="1", text="").content.decode()
        found = Attachment.objects.get()
        assert f'name="attached" value="{found.key}"' in html
        assert 'value="A plan"' in html
        assert "What is this document?" in html

    def test_takes_pictures_as_well(self, send, known_resident):
        send(picture=file(jpeg()), **{"description-new": NAME})
        assert not Attachment.objects.get().is_document

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (pdf(locked=True), "locked by a password"),
            (b"%PDF-1.7 and no more", "damaged"),
            (b"PK\x03\x04 a text of an office", "Take a JPEG, PNG, WebP, GIF or PDF"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_the_text(
        self, send, known_resident, content, said
    ):
        html = send(picture=file(content)).content.decode()
        assert said in html
        assert TEXT in html
        assert not Attachment.objects.exists()

    def test_takes_none_unless_the_policy_says_so(self, client, known_resident):
        discussion = DiscussionFactory(policy=PolicyFactory())
        path = reverse("deliberation:post_comment", args=[discussion.pk])
        assert "PDF" not in client.get(path).content.decode()
        html = client.post(path, {"text": TEXT, "token": "x", "picture": file()})
        assert "This file is no picture" in html.content.decode()
        assert not Comment.objects.exists()

    def test_changes_its_name_and_takes_it_out(self, client, posted):
        path = reverse("deliberation:edit_comment", args=[posted.pk])
        key = posted.attachments.get().key
        typed = {"text": TEXT, "language": "en", "version": posted.version}
        client.post(path, typed | {"attached": key, f"description-{key}": "Plan B"})
        assert posted.attachments.get().name == "Plan B"
        typed["version"] = Comment.objects.get().version
        client.post(path, typed | {"attached": key, f"remove-{key}": "1"})
        assert not posted.attachments.exists()


class TestTheDocument:
    def test_is_saved_and_never_opened_by_a_page_of_ours(self, client, posted):
        response = client.get(url(posted.attachments.get()))
        assert response.content.startswith(b"%PDF-")
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"].startswith("attachment; ")
        assert "our-plan-for-the-square.pdf" in response["Content-Disposition"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"

    def test_is_no_picture(self, client, posted):
        key = posted.attachments.get().key
        path = reverse("deliberation:attachment", args=[key])
        assert client.get(path).status_code == 404

    def test_is_gone_with_what_was_hidden(self, client, posted):
        path = url(posted.attachments.get())
        assert Client().get(path).status_code == 200
        review.decide(
            content=posted,
            act=Act.HIDE,
            decided_by=ModeratorFactory(),
            now=timezone.now(),
            ground="DECISION_GROUND_INCOMPATIBLE_CONTENT",
            rule_id="insult",
            facts="It names a neighbour.",
        )
        assert Client().get(path).status_code == 404

    def test_is_seen_at_the_desk_and_named_there(self, posted):
        desk = Client()
        desk.force_login(ModeratorFactory())
        html = desk.get(
            reverse("moderation_admin:item", args=["comment", posted.pk])
        ).content.decode()
        key = posted.attachments.get().key
        path = reverse("deliberation_admin:attachment", args=[key])
        assert f'<a href="{path}"><bdi>{NAME}</bdi></a> (PDF, 2 pages)' in html
        assert desk.get(path)["Content-Type"] == "application/pdf"

    def test_is_in_ones_own_data(self, posted, known_resident):
        told = str(personal_data.collect(known_resident))
        assert posted.attachments.get().key in told


class TestTheApi:
    def test_takes_a_document_and_then_the_comment(self, guest, discussion):
        sent = guest.post(
            f"/api/v1/discussions/{discussion.pk}/attachments",
            {"file": file()},
            headers={"X-Guest-Token": guest.token},
        ).json()
        assert (sent["kind"], sent["pages"], sent["width"]) == ("document", 2, None)
        body = {"text": TEXT, "attachments": [{"key": sent["key"]}]}
        answer = guest.call("POST", f"/discussions/{discussion.pk}/comments", body)
        (shown,) = answer.json()["attachments"]
        assert (shown["url"], shown["alt"]) == (sent["url"], "A plan")
        assert shown["url"].endswith(".pdf")
        # Of somebody new, a moderator looks at it first.
        assert answer.status_code == 202
        assert Client().get(shown["url"]).status_code == 404
