"""Of the actions in a PDF only those stay that lead somewhere, however they are reached."""

import pytest

from tests.factories.documents import cleaned, everything, link, pdf, words, written

# Every kind of action that is more than a way to a page or to the web.
KNOWN = [
    "<< /S /Launch /F (evil.exe) >>",
    "<< /S /#4caunch /F (evil.exe) >>",
    r"<< /Type /Action /S /GoToR /F (\\\\evil\\share\\x.pdf) /D [0 /Fit] >>",
    "<< /S /GoToE /T << /R /C /N (evil) >> >>",
    "<< /S /SubmitForm /F << /FS /URL /F (http://evil.example) >> >>",
    "<< /S /ImportData /F (evil.fdf) >>",
    "<< /S /ResetForm /Fields [(evil)] >>",
    "<< /S /JavaScript /JS (evil) >>",
    "<< /S /JavaScript /J#53 (evil) >>",
    "<< /S /Rendition /R << /N (evil) >> >>",
    "<< /S /Hide /T (evil) >>",
    "<< /S /Named /N /Print /X (evil) >>",
    "<< /S /Thread /F (evil.pdf) >>",
    "<< /S /Movie /T (evil) >>",
    "<< /S /Sound /X (evil) >>",
    "<< /S /GoTo3DView /X (evil) >>",
    "<< /S /RichMediaExecute /X (evil) >>",
    "<< /S /SetOCGState /X (evil) >>",
    "<< /S /Trans /X (evil) >>",
    "<< /S /URI /URI (javascript:evil) >>",
    "<< /S /URI /URI << /X (evil) >> >>",
]
# Where an action stands, also one that nobody knows.
ACTING = [*KNOWN, "<< /S /Unheard /X (evil) >>"]


class TestWhatStays:
    @pytest.mark.parametrize(
        "action",
        [
            "<< /S /GoTo /D [3 0 R /Fit] >>",
            "<< /Type /Action /S /URI /URI (HTTPS://example.org/plan?a=b#c) >>",
            "<< /S /URI /URI (mailto:plan@example.org) >>",
            "<< /S /URI /URI (mailto:plan@example.org?subject=The%20plan) >>",
            "<< /S /Named /N /NextPage >>",
            "<< /S 5 0 R /URI 6 0 R >>",
        ],
    )
    @pytest.mark.parametrize("place", ["{}", "[{}]", "7 0 R"])
    def test_is_each_action_that_only_leads_somewhere(self, action, place):
        first = f"<< /S /GoTo /D [3 0 R /Fit] /Next {place.format(action)} >>"
        content = written(
            page=f"/Annots [<< /Subtype /Link /A {first} >>]",
            o5="/URI",
            o6="(http://example.org)",
            o7=action,
        )
        (note,) = cleaned(content).pages[0]["/Annots"]
        after = note.get_object()["/A"]["/Next"]
        assert "/S" in (after[0] if isinstance(after, list) else after)


class TestWhatGoes:
    @pytest.mark.parametrize(
        "place",
        [
            "/A {}",
            "/PA {}",
            "/NA {}",
            "/A 8 0 R",
            "/A [{}]",
            "/A << /S /GoTo /D [3 0 R /Fit] /Next {} >>",
            "/A << /S /GoTo /D [3 0 R /Fit] /Next [{}] >>",
            "/A << /S /GoTo /D [3 0 R /Fit] /Next [[{}] [[{}]]] >>",
            "/A << /S /GoTo /D [3 0 R /Fit] /Next [8 0 R] >>",
            "/A << /S /GoTo /D [3 0 R /Fit] /Next 10 0 R >>",
            "/A << /S /GoTo /D [3 0 R /Fit] /Next << /S /GoTo /Next [{}] >> >>",
            "/AA << /U {} /D [{}] >>",
            "/A << /Next {} >>",
            "/Zz 11 0 R /A 11 1 R",
        ],
    )
    @pytest.mark.parametrize("where", ["note", "bookmark", "opening"])
    def test_is_an_action_by_whichever_way_it_is_reached(self, place, where):
        for action in ACTING:
            stands = place.replace("{}", action)
            entries = {
                "note": {"page": f"/Annots [<< /Subtype /Link {stands} >>]"},
                "bookmark": {"root": f"/Outlines << /First << {stands} >> >>"},
                "opening": {"root": f"/OpenAction << /S /GoTo {stands} >> {stands}"},
            }[where]
            others = {"o8": action, "o10": f"[8 0 R {action}]"}
            twins = {"o11": "<< /S /GoTo >>", "o11_1": action}
            content = written(**entries, **others, **twins)
            assert "evil" not in everything(cleaned(content)), action

    @pytest.mark.parametrize(
        "place",
        [
            "/Dests << /one {} /two << /D [{}] >> >>",
            "/Names << /Dests << /Names [(one) {}] /Kids [<< /Names [(b) 8 0 R] >>] >> >>",
            "/Names << /JavaScript << /Names [(one) {}] >> >>",
            "/Names << /AlternatePresentations << /Names [(one) {}] >> >>",
            "/Outlines << /First << /Dest {} >> >>",
            "/Whatever [[<< /Else {} >>]]",
            # What is looked at first, of the same number, must not stand for both.
            "/Zz 11 0 R /Yy 11 1 R",
            "/Yy 11 1 R /Zz 11 0 R",
        ],
    )
    def test_is_an_action_where_none_belongs(self, place):
        for action in KNOWN:
            content = written(
                root=place.replace("{}", action),
                o8=action,
                o11="<< /B 3 0 R >>",
                o11_1=f"[{action}]",
            )
            assert "evil" not in everything(cleaned(content)), action

    def test_leaves_the_others_of_its_chain(self):
        chain = "[<< /S /GoTo /D [3 0 R /Fit] >> << /S /Launch /F (evil) >>]"
        first = f"<< /S /GoTo /D [3 0 R /Fit] /Next {chain} >>"
        reader = cleaned(written(page=f"/Annots [<< /Subtype /Link /A {first} >>]"))
        (kept,) = reader.pages[0]["/Annots"][0].get_object()["/A"]["/Next"]
        assert kept["/S"] == "/GoTo"

    @pytest.mark.parametrize(
        "address",
        [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " javascript:alert(1)",
            "\x01javascript:alert(1)",
            "java\tscript:alert(1)",
            "\njavascript:https://a.example",
            "https://a.example/\x00x",
            "https:javascript:alert(1)",
            "//a.example",
            "\\\\evil\\share",
            "file:///etc/passwd",
            "data:text/html,x",
            "vbscript:x",
            "mailto:",
            "mailto:a@b.example?attach=/etc/passwd",
            "mailto:a@b.example\r\nBcc:c@d.example",
            "mailto:a@b.example?subject=x%0ABcc:c@d.example",
            "",
        ],
    )
    def test_is_a_link_that_leads_to_no_page(self, address):
        bad = link(words(S="/URI", URI=address))
        (note,) = cleaned(pdf(on_page=words(Annots=[bad]))).pages[0]["/Annots"]
        assert "/A" not in note.get_object()
