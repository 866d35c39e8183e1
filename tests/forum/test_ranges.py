"""Parts of a recording, as players ask for them."""

from hashlib import sha1

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

pytestmark = pytest.mark.django_db

SOUND = bytes(range(256)) * 1000
SIZE = len(SOUND)


@pytest.fixture
def recording(settings, tmp_path):
    """Return a recording of a hearing, in a folder as on a real site."""
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    }
    return get_document_model().objects.create(
        title="Hearing",
        file=ContentFile(SOUND, name="hearing.mp3"),
        file_hash=sha1(SOUND, usedforsecurity=False).hexdigest(),
    )


@pytest.fixture
def ask(client, recording):
    """Return a function that asks for a part."""

    def _ask(asked=None, **headers):
        if asked is not None:
            headers["Range"] = asked
        answer = client.get(recording.url, headers=headers)
        answer.body = b"".join(answer)
        return answer

    return _ask


class TestAPart:
    @pytest.mark.parametrize(
        ("asked", "first", "last"),
        [
            ("bytes=0-1", 0, 1),
            ("bytes=0-", 0, SIZE - 1),
            ("bytes=70000-200000", 70_000, 200_000),
            ("bytes=100-999999999", 100, SIZE - 1),
            ("bytes=-10", SIZE - 10, SIZE - 1),
            ("bytes=-999999999", 0, SIZE - 1),
            (f"bytes={SIZE - 1}-", SIZE - 1, SIZE - 1),
        ],
    )
    def test_is_what_was_asked_for(self, ask, asked, first, last):
        answer = ask(asked)
        assert answer.status_code == 206
        assert answer["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
        assert answer["Content-Length"] == str(len(answer.body))
        assert answer["Content-Type"] == "audio/mpeg"
        assert answer["Accept-Ranges"] == "bytes"
        assert answer.body == SOUND[first : last + 1]

    def test_is_no_more_than_a_document_that_nothing_runs_in(self, ask):
        whole, part = ask(), ask("bytes=0-9")
        for name in ("Content-Disposition", "X-Content-Type-Options", "ETag"):
            assert part[name] == whole[name]
        assert part["Last-Modified"] == whole["Last-Modified"]
        assert part["Content-Security-Policy"].startswith("default-src 'none'")

    @pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=-0", "bytes=9999999-1"])
    def test_that_is_not_there_is_416_with_the_size(self, ask, asked):
        answer = ask(asked)
        assert answer.status_code == 416
        assert answer["Content-Range"] == f"bytes */{SIZE}"
        assert not answer.body

    @pytest.mark.parametrize(
        "asked",
        ["bytes=", "bytes=-", "bytes=5-2", "lines=1-2", "bytes=0-1,5-6", "bytes=x-y"],
    )
    def test_that_makes_no_sense_is_the_whole(self, ask, asked):
        answer = ask(asked)
        assert answer.status_code == 200
        assert answer.body == SOUND

    def test_of_the_same_file_goes_on_where_it_stopped(self, ask):
        whole = ask()
        for known in (whole["ETag"], whole["Last-Modified"]):
            answer = ask("bytes=500-", **{"If-Range": known})
            assert answer.status_code == 206
            assert answer.body == SOUND[500:]

    @pytest.mark.parametrize(
        "known", ['"another"', "Mon, 01 Jan 2024 00:00:00 GMT", 'W/"x"']
    )
    def test_of_a_file_that_has_changed_is_the_whole(self, ask, known):
        answer = ask("bytes=500-", **{"If-Range": known})
        assert answer.status_code == 200
        assert answer.body == SOUND

    def test_of_a_file_without_a_tag_of_its_own_is_the_whole(self, ask, recording):
        type(recording).objects.update(file_hash="")
        answer = ask("bytes=500-", **{"If-Range": '""'})
        assert answer.status_code == 200

    def test_is_encoded_in_no_way(self, ask):
        assert "Content-Encoding" not in ask()
        assert "Content-Encoding" not in ask("bytes=0-9")

    def test_is_not_sent_to_whoever_has_it(self, ask):
        answer = ask("bytes=0-9", **{"If-None-Match": ask()["ETag"]})
        assert answer.status_code == 304

    def test_is_asked_for_by_get_only(self, client, recording):
        answer = client.head(recording.url, headers={"Range": "bytes=0-1"})
        answer.close()
        assert answer.status_code == 200
        assert answer["Accept-Ranges"] == "bytes"

    def test_is_behind_the_same_door_as_the_whole(self, client, ask, recording):
        inner = Collection.get_first_root_node().add_child(name="Staff")
        CollectionViewRestriction.objects.create(
            collection=inner, restriction_type="login"
        )
        type(recording).objects.update(collection=inner)
        answer = client.get(recording.url, headers={"Range": "bytes=0-9"})
        assert answer.status_code == 302
        assert not answer.content
