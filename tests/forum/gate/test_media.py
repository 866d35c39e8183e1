"""Films, sounds and pictures: what stands beside them, and what never leaves the house."""

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model

from forum.queries import publishing
from moderation.rules.pages.presets import PRESETS
from tests.factories.forum import ConsultationFactory, HearingFactory

pytestmark = pytest.mark.django_db

VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nGood evening.\n"
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 64


def stored(name, content):
    return get_document_model().objects.create(
        title=name, file=ContentFile(content, name=name)
    )


def video(**parts):
    return {
        "title": "A walk over the square",
        "file": stored("walk.mp4", MP4),
        "has_sound": True,
        "captions": stored("walk.vtt", VTT),
        "transcript": "The mayor says: good evening.",
        **parts,
    }


def found(page, *rules):
    judged = publishing.judge(page, now=timezone.now(), policy=PRESETS["eu"])
    return {
        f"{each.finding.rule}.{each.finding.check}"
        for each in judged.items
        if each.finding.rule in rules
    }


class TestAVideo:
    def test_passes_with_captions_and_transcript(self):
        page = ConsultationFactory(body=[("video", video())])
        assert found(page, "A11Y-12") == set()

    @pytest.mark.parametrize(
        ("parts", "check"),
        [
            ({"captions": None}, "captions"),
            ({"transcript": ""}, "transcript"),
        ],
    )
    def test_is_refused_without(self, parts, check):
        page = ConsultationFactory(body=[("video", video(**parts))])
        assert found(page, "A11Y-12") == {f"A11Y-12.{check}"}

    def test_has_sound_where_nobody_said_that_it_has_none(self):
        film = video(captions=None)
        del film["has_sound"]
        page = ConsultationFactory(body=[("video", film)])
        assert found(page, "A11Y-12") == {"A11Y-12.captions"}
        page = ConsultationFactory(body=[("video", film | {"has_sound": False})])
        assert found(page, "A11Y-12") == set()

    def test_is_known_by_its_content_and_its_captions_are_read(self):
        wrong = video(
            file=stored("walk.mp4", b"%PDF-1.7"), captions=stored("a.vtt", b"1\n")
        )
        page = ConsultationFactory(body=[("video", wrong)])
        assert found(page, "A11Y-12") == {"A11Y-12.file", "A11Y-12.captions-broken"}

    def test_is_shown_with_its_captions_and_words(self, client):
        page = ConsultationFactory(body=[("video", video())])
        html = client.get(page.url).text
        assert '<track kind="captions"' in html
        assert "The mayor says: good evening." in html
        assert "autoplay" not in html


class TestASound:
    def test_needs_a_transcript(self):
        sound = {"title": "Voices", "file": stored("v.mp3", b"ID3" + b"\x00" * 64)}
        page = ConsultationFactory(body=[("sound", {**sound, "transcript": ""})])
        assert found(page, "A11Y-13") == {"A11Y-13.transcript"}
        page = ConsultationFactory(body=[("sound", {**sound, "transcript": "Yes."})])
        assert found(page, "A11Y-13") == set()


class TestARecording:
    def test_of_a_hearing_needs_captions_and_is_dated(self, client):
        page = HearingFactory(recording=[("video", video(captions=None))])
        assert "HEA-08.captions" in found(page, "HEA-08")
        page.recording = [("video", video())]
        assert "HEA-08.captions" not in found(page, "HEA-08")
        page.save_revision().publish()
        page.refresh_from_db()
        assert page.recording_published_at
        assert "A walk over the square" in client.get(page.url).text


class TestWordsInAnotherLanguage:
    TEXT = (
        "<p>Der Rat beschließt im September, wie der Platz aussehen soll, und fragt "
        "vorher alle, die dort wohnen, arbeiten oder einkaufen.</p>"
    )

    def test_are_marked_by_their_block(self, client):
        page = ConsultationFactory(body=[("paragraph", self.TEXT)])
        assert found(page, "A11Y-10")
        page.body = [("passage", {"language": "de", "text": self.TEXT})]
        assert not found(page, "A11Y-10")
        page.save()
        assert '<div lang="de" dir="auto">' in client.get(page.url).text


class TestRichText:
    def test_says_what_a_link_to_a_file_brings_and_keeps_no_looks(self, client):
        html = (
            '<p style="color: red">See <a href="/documents/7/plan.pdf">the plan</a> and '
            '<a href="/documents/8/costs.pdf">costs (PDF)</a>.</p><marquee>Now</marquee>'
        )
        page = ConsultationFactory(body=[("paragraph", html)])
        shown = client.get(page.url).text
        assert ">the plan (PDF)</a>" in shown
        assert ">costs (PDF)</a>" in shown
        assert "color: red" not in shown
        assert "marquee" not in shown
        assert "Now" in shown
