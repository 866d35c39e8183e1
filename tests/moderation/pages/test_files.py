from io import BytesIO

import pytest
from django.utils import translation
from pypdf import PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

from moderation.rules.pages import captions, file_types, pdf
from moderation.rules.pages.documents import file_link_label, size_words
from moderation.rules.pages.facts import Document


def pdf_file(*, tagged=False, title="", language="", password="") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if title:
        writer.add_metadata({"/Title": title})
    if language:
        writer.root_object[NameObject("/Lang")] = TextStringObject(language)
    if tagged:
        writer.root_object[NameObject("/MarkInfo")] = DictionaryObject(
            {NameObject("/Marked"): BooleanObject(True)}
        )
        writer.root_object[NameObject("/StructTreeRoot")] = DictionaryObject(
            {NameObject("/Type"): NameObject("/StructTreeRoot")}
        )
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


class TestAPdf:
    def test_that_is_tagged_says_so(self):
        facts = pdf.inspect(pdf_file(tagged=True, title="Plan", language="de-DE"))
        assert (facts.is_tagged, facts.title, facts.language) == (True, "Plan", "de-DE")
        assert (facts.pages, facts.problem) == (1, "")

    def test_that_says_nothing_has_nothing(self):
        facts = pdf.inspect(pdf_file())
        assert not (facts.is_tagged or facts.title or facts.language or facts.has_text)

    def test_with_a_password_cannot_be_read(self):
        assert pdf.inspect(pdf_file(password="x")).problem

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"%PDF-1.7",
            b"hello",
            b"%PDF-1.4\n" + b"1 0 obj <<" * 1000,
            b"\x00" * 999,
        ],
    )
    def test_that_is_broken_says_so_and_does_no_harm(self, content):
        assert pdf.inspect(content).problem

    def test_cut_in_the_middle_does_no_harm(self):
        whole = pdf_file(tagged=True, title="Plan")
        for length in range(0, len(whole), 40):
            pdf.inspect(whole[:length])


class TestAFileType:
    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (pdf_file(), "application/pdf"),
            (b"\x89PNG\r\n\x1a\n" + b"\x00" * 20, "image/png"),
            (b"Minutes of the meeting", "text/plain"),
            (b" <!DOCTYPE html><p>x", "text/html"),
            (b"\x01\x00\x02", "application/octet-stream"),
        ],
    )
    def test_is_known_by_its_content(self, content, kind):
        assert file_types.media_type(content) == kind

    def test_is_not_what_the_name_says(self):
        assert not file_types.fits("plan.pdf", "text/html")
        assert file_types.fits("plan.PDF", "application/pdf")
        assert file_types.fits("plan", "application/pdf")


class TestTheLabelOfALink:
    def test_says_format_size_and_language(self):
        plan = Document(
            path="documents.0",
            title="The plan",
            language="de",
            media_type="application/pdf",
            size=2_345_678,
        )
        assert file_link_label(plan) == "The plan (PDF, 2.3 MB, German)"
        with translation.override("de"):
            assert file_link_label(plan) == "The plan (PDF, 2,3 MB, Deutsch)"

    @pytest.mark.parametrize(
        ("size", "words"),
        [
            (1, "1 byte"),
            (999, "999 bytes"),
            (4_200, "4 KB"),
            (1_250_000, "1.2 MB"),
            (1_290_000, "1.3 MB"),
        ],
    )
    def test_counts_as_people_do(self, size, words):
        assert size_words(size) == words


class TestCaptions:
    def test_are_counted(self):
        text = "WEBVTT\n\n00:00.000 --> 00:02.000\nHi\n\n00:02.000 --> 00:03.000\nYou\n"
        assert captions.read(text) == captions.Captions(cues=2)

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("", "does not begin"),
            ("1\n00:00:00,000 --> 00:00:02,000\nHi", "does not begin"),
            ("WEBVTT\n\nnothing", "no captions"),
            ("WEBVTT\n\n00:02.000 --> 00:01.000\nHi", "ends before"),
            (
                "WEBVTT\n\n00:05.000 --> 00:06.000\nA\n\n00:01.000 --> 00:02.000\nB",
                "late",
            ),
            ("WEBVTT\n\n" + "00:00.000 --> \n" * 9, "no captions"),
            ("WEBVTT" + "x" * 3_000_000, "too large"),
        ],
    )
    def test_that_no_player_could_show_are_refused(self, text, problem):
        assert problem in captions.read(text).problem
