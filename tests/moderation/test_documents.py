"""A PDF that somebody sent keeps its pages and loses whatever acts or tells."""

import warnings
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from moderation import sanitize
from moderation.sanitize import documents
from tests.factories.documents import cleaned, everything, link, pdf, words, written

LAUNCH = words(S="/Launch", F="cmd.exe")
SCRIPT = words(S="/JavaScript", JS="app.alert(1)")


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
        (note,) = cleaned(pdf(on_page=words(Annots=[link(good)]))).pages[0]["/Annots"]
        assert note.get_object()["/A"]["/URI"] == "https://example.org/plan"

    def test_is_what_stands_by_the_same_words_and_does_not_act(self):
        """Tags and their attributes, how pages change, borders, colours, labels."""
        content = written(
            root="""
                /StructTreeRoot << /K [<< /Type /StructElem /S /Link /P 1 0 R
                    /A [<< /O /Layout /Placement /Block >> 0] >>] >>
                /OutputIntents [<< /S /GTS_PDFA1 >>] /PageLabels << /Nums [0 << /S /D >>] >>
            """,
            page="""
                /Trans << /S /Dissolve >> /Group << /S /Transparency >>
                /Annots [<< /Subtype /Link /BS << /W 1 /S /D >> >>]
            """,
        )
        reader = cleaned(content)
        root, page = reader.trailer["/Root"], reader.pages[0]
        (tag,) = root["/StructTreeRoot"]["/K"]
        assert tag["/S"] == "/Link"
        assert tag["/A"][0]["/Placement"] == "/Block"
        assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
        assert root["/PageLabels"]["/Nums"][1]["/S"] == "/D"
        assert (page["/Trans"]["/S"], page["/Group"]["/S"]) == (
            "/Dissolve",
            "/Transparency",
        )
        assert page["/Annots"][0].get_object()["/BS"]["/S"] == "/D"

    def test_is_the_chain_of_bookmarks(self):
        outline = words(
            Type="/Outlines", First=words(Title="One", Next=words(Title="Two"))
        )
        kept = cleaned(pdf(at_root=words(Outlines=outline))).trailer["/Root"][
            "/Outlines"
        ]
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
        told = everything(cleaned(content))
        assert "cmd.exe" not in told
        assert "alert" not in told

    @pytest.mark.parametrize(
        "note",
        [
            "<< /Subtype /RichMedia /RichMediaContent << /Assets (evil) >> /X (evil) >>",
            "<< /Subtype 8 0 R /X (evil) >>",
            "<< /Subtype /FileAttachment /FS << /F (evil) /EF << /F 9 0 R >> >> >>",
        ],
    )
    @pytest.mark.parametrize("place", ["[{}]", "{}", "10 0 R", "[10 0 R]"])
    def test_is_a_note_that_acts_however_it_hangs_on_the_page(self, note, place):
        content = written(
            page=f"/Annots {place.format(note)}",
            root="/StructTreeRoot << /K << /Type /OBJR /Obj 10 0 R >> >>",
            o8="/RichMedia",
            o9="<< /Length 4 >>\nstream\nevil\nendstream",
            o10=note,
        )
        assert "evil" not in everything(cleaned(content))

    @pytest.mark.parametrize(
        "root",
        [
            "/AcroForm << /XFA [(evil) 8 0 R] /Fields [] >>",
            "/AcroForm 8 0 R",
            "/XFA 8 0 R",
            "/Names << /EmbeddedFiles << /Names [(evil) << /EF << /F 8 0 R >> >>] >> >>",
            "/Requirements [<< /RH << /S /JS /Script (evil) >> >>]",
            "/SpiderInfo << /C [<< /URL (evil) >>] >>",
            "/Spec << /F (a) /RF << /F [(evil) 8 0 R] >> >>",
        ],
    )
    def test_is_a_form_a_script_or_a_file_at_the_root(self, root):
        content = written(root=root, o8="<< /Length 4 >>\nstream\nevil\nendstream")
        assert b"evil" not in sanitize.clean_document(content).content

    @pytest.mark.parametrize(
        "elsewhere",
        [
            r"/F (\\\\evil\\share)",
            "/F << /FS /URL /F (http://evil.example) >> /FFilter /FlateDecode",
            r"/Ref << /F (\\\\evil\\a.pdf) /Page 0 >>",
            r"/OPI << /2.0 << /F (\\\\evil\\a.tif) >> >>",
        ],
    )
    def test_is_a_picture_that_comes_from_elsewhere(self, elsewhere):
        content = written(
            page="/Resources << /XObject << /P 8 0 R >> >>",
            o8=f"<< /Subtype /Form {elsewhere} /Length 0 >>\nstream\n\nendstream",
        )
        reader = cleaned(content)
        assert "evil" not in everything(reader)
        kept = reader.pages[0]["/Resources"]["/XObject"]["/P"]
        assert kept["/Subtype"] == "/Form"

    def test_is_who_wrote_it_with_what(self):
        told = everything(
            cleaned(pdf(author="Ada Brook", at_root=words(Metadata=words(x="Ada"))))
        )
        assert "Ada" not in told
        assert "Typewriter" not in told

    def test_is_who_wrote_a_note_on_a_page(self):
        note = "<< /Subtype /Text /Rect [0 0 1 1] /T (Ada) /Contents (Here) >>"
        told = everything(cleaned(written(page=f"/Annots [{note}]")))
        assert "Ada" not in told
        assert "Here" in told

    def test_is_the_file_in_the_file(self):
        inner = words(Type="/Filespec", F="secret.exe", EF=words(F="MZ"))
        names = words(EmbeddedFiles=words(Names=["secret.exe", inner]))
        note = words(Type="/Annot", Subtype="/FileAttachment", FS=inner)
        content = pdf(at_root=words(Names=names), on_page=words(Annots=[note]))
        assert "secret" not in everything(cleaned(content))

    def test_is_a_film_or_a_sound_on_a_page(self):
        notes = [
            words(Type="/Annot", Subtype=f"/{kind}")
            for kind in ("RichMedia", "Movie", "Screen", "Sound", "3D")
        ]
        assert list(cleaned(pdf(on_page=words(Annots=notes))).pages[0]["/Annots"]) == []


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
            # A reference to a reference, behind which nobody looks.
            written(page="/Annots [5 0 R]", o5="6 0 R", o6="<< /Subtype /Text >>"),
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
