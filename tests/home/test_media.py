"""What is served of an upload, and to whom."""

import html
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from forum.queries.page_view import files
from moderation.rules.pages.facts import PdfFacts
from tests.factories.documents import pdf
from tests.factories.moderation import AccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture():
    """Return a photo that knows where it was taken."""
    content, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (400, 300), "green").save(
        content, "JPEG", exif=exif, xmp=b"<x>Home of Ann</x>", comment="Ann was here"
    )
    assert b"A camera" in content.getvalue()
    return get_image_model().objects.create(
        title="Square", file=ContentFile(content.getvalue(), name="square.jpg")
    )


class TestAPicture:
    @pytest.mark.parametrize("filters", ["max-200x200", "max-200x200|format-webp"])
    def test_is_for_everybody_without_what_the_camera_wrote(
        self, client, picture, filters
    ):
        answer = client.get(picture.get_rendition(filters).url)
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith("image/")
        assert "immutable" in answer["Cache-Control"]
        content = b"".join(answer.streaming_content)
        answer.close()
        for words in (b"A camera", b"Home of Ann", b"Ann was here"):
            assert words not in content
        assert not Image.open(BytesIO(content)).getexif()

    def test_is_for_editors_only_as_it_was_uploaded(self, client, picture):
        for path in (
            picture.file.url,
            "/media/images/../" + picture.file.name,
            "/media/images/%2e%2e/" + picture.file.name,
        ):
            assert client.get(path).status_code == 404
        client.force_login(AccountFactory())
        assert client.get(picture.file.url).status_code == 404
        client.force_login(AccountFactory(is_superuser=True))
        answer = client.get(picture.file.url)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        answer.close()

    @pytest.mark.parametrize(
        "name", ["", "images", "images/", "images/none.jpg", "documents/plan.pdf"]
    )
    def test_that_is_none_is_not_found(self, client, name):
        assert client.get(f"/media/{name}").status_code == 404


class TestADocument:
    @pytest.mark.parametrize(
        ("name", "content", "taken"),
        [
            ("plan.pdf", b"%PDF-1.7 words", True),
            ("plan.pdf", b"MZ\x90\x00" + b"\x00" * 64, False),
            ("plan.txt", b"<html><script>alert(1)</script>", False),
            ("costs.csv", b"what;euros\ntrees;4", True),
        ],
    )
    def test_is_known_by_its_content(self, client, name, content, taken):
        client.force_login(AccountFactory(is_superuser=True))
        form = {"title": "The plan", "file": ContentFile(content, name=name)}
        answer = client.post(reverse("wagtaildocs:add"), form)
        assert get_document_model().objects.exists() is taken
        assert taken or "promises" in answer.text
        assert "is not allowed" not in answer.text

    def test_that_not_everybody_can_read_is_told_of_at_once(self, client):
        client.force_login(AccountFactory(is_superuser=True))
        sent = {"title": "Plan", "files[]": ContentFile(pdf(), name="plan.pdf")}
        answer = client.post(reverse("wagtaildocs:add_multiple"), sent)
        form = html.unescape(answer.json()["form"])
        assert "This PDF is a scan: it has pictures of words, but no words." in form
        assert "This PDF has no title in its properties." in form
        kept = get_document_model().objects.get()
        page = client.get(reverse("wagtaildocs:edit", args=[kept.pk])).text
        assert "cannot be published as it is" in page

    def test_that_can_be_read_is_taken_without_a_word(self, client, monkeypatch):
        client.force_login(AccountFactory(is_superuser=True))
        good = PdfFacts(is_tagged=True, title="Plan", language="en", has_text=True)
        monkeypatch.setattr(files, "inspect", lambda _content: good)
        sent = {"title": "Plan", "files[]": ContentFile(pdf(), name="plan.pdf")}
        answer = client.post(reverse("wagtaildocs:add_multiple"), sent)
        assert "cannot be published" not in answer.json()["form"]
