import pytest

from moderation.choices import Standing
from moderation.rules import Effect
from tests.moderation.rules.submissions import findings, matched

ADDRESSES = [
    "https://example.org",
    "http://example.org/a?b=c&d=e#f",
    "HTTPS://EXAMPLE.ORG/",
    "www.example.org",
    "example.org",
    "sub.domain.example.co.uk/path",
    "köln.de",
    "müller-straße.de",
    "https://xn--kln-sna.de",
    "https://example.org/wiki/Bonn_(Stadt)",
    "t.co/abc",
    "http://192.0.2.1:8080/x",
    "https://localhost/",
    "https://user@example.org/",
    "https://example.org:443",
]

NO_ADDRESSES = [
    "e.g.this",
    "Hauptstr.12",
    "z.B.in der Stadt",
    "d.h.im Sommer",
    "Das ist gut.Es bleibt so.",
    "Tempo 30/50 und 2.5m",
    "Am 04.06.2007 um 14.30 Uhr",
    "§ 3 Abs.2 BauGB",
    "Rad-/Fußweg",
    "mail@example.org",
    "und...so weiter",
    "@example",
    "http://",
    "https:// example",
    "ca.de",
]


def links(count: int) -> str:
    return " ".join(f"https://example.org/{number}" for number in range(count))


class TestAnAddress:
    @pytest.mark.parametrize("address", ADDRESSES)
    def test_is_found_in_a_sentence(self, address):
        options = {"maximum": 0}
        for text in (address, f"See {address}.", f"({address})", f"[x]({address}), y"):
            assert matched("links", text, options=options) == [address]

    @pytest.mark.parametrize("text", [text for text in NO_ADDRESSES if text != "ca.de"])
    def test_is_not_seen_where_there_is_none(self, text):
        assert findings("links", text, options={"maximum": 0}) == ()


class TestTheNumberOfLinks:
    def test_is_limited_to_two_for_newcomers(self):
        assert findings("links", links(2), standing=Standing.NEW) == ()
        (finding,) = findings("links", links(3), standing=Standing.NEW)
        assert finding.effect == Effect.REFUSE
        assert "While you are new here, a post may contain 2 links" in finding.message
        assert "There are 3." in finding.message
        assert finding.matched == "https://example.org/2"

    def test_is_limited_to_ten_for_all_others(self):
        assert findings("links", links(10)) == ()
        assert "A post may contain 10 links" in findings("links", links(11))[0].message

    def test_counts_the_same_address_once(self):
        text = "https://example.org [https://example.org/](HTTPS://EXAMPLE.org) " * 9
        assert findings("links", text, standing=Standing.NEW) == ()

    def test_never_gives_newcomers_more_than_others(self):
        options = {"maximum": 1, "newcomer_maximum": 2}
        (finding,) = findings("links", links(2), standing=Standing.NEW, options=options)
        assert "A post may contain 1 link." in finding.message

    def test_can_hold_instead_of_refusing(self):
        (finding,) = findings("links", links(11), options={"effect": "hold"})
        assert finding.effect == Effect.HOLD


class TestTheCitysOwnHosts:
    """Known hole 30: an allow-list that compares suffixes."""

    OPTIONS = {"maximum": 0, "own_hosts": ["bonn.de"]}

    @pytest.mark.parametrize(
        "address",
        [
            "bonn.de",
            "https://www.bonn.de/rad",
            "https://BONN.DE.",
            "https://bonn.de:443/",
            "https://x@bonn.de/",
        ],
    )
    def test_do_not_count(self, address):
        assert findings("links", address, options=self.OPTIONS) == ()

    @pytest.mark.parametrize(
        "address",
        [
            "https://attacker-bonn.de",
            "https://bonn.de.attacker.org",
            "https://attacker.org/bonn.de",
            "https://attacker.org?bonn.de",
            "https://bonn.de@attacker.org",
            "https://bonn.de:x@attacker.org",
            "https://attacker.org\\@bonn.de",
            "https://attacker.org#@bonn.de",
            "https://bоnn.de",
            "http://[bonn.de]/",
        ],
    )
    def test_are_not_those_that_only_look_so(self, address):
        assert findings("links", address, options=self.OPTIONS)


class TestTraps:
    @pytest.mark.parametrize(
        "text",
        [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "vbscript:msgbox",
            "data:text/html;base64,PHNjcmlwdD4=",
            "[click](javascript:alert(1))",
            "[click]( javascript: alert(1))",
            "[click](<javascript:alert(1)>)",
            "[click](file:///etc/passwd)",
            "[click](ftp://example.org)",
        ],
    )
    def test_are_refused_whoever_posts_them(self, text):
        (finding, *_more) = findings("links", text, standing=Standing.TRUSTED)
        assert finding.effect == Effect.REFUSE
        assert finding.matched in text

    @pytest.mark.parametrize(
        "text",
        [
            "Data: 5 cars an hour",
            "JavaScript: the good parts",
            "We saw [this](https://example.org).",
            "Data:image quality was poor",
        ],
    )
    def test_are_not_seen_in_harmless_words(self, text):
        assert findings("links", text) == ()

    def test_are_the_hosts_a_policy_refuses(self):
        options = {"refused_hosts": ["bad.example"]}
        for address in ("http://bad.example", "https://x.BAD.example/y"):
            (finding,) = findings("links", address, options=options)
            assert finding.effect == Effect.REFUSE
        assert findings("links", "https://not-bad.example", options=options) == ()
