"""What rules for HTML find in single elements, and on axe-core's own test pages."""

import importlib
import json
import os
from pathlib import Path

import pytest

from moderation.rules.pages import registry
from moderation.rules.pages.html_audit import audit_html
from moderation.rules.pages.links import is_target
from moderation.rules.pages.markup import parse
from moderation.rules.pages.names import name
from tests.moderation.pages.views import markup_checks

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("FOLKMOOT_DATA") or ROOT.parent / "shared" / "data")
AXE = DATA / "a11y-axe-rules"

NAMES = [
    ("<a href=/>Plan</a>", "Plan"),
    ("<a href=/><img src=a alt=Plan></a>", "Plan"),
    ("<a href=/><svg><title>Plan</title></svg></a>", "Plan"),
    ("<a href=/ title=Plan></a>", "Plan"),
    ("<a href=/ aria-label=' '>Plan</a>", "Plan"),
    ("<a href=/ aria-labelledby='x nowhere'>a</a><b id=x hidden>Plan</b>", "Plan"),
    ("<a href=/><span aria-hidden=true>x</span>Plan</a>", "Plan"),
    ("<a href=/>The<br>plan</a>", "The plan"),
    ("<input id=a><label for=a>Your <b>name</b></label>", "Your name"),
    ("<label>Your name <input></label>", "Your name"),
    ("<label><input>Your name</label>", "Your name"),
    ("<input placeholder=Search>", "Search"),
    ("<input type=submit>", "submit"),
    ("<input type=submit value=''>", ""),
    ("<table><caption>Costs</caption></table>", "Costs"),
    ("<fieldset><legend>Who</legend></fieldset>", "Who"),
    ("<h2><img alt=Plan role=presentation></h2>", ""),
    ("<div role=textbox>typed</div>", ""),
    ("<button value=x></button>", ""),
]


class TestTheName:
    @pytest.mark.parametrize(("html", "expected"), NAMES)
    def test_is_what_a_screen_reader_says(self, html, expected):
        markup = parse(html)
        tags = ("a", "input", "table", "fieldset", "h2", "div", "button")
        assert name(markup.find(*tags)[0], markup) == expected


class TestALink:
    @pytest.mark.parametrize(
        "address",
        ["/plan/", "plan.html", "#part", "?page=2", "https://example.org", "//a.org/"]
        + ["mailto:a@example.org", "tel:+49228", "HTTP://EXAMPLE.ORG", "/a:b"],
    )
    def test_may_lead_there(self, address):
        assert is_target(address)

    @pytest.mark.parametrize(
        "address",
        ["", " ", "#", "javascript:void(0)", " JavaScript:x", "java\tscript:x"]
        + ["data:text/html,x", "vbscript:x", "file:///etc/passwd", "ftp://a.org"],
    )
    def test_may_not_lead_there(self, address):
        assert not is_target(address)

    @pytest.mark.parametrize(
        "words",
        ["click here", "Click here!", "Here", "READ MORE …", "more", "»", "www.a.org"],
    )
    def test_with_these_words_is_vague(self, words):
        assert markup_checks("A11Y-06", f"<a href=/>{words}</a>")

    @pytest.mark.parametrize(
        "words",
        [
            "More trees on Main Street",
            "Here is the plan",
            "Read the plan",
            "2",
            "Page 2",
        ],
    )
    def test_with_these_words_is_clear(self, words):
        assert not markup_checks("A11Y-06", f"<a href=/>{words}</a>")

    def test_is_judged_by_the_words_of_its_language(self):
        options = {"words": {"xx": ("zoin",)}}
        assert not markup_checks("A11Y-06", "<a href=/>zoin</a>", **options)

    def test_to_the_same_place_may_be_written_in_two_ways(self):
        html = "<a href=/plan?a=1&b=2>Plan</a><a href='/plan/?b=2&a=1#x'>Plan</a>"
        assert not markup_checks("A11Y-07", html)


class TestAHeading:
    def test_may_go_up_by_any_number_of_levels(self):
        html = "<h2>a</h2><h3>b</h3><h4>c</h4><h2>d</h2>"
        assert not markup_checks("A11Y-03", html)

    def test_hidden_from_everybody_is_no_heading(self):
        assert not markup_checks("A11Y-03", "<h4 hidden></h4>")


class TestAList:
    @pytest.mark.parametrize(
        "html",
        [
            "<p>1. trees<br>2. seats</p>",
            "<p>Options:</p><p>• trees</p><p>• seats</p>",
            "<p>a) trees</p><p>b) seats</p>",
        ],
    )
    def test_typed_by_hand_is_found(self, html):
        assert markup_checks("A11Y-04", html) == {"typed-list"}

    @pytest.mark.parametrize(
        "html",
        [
            "<p>- trees</p><p>Then we go on.</p>",
            "<p>12. May is a holiday.</p>",
            "<ul><li>- trees</li><li>- seats</li></ul>",
            "<p>A – as in avenue</p><p>B – as in bench</p>",
        ],
    )
    def test_is_not_seen_where_there_is_none(self, html):
        assert not markup_checks("A11Y-04", html)


class TestInstructions:
    @pytest.mark.parametrize(
        "text",
        [
            "The green belt on the map",
            "The White House",
            "The right to speak",
            "A text",
        ],
    )
    def test_that_need_no_eyes_pass(self, text):
        assert not markup_checks("A11Y-18", f"<p>{text}</p>")


class TestATable:
    def test_may_have_merged_cells(self):
        html = (
            "<table><caption>Hours</caption><tr><th>Day<th>From<th>To</tr>"
            "<tr><th>Monday<td colspan=2>closed</tr>"
            "<tr><th rowspan=2>Tuesday<td>8<td>12</tr><tr><td>14<td>18</tr></table>"
        )
        assert not markup_checks("A11Y-09", html)

    def test_for_looks_is_left_alone(self):
        html = "<table role=presentation><tr><td>a<td>b</tr><tr><td>c</tr></table>"
        assert not markup_checks("A11Y-09", html)


class TestAWholeDocument:
    def test_without_language_or_title_is_found(self):
        found = {each.check for each in audit_html("<p>Hello").findings}
        assert found == {"page", "missing"}

    def test_that_is_well_made_has_no_findings(self):
        html = (
            '<!doctype html><html lang="en"><title>The plan</title><h1>The plan</h1>'
            "<h2>Why</h2><p>It is old.</p></html>"
        )
        assert audit_html(html).findings == ()

    def test_is_not_titled_by_a_drawing_in_it(self):
        html = "<html lang=en><svg><title>Circle</title></svg></html>"
        assert {each.check for each in audit_html(html).findings} == {"missing"}


class TestClaims:
    def test_name_each_act_rule_once(self):
        claimed = [
            act
            for rule in registry.names()
            for acts in registry.get(rule).checks.values()
            for act in acts
        ]
        assert len(claimed) == len(set(claimed))
        assert all(len(act) == 6 for act in claimed)


@pytest.fixture
def bench(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    return importlib.import_module("gate_audit")


class TestTheBenchmark:
    def test_reads_the_w3cs_test_cases(self, bench, tmp_path):
        pages = {
            "failed": '<img src="a.png">',
            "passed": '<img src="a.png" alt="A square">',
            "inapplicable": "<p>Words</p>",
        }
        cases = []
        for expected, html in pages.items():
            path = f"testcases/23a2a8/{expected}.html"
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(html)
            cases.append({"ruleId": "23a2a8", "relativePath": path})
            cases[-1] |= {"testcaseId": expected, "expected": expected}
        cases.append({**cases[0], "ruleId": "000000"})
        (tmp_path / "testcases.json").write_text(json.dumps({"testcases": cases}))
        score = bench.score_act(tmp_path)["23a2a8"]
        assert (score.found, score.missed, score.alarms) == (["failed.html"], [], [])
        assert score.quiet == 2

    def test_finds_what_is_wrong_in_wagtails_rich_text_and_nothing_else(self, bench):
        (score,) = bench.score_wagtail().values()
        assert (score.missed, score.alarms) == ([], [])


@pytest.mark.skipif(not AXE.is_dir(), reason=f"no test pages of axe-core in {AXE}")
class TestAxesOwnPages:
    def test_raise_no_false_alarm_and_few_are_missed(self, bench):
        scores = bench.score_axe(AXE)
        assert {rule: s.alarms for rule, s in scores.items() if s.alarms} == {}
        found = sum(len(score.found) for score in scores.values())
        missed = sum(len(score.missed) for score in scores.values())
        assert (found, missed) == (169, 8)
