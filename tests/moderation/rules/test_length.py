import pytest
from django.utils import translation

from moderation.rules import Effect, Kind
from tests.moderation.rules.submissions import findings


class TestLength:
    @pytest.mark.parametrize("length", [1, 280, 6000])
    def test_accepts_a_comment_up_to_the_limit(self, length):
        assert findings("length", "x" * length) == ()

    def test_points_at_what_is_too_much(self):
        (finding,) = findings("length", "x" * 6007)
        assert finding.effect == Effect.REFUSE
        assert (finding.start, finding.end) == (6000, 6007)
        assert "7 characters too long" in finding.message

    @pytest.mark.parametrize(("language", "most"), [("en", "6,000"), ("de", "6.000")])
    def test_writes_numbers_as_the_counter_beside_it_does(self, language, most):
        with translation.override(language):
            (finding,) = findings("length", "x" * 7_001)
        assert most in finding.message
        assert most.replace("6", "1").replace("000", "001") in finding.message

    def test_asks_for_something_if_there_is_nothing(self):
        (finding,) = findings("length", "")
        assert finding.message == "Please write something first."

    def test_keeps_statements_short(self):
        assert findings("length", "x" * 280, kind=Kind.STATEMENT) == ()
        assert findings("length", "x" * 281, kind=Kind.STATEMENT)

    def test_counts_characters_not_bytes(self):
        assert findings("length", "ö" * 6000) == ()
        assert findings("length", "🚲" * 6000) == ()

    def test_asks_for_more_where_a_policy_does(self):
        (finding,) = findings("length", "No.", options={"minimum": 20})
        assert "at least 20 characters" in finding.message
