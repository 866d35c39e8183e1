import csv
import io
from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse

from moderation.choices import Act, Outcome
from moderation.models import RegisterEntry
from moderation.queries import report
from moderation.services import appeals, review
from tests.factories.notes import ModeratorFactory, NoteFactory, lead

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def hide(note, now, **fields):
    return review.decide(
        content=note, act=Act.HIDE, decided_by=ModeratorFactory(), now=now,
        ground="DECISION_GROUND_INCOMPATIBLE_CONTENT", rule_id="insult",
        facts="It is rude.", **fields,
    )  # fmt: skip


@pytest.fixture
def year(now):
    """Let something of everything happen, in two years."""
    decision = hide(NoteFactory(), now)
    hide(NoteFactory(), now, besides="warn")
    review.decide(
        content=NoteFactory(held=True, created_at=now - 5 * HOUR), act=Act.PUBLISH,
        decided_by=ModeratorFactory(), now=now,
    )  # fmt: skip
    hide(NoteFactory(secret=True), now - timedelta(days=365))
    appeal = appeals.raise_by_author(decision=decision, text="No.", now=now)
    appeals.answer(
        appeal=appeal, outcome=Outcome.OVERTURNED, answer="True.", answered_by=lead(),
        now=now,
    )  # fmt: skip


def table(client, year):
    answer = client.get(reverse("moderation:report_csv", args=[year]))
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.usefixtures("year")
class TestTheYearlyReport:
    def test_adds_up_to_the_register(self, client):
        """MOD-11, counted here from the rows of the database."""
        for wanted in (2025, 2026):
            rows = table(client, wanted)
            lines = [
                entry
                for entry in RegisterEntry.objects.values_list("entry", flat=True)
                if entry["at"].startswith(str(wanted))
            ]
            sums = Counter()
            for row in rows:
                if not row["what"].startswith("median"):
                    sums[row["what"]] += int(row["number"])
            decisions = sum(entry["event"] == "decision" for entry in lines)
            assert sums["lines of the register"] == len(lines) > 0
            for block in ("act", "rule", "kind of contribution", "automation"):
                assert sums[f"decisions by {block}"] == decisions

    def test_tells_appeals_and_how_long_it_took(self, client):
        rows = {(row["what"], row["by"]): row["number"] for row in table(client, 2026)}
        assert rows["appeals by side", "author"] == "1"
        assert rows["answers by outcome", "overturned"] == "1"
        assert rows["lines of the register", "warn"] == "1"
        assert rows["median hours waited by act", "publish"] == "5.0"

    def test_has_words_and_no_signs_where_no_rule_was_needed(self, client):
        rules = [r["by"] for r in table(client, 2026) if r["what"].endswith("by rule")]
        assert rules == ["(none)", "insult"]

    def test_of_a_year_without_decisions_is_empty(self, client):
        assert table(client, 1999) == []

    def test_counts_appeals_where_their_decision_was_made(self):
        board = report.of(place="/board/")
        assert board.events == {"decision": 4, "appeal": 1, "answer": 1, "warn": 1}
        assert report.of(place="/elsewhere/").events == {}


@pytest.mark.usefixtures("year")
class TestTheTransparencyPage:
    def test_shows_figures_as_drawing_and_table(self, client):
        page = client.get(reverse("moderation:report")).content.decode()
        assert page.count("<rect") == 24
        for part in ("Decisions by month", "/board/", "overturned", "CSV of 2025"):
            assert part in page

    def test_names_nobody(self, client):
        page = client.get(reverse("moderation:report")).content.decode()
        assert "Heron" not in page
        assert "moderator" not in page.lower().replace("moderators", "")

    @pytest.mark.parametrize(
        "query",
        [
            {"year": "x"}, {"year": "99999"}, {"year": "\x00"}, {"year": "٢٠٢٦"},
            {"place": "<script>alert(1)</script>"}, {"place": "x" * 9999},
        ],
    )  # fmt: skip
    def test_bears_any_address(self, client, query):
        """Known holes, row 11."""
        page = client.get(reverse("moderation:report"), query)
        assert page.status_code == 200
        assert b"<script>alert" not in page.content


class TestAnEmptyRegister:
    def test_has_a_page_as_well(self, client):
        page = client.get(reverse("moderation:report")).content.decode()
        assert "Nothing has been decided" in page
