"""A PDF that somebody sent keeps its pages and loses whatever acts or tells."""

import warnings
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from moderation import sanitize
from moderation.sanitize import documents
from tests.factories.documents import pdf, words

LAUNCH = words(S="/Launch", F="cmd.exe")
SCRIPT = words(S="/JavaScript", JS="app.alert(1)")


def link(action):
    return words(Type="/Annot", Subtype="/Link", A=action)


def read(content) -> PdfReader:
    return PdfReader(BytesIO(sanitize.clean_document(content).content))


def everything(reader) -> str:
    """Return all that can be read in a file, as one text."""
    return "\n".join(
        repr(found)
        for number in range(1, reader.trailer["/Size"])
        if (found := reader.get_object(number)) is not None
    )


class TestWhatStays:
    def test_is_pages_title_language_and_tags(self):
        clean = sanitize.clean_document(pdf(3, title="A plan for the square"))
        assert (clean.pages, clean.title) == (3, "A plan for the square")
        reader = PdfReader(BytesIO(clean.content))
        assert (len(reader.pages), reader.metadata.title) == (3, clean.title)
        assert reader.trailer["/Root"]["/Lang"] == "en"
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]

    def test_is_what_leads_somewhere(self):
        good = words(S="/URI", URI="https://example.org/plan")
        (note,) = read(pdf(on_page=words(Annots=[link(good)]))).pages[0]["/Annots"]
        assert note.get_object()["/A"]["/URI"] == "https://example.org/plan"

    def test_is_the_chain_of_bookmarks(self):
        outline = words(
            Type="/Outlines", First=words(Title="One", Next=words(Title="Two"))
        )
        kept = read(pdf(at_root=words(Outlines=outline))).trailer["/Root"]["/Outlines"]
        assert kept["/First"]["/Next"]["/Title"] == "Two"


class TestWhatGoes:
    @pytest.mark.parametrize("action", [LAUNCH, SCRIPT])
    @pytest.mark.parametrize("place", ["opening", "page", "link", "after", "bookmark"])
    def test_is_whatever_acts_wherever_it_stands(self, action, place):
        content = {
            "opening": lambda: pdf(at_root=words(OpenAction=action)),
            "page": lambda: pdf(on_page=words(AA=words(O=action))),
            "link": lambda: pdf(on_page=words(Annots=[link(action)])),
            "after": lambda: pdf(
                on_page=words(
                    Annots=[link(words(S="/URI", URI="https://a.example", Next=action))]
                )
            ),
            "bookmark": lambda: pdf(
                at_root=words(Outlines=words(First=words(Title="One", A=action)))
            ),
        }[place]()
        told = everything(read(content))
        assert "cmd.exe" not in told
        assert "alert" not in told

    @pytest.mark.parametrize(
        "address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", ""]
    )
    def test_is_a_link_that_leads_to_no_page(self, address):
        bad = link(words(S="/URI", URI=address))
        (note,) = read(pdf(on_page=words(Annots=[bad]))).pages[0]["/Annots"]
        assert "/A" not in note.get_object()

    def test_is_who_wrote_it_with_what(self):
        told = everything(
            read(pdf(author="Ada Brook", at_root=words(Metadata=words(x="Ada"))))
        )
        assert "Ada" not in told
        assert "Typewriter" not in told

    def test_is_the_file_in_the_file(self):
        inner = words(Type="/Filespec", F="secret.exe", EF=words(F="MZ"))
        names = words(EmbeddedFiles=words(Names=["secret.exe", inner]))
        note = words(Type="/Annot", Subtype="/FileAttachment", FS=inner)
        content = pdf(at_root=words(Names=names), on_page=words(Annots=[note]))
        assert "secret" not in everything(read(content))

    def test_is_a_film_or_a_sound_on_a_page(self):
        notes = [
            words(Type="/Annot", Subtype=f"/{kind}")
            for kind in ("RichMedia", "Movie", "Screen", "Sound", "3D")
        ]
        assert list(read(pdf(on_page=words(Annots=notes))).pages[0]["/Annots"]) == []


class TestWhatIsNotTaken:
    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"%PDF-1.7",
            b"%PDF-1.7\n" + b"x" * 900,
            b"<html>",
            pdf()[:200],
            pdf(locked=True),
            pdf(0),
        ],
    )
    def test_is_what_nobody_could_read(self, content):
        with warnings.catch_warnings(), pytest.raises(sanitize.NoDocument):
            warnings.simplefilter("ignore")
            sanitize.clean_document(content)

    def test_is_more_than_a_person_would_send(self, monkeypatch):
        monkeypatch.setattr(documents, "MOST_PAGES", 2)
        with pytest.raises(sanitize.TooLarge):
            sanitize.clean_document(pdf(3))
        monkeypatch.setattr(documents, "MOST_BYTES", 100)
        with pytest.raises(sanitize.TooLarge):
            sanitize.clean_document(pdf(1))

    def test_is_what_is_nested_without_end(self):
        deep = DictionaryObject()
        for _ in range(3_000):
            deep = words(Kids=deep)
        try:
            content = pdf(at_root=words(Deep=deep))
        except RecursionError:
            content = b"%PDF-1.7\n" + b"<<" * 100_000
        with pytest.raises((sanitize.NoDocument, sanitize.TooLarge)):
            sanitize.clean_document(content)


def test_a_file_is_a_document_by_its_bytes():
    assert sanitize.is_document(pdf())
    assert sanitize.is_document(b"\n" * 100 + pdf())
    assert not sanitize.is_document(b"GIF89a" + b"\0" * 2000 + b"%PDF-")
