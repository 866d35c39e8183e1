import pytest

from moderation.rules.pages import Block, Kind, audit, registry
from moderation.rules.pages.markup import parse
from moderation.rules.pages.presentation import strip_presentational
from tests.moderation.pages.views import consultation

MEGABYTE = 1_000_000
BROKEN = [
    "",
    " ",
    "<",
    "<p",
    "</p></p>",
    "<a href='",
    "<table><td>",
    "<p>\x00\ud800</p>",
    "<!-- <p>",
    "<![CDATA[x]]>",
    "<svg><p><math><svg>",
    "<select><option><p>",
    "<p lang><img alt><a href>",
    "<td colspan=-1 rowspan=99999999999>",
    "<h7 aria-level=²>x</h7>",
    "<script>",
    "<style>p{</style>",
    "<div>" * 149,
]
HUGE = {
    "deep": "<div>" * (MEGABYTE // 5),
    "options": "<select>" + "<option>a" * (MEGABYTE // 9),
    "formats": "<p><b><i>" * (MEGABYTE // 9),
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">",
    "angles": "<" * MEGABYTE,
    "comments": "<!--" * (MEGABYTE // 4),
    "words": "word " * (MEGABYTE // 5),
    "one-word": "w" * MEGABYTE,
    "full-stops": ". " * (MEGABYTE // 2),
}


def everything(html):
    view = consultation(blocks=(Block(type="paragraph", path="body.0", html=html),))
    return audit(view, [registry.get(name)() for name in registry.names()])


class TestParsing:
    def test_reads_what_a_browser_reads(self):
        markup = parse("<table><td>One<td>Two</table><p>Three<p>Four")
        assert [line.text for line in markup.lines] == ["One", "Two", "Three", "Four"]

    def test_breaks_lines_at_br_and_nowhere_else(self):
        assert parse("<p>One\n two<br>three</p>").lines[0].text == "One two\nthree"

    def test_leaves_out_what_nobody_reads(self):
        html = "<style>p{}</style><script>x</script><p hidden>y</p><p>Words</p>"
        assert parse(html).text == "Words"

    @pytest.mark.parametrize(
        "html",
        [
            '<p style="display: none">x</p>',
            '<p style="visibility:hidden !important"><b>x</b></p>',
            "<div hidden><p>x</p></div>",
            '<div aria-hidden="true"><p>x</p></div>',
            "<style>.a, .b { display: none }</style><p class='c b'>x</p>",
            "<style>#a { visibility: hidden }</style><p id=a>x</p>",
        ],
    )
    def test_knows_what_screen_readers_leave_out(self, html):
        assert parse(html).text == ""

    def test_knows_what_comes_back_inside_something_invisible(self):
        html = '<p style="visibility:hidden">a<b style="visibility:visible">b</b></p>'
        assert parse(html).text == "b"


class TestAnyInput:
    @pytest.mark.parametrize("html", BROKEN)
    def test_gets_a_report(self, html):
        assert everything(html).checked

    @pytest.mark.parametrize("kind", list(Kind))
    def test_gets_one_for_an_empty_page_of_each_kind(self, kind):
        view = type(consultation())(title="", now=consultation().now, kind=kind)
        assert audit(view, [registry.get(name)() for name in registry.names()])

    @pytest.mark.parametrize("name", HUGE)
    @pytest.mark.slow
    def test_of_a_megabyte_takes_seconds_not_minutes(self, name, within_seconds):
        with within_seconds(8):
            everything(HUGE[name])
            strip_presentational(HUGE[name])

    def test_too_tangled_to_be_read_blocks_and_cannot_be_waived(self):
        found = everything(HUGE["deep"]).by("A11Y-16")
        assert [(each.check, each.is_waivable) for each in found] == [
            ("tangled", False)
        ]

    def test_gives_the_same_report_each_time(self):
        html = "<h1></h1><p>EIA <a href=#>here</a><img src=a.png>"
        assert everything(html) == everything(html)


class TestStrippingLooks:
    @pytest.mark.parametrize(
        ("html", "left"),
        [
            ("<p><font color=red>A</font> <b>b</b></p>", "<p>A <b>b</b></p>"),
            ("<center><p>A</p></center>", "<p>A</p>"),
            ("<marquee>A <blink>b</blink></marquee>", "A b"),
            ('<p style="color: red; font-size: 9px">A</p>', "<p>A</p>"),
            ('<p style="COLOR:red; margin: 0">A</p>', '<p style="margin: 0">A</p>'),
            ('<p align="justify">A</p>', "<p>A</p>"),
            ("<video autoplay controls></video>", '<video controls=""></video>'),
            ('<input size="30">', '<input size="30">'),
            ('<p>A <meta http-equiv="Refresh" content="3"></p>', "<p>A </p>"),
            (
                '<p lang="de">Ä &amp; <em>ö</em></p>',
                '<p lang="de">Ä &amp; <em>ö</em></p>',
            ),
        ],
    )
    def test_leaves_the_words_and_the_structure(self, html, left):
        assert strip_presentational(html) == left
        assert strip_presentational(left) == left

    def test_leaves_nothing_for_the_rule_to_find(self):
        html = '<p style="color:red"><font size=9>A</font></p><marquee>B</marquee>'
        cleaned = strip_presentational(html)
        assert not everything(cleaned).by("A11Y-16")
