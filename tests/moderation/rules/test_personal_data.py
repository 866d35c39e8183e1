import pytest

from moderation.rules import Effect
from tests.moderation.rules.submissions import findings, matched

PHONES = [
    ("de", "0228/772233"),
    ("de", "0228 772233"),
    ("de", "+49 (0)228 772233"),
    ("de", "0170 1234567"),
    ("de-AT", "0664 1234567"),
    ("en", "020 7946 0958"),
    ("en", "(202) 555-0143"),
    ("fr", "06 12 34 56 78"),
    ("sw", "0712 345678"),
    ("tl", "0917 123 4567"),
    ("xx", "+254 712 345678"),
    ("", "+33 6 12 34 56 78"),
    ("fa", "۰۹۱۲ ۳۴۵ ۶۷۸۹"),
]
IBANS = [
    "DE89370400440532013000",
    "DE89 3704 0044 0532 0130 00",
    "de89 3704 0044 0532 0130 00",
    "GB82 WEST 1234 5698 7654 32",
    "NO93 8601 1117 947",
    "FR14 2004 1010 0505 0001 3M02 606",
    "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
]
HARMLESS = [
    "Am 04.06.2007 und am 06.12.2010, 2017/2018",
    "Az.: 02-1600-40/15",
    "Die Linien 041 und 060/061 fahren alle 30 Minuten.",
    "53111 Bonn, Hauptstr. 12-14, 2. Stock",
    "12.000.000 Euro in 10 Jahren",
    "@stadtbonn und me@localhost",
    "DE89 3704 0044 0532 0130 01",
    "4111 1111 1111 1112",
    "ISBN 978-3-16-148410-0",
    "50.7390003,7.1162447",
    "§ 3 Abs. 2 BauGB i.V.m. § 4a",
    "1 2 3 4 5 6 7 8 9 10 11 12 13",
]


class TestPersonalData:
    @pytest.mark.parametrize(
        "address",
        ["me@example.org", "a.b+c@mail.example.co.uk", "müller@köln.de", "ME@X-Y.ORG"],
    )
    def test_is_an_email_address(self, address):
        assert matched("personal_data", f"Write to <{address}>, please.") == [address]

    @pytest.mark.parametrize(("language", "number"), PHONES)
    def test_is_a_telephone_number(self, language, number):
        text = f"Tel. {number}, bitte"
        assert matched("personal_data", text, language=language) == [number]

    @pytest.mark.parametrize("iban", IBANS)
    def test_is_a_bank_account_number(self, iban):
        assert matched("personal_data", f"Pay to {iban} and tell me") == [iban]

    @pytest.mark.parametrize(
        "number", ["4111 1111 1111 1111", "5500-0000-0000-0004", "378282246310005"]
    )
    def test_is_a_card_number(self, number):
        assert matched("personal_data", f"My card {number} was lost.") == [number]

    @pytest.mark.parametrize("text", HARMLESS)
    def test_is_not_any_other_number(self, text):
        assert findings("personal_data", text, language="de") == ()

    def test_is_a_hint_unless_a_policy_holds_it(self):
        (hint,) = findings("personal_data", "me@example.org")
        assert hint.effect == Effect.HINT
        (held,) = findings(
            "personal_data", "me@example.org", options={"effect": "hold"}
        )
        assert held.effect == Effect.HOLD

    def test_is_not_repeated_in_the_finding(self):
        (finding,) = findings("personal_data", "me.and.you@example.org")
        assert finding.matched == "me…rg"

    def test_is_each_found_once(self):
        text = "+49 228 772233, me@example.org, DE89370400440532013000"
        assert len(findings("personal_data", text, language="de")) == 3

    def test_of_the_city_may_be_named(self):
        options = {"own_domains": ["bonn.de"]}
        text = "rad@bonn.de me@attacker-bonn.de me@bonn.de.example"
        assert matched("personal_data", text, options=options) == [
            "me@attacker-bonn.de",
            "me@bonn.de.example",
        ]

    def test_is_looked_for_in_the_countries_of_the_policy(self):
        text, options = "Call 0917 123 4567", {"regions": ["PH"]}
        assert matched("personal_data", text, options=options) == ["0917 123 4567"]
        assert matched("personal_data", text, options={"regions": ["IS"]}) == []
