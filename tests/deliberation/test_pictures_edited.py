"""Pictures in an edit: as much an edit as one of the text, and nothing typed is lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from deliberation.models import Attachment, Comment
from deliberation.services import attachments, checks, comments
from deliberation.services.attachments import Attached
from moderation.choices import ContentStatus, Review
from moderation.models import Flag
from moderation.queries import personal_data
from tests.factories.deliberation import DiscussionFactory
from tests.factories.documents import pdf
from tests.factories.moderation import PolicyFactory
from tests.factories.notes import ModeratorFactory
from tests.factories.pictures import jpeg

pytestmark = pytest.mark.django_db

TEXT = "The benches should stand in the shade."
WORDS = "A bench without a back, in the rain"
BAD = "Phone Anna 0151 23456789 anna@example.org wankers"


@pytest.fixture
def policy():
    return PolicyFactory(attachments="documents", rules=[])


@pytest.fixture
def posted(policy, known_resident):
    """Return a comment with a picture and a document."""
    discussion = DiscussionFactory(policy=policy)
    sent = [
        attachments.upload(
            discussion=discussion,
            uploader=known_resident,
            content=content,
            now=timezone.now(),
        )
        for content in (jpeg(), pdf(title="A plan"))
    ]
    return comments.post(
        discussion=discussion,
        author=known_resident,
        raw=TEXT,
        language="en",
        attached=[
            Attached(key=sent[0].key, description=WORDS),
            Attached(key=sent[1].key),
        ],
        now=timezone.now() - timedelta(minutes=1),
    )


@pytest.fixture
def picture(posted):
    return posted.attachments.get(kind="picture")


@pytest.fixture
def document(posted):
    return posted.attachments.get(kind="document")


@pytest.fixture
def describe(posted, picture, document):
    """Change nothing but the picture's description."""
    return lambda words, **more: comments.edit(
        comment=posted,
        by=posted.author,
        raw=TEXT,
        attached=[
            Attached(key=picture.key, description=words),
            Attached(key=document.key),
        ],
        now=timezone.now(),
        **more,
    )


class TestAnEdit:
    def test_of_a_description_is_an_edit(self, describe, posted):
        edited = describe("Two benches")
        assert edited.edited_at > posted.created_at
        assert edited.versions.get().attachments[0]["description"] == WORDS

    def test_that_changes_nothing_is_none(self, describe):
        edited = describe(f" {WORDS} ")
        assert edited.edited_at is None
        assert not edited.versions.exists()

    def test_of_a_description_is_held_by_a_rule(self, describe, policy):
        policy.rules = [["personal_data", {"effect": "hold"}]]
        policy.save()
        assert describe(BAD).status == ContentStatus.HELD
        assert Flag.objects.get().rule_id == "personal_data"

    def test_of_a_description_is_flagged_by_a_rule(self, describe, policy):
        policy.rules = [["blocked_words", {}]]
        policy.save()
        describe(BAD)
        assert Flag.objects.get().rule_id == "blocked_words"

    @pytest.mark.parametrize("review", [Review.BEFORE, Review.LINKS])
    def test_of_a_description_is_reviewed_first(self, describe, policy, review):
        policy.review = review
        policy.save()
        assert describe("See www.example.org").status == ContentStatus.HELD

    def test_that_takes_a_picture_out_is_reviewed_first(self, posted, policy):
        policy.review = Review.BEFORE
        policy.save()
        edited = comments.edit(
            comment=posted,
            by=posted.author,
            raw=TEXT,
            attached=[],
            now=timezone.now(),
        )
        assert edited.status == ContentStatus.HELD
        assert not Attachment.objects.exists()

    def test_of_the_text_alone_tells_the_rules_of_the_pictures(self, posted, policy):
        Attachment.objects.update(description=BAD)
        policy.rules = [["personal_data", {"effect": "hold"}]]
        policy.save()
        edited = comments.edit(
            comment=posted, by=posted.author, raw="In the shade.", now=timezone.now()
        )
        assert edited.status == ContentStatus.HELD
        assert edited.attachments.count() == 2

    def test_names_each_picture_once(self, posted, picture):
        with pytest.raises(attachments.NoSuchPicture, match="named twice"):
            comments.edit(
                comment=posted,
                by=posted.author,
                raw=TEXT,
                attached=[Attached(key=picture.key), Attached(key=picture.key)],
                now=timezone.now(),
            )


class TestTheHistory:
    def test_says_how_a_picture_was_described(self, describe, posted):
        describe("Two benches")
        html = Client().get(reverse("deliberation:comment_history", args=[posted.pk]))
        assert WORDS in html.content.decode()
        assert "Two benches" in html.content.decode()
        assert "taken out" not in html.content.decode()

    def test_says_what_was_taken_out_and_does_not_show_it(self, posted, picture):
        comments.edit(
            comment=posted, by=posted.author, raw=TEXT, attached=[], now=timezone.now()
        )
        html = Client().get(reverse("deliberation:comment_history", args=[posted.pk]))
        assert html.content.decode().count("taken out afterwards") == 2
        assert picture.key not in html.content.decode()
        path = reverse("deliberation:attachment", args=[picture.key])
        assert Client().get(path).status_code == 404
        now, before = (
            Client().get(f"/api/v1/comments/{posted.pk}/history").json()["items"]
        )
        assert now["attachments"] == []
        assert [each["taken_out"] for each in before["attachments"]] == [True, True]
        assert before["attachments"][0]["description"] == WORDS

    def test_is_in_ones_own_data(self, describe, posted):
        describe("Two benches")
        (row,) = personal_data.collect(posted.author)["contributions"]
        assert WORDS in row["earlier"][0]


class TestTwoAtOnce:
    def test_a_description_written_meanwhile_is_not_wiped(
        self, describe, posted, picture
    ):
        seen = posted.version
        desk = Client()
        desk.force_login(ModeratorFactory())
        path = reverse("deliberation_admin:describe", args=[picture.key])
        desk.post(path, {"description": "A bench by the well"})
        with pytest.raises(checks.Stale) as stale:
            describe(WORDS, seen=seen)
        told = stale.value.extra["current_attachments"]
        assert told[0]["description"] == "A bench by the well"
        describe(WORDS, seen=stale.value.extra["version"])
        assert posted.attachments.get(key=picture.key).description == WORDS

    def test_what_was_taken_out_meanwhile_is_a_conflict(
        self, client, posted, picture, document
    ):
        path = reverse("deliberation:edit_comment", args=[posted.pk])
        form = {
            "text": TEXT, "language": "en", "version": posted.version,
            "attached": [picture.key, document.key],
            f"description-{picture.key}": "From the second tab",
        }  # fmt: skip
        client.post(path, form | {f"remove-{picture.key}": "1"})
        refused = client.post(path, form)
        assert refused.status_code == 409
        html = refused.content.decode()
        assert "was changed meanwhile" in html
        assert "cannot be added" not in html
        assert picture.key not in html
        shown = html[html.index("How it reads now") :].partition("</blockquote>")[0]
        assert "A plan" in shown
        version = Comment.objects.get().version
        again = {"attached": document.key, "version": version}
        assert client.post(path, form | again).status_code == 302

    def test_the_api_tells_the_version_of_both(self, client, describe, posted):
        path = f"/api/v1/comments/{posted.pk}"
        before = posted.version
        assert client.get(path).json()["version"] == before
        describe("Two benches")
        told = client.get(path).json()["version"]
        assert told == Comment.objects.get().version != before


class TestTheForm:
    @pytest.fixture
    def send(self, client, posted, picture, document):
        path = reverse("deliberation:edit_comment", args=[posted.pk])
        form = {
            "text": TEXT, "language": "en", "version": posted.version,
            "attached": [picture.key, document.key],
            f"description-{picture.key}": "Two benches",
            f"description-{document.key}": "The plan of June",
        }  # fmt: skip
        return lambda **typed: client.post(path, form | typed).content.decode()

    def test_previews_what_would_stay_and_keeps_what_was_typed(self, send, picture):
        html = send(preview="1", **{f"remove-{picture.key}": "1"})
        preview, _half, form = html.partition('<form class="fm-composer"')
        assert picture.key not in preview
        assert "<bdi>The plan of June</bdi>" in preview
        assert 'value="Two benches"' in form
        assert f'name="remove-{picture.key}" value="1" checked' in form

    def test_previews_a_picture_as_described_now(self, send, picture):
        assert 'alt="Two benches"' in send(preview="1")

    def test_keeps_what_was_typed_while_a_rule_refuses(self, send, policy, document):
        policy.rules = [["length", {}]]
        policy.save()
        html = send(text="x" * 7000, **{f"remove-{document.key}": "1"})
        assert 'value="Two benches"' in html
        assert f'name="remove-{document.key}" value="1" checked' in html
