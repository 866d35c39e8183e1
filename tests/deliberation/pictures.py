"""Pictures that residents send and post, and what they type with them."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from deliberation.services import attachments, comments
from tests.factories.pictures import jpeg

TEXT = "The benches should stand in the shade."
WORDS = "A bench without a back, in the rain"


def file(content=None, name="door of No. 5.jpg", kind="image/jpeg"):
    return SimpleUploadedFile(name, jpeg() if content is None else content, kind)


def url(attachment):
    return reverse("deliberation:attachment", args=[attachment.key])


def upload(discussion, uploader):
    return attachments.upload(
        discussion=discussion,
        uploader=uploader,
        content=jpeg(),
        now=timezone.now(),
    )


def post(discussion, author, sent):
    return comments.post(
        discussion=discussion,
        author=author,
        raw=TEXT,
        language="en",
        attached=[attachments.Attached(key=sent.key, description=WORDS)],
        now=timezone.now(),
    )
