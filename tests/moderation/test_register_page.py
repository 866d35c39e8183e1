"""The register of decisions as everybody sees it."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from moderation.choices import Act, FlagReason
from moderation.models import RegisterEntry
from moderation.queries import register
from moderation.services import flags, review
from tests.factories.moderation import ParticipantFactory
from tests.factories.notes import ModeratorFactory, NoteFactory
from tests.moderation.acts import REASONS, hide

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    """Return the present: the pages look at the clock themselves."""
    return timezone.now()


class TestTheRegisterPage:
    def test_shows_decisions_without_text_or_person(self, client, now):
        note = NoteFactory(text="Dreadful words", author__pseudonym="Ida Heron")
        hide(note, now)
        page = client.get(reverse("moderation:register")).content.decode()
        assert "hidden" in page
        assert "Argue with the idea" in page
        assert "Dreadful" not in page
        assert "Ida Heron" not in page

    @pytest.mark.slow
    def test_pages_by_number(self, client, now):
        for note in NoteFactory.create_batch(52):
            review.decide(
                content=note, act=Act.KEEP, decided_by=ModeratorFactory(), now=now
            )
        page = client.get(reverse("moderation:register")).content.decode()
        assert 'id="entry-52"' in page
        assert 'id="entry-2"' not in page
        older = re.search(
            r'href="(\?before=\d+)" *>|rel="next" href="(\?before=\d+)"', page
        )
        following = client.get(
            reverse("moderation:register") + older[2]
        ).content.decode()
        assert 'id="entry-2"' in following
        assert 'id="entry-3"' not in following

    def test_says_how_long_something_had_waited(self, client, now):
        note = NoteFactory()
        flags.raise_by_person(
            content=note, reporter=ParticipantFactory(), reason=FlagReason.INSULT,
            now=now - timedelta(hours=3),
        )  # fmt: skip
        hide(note, now)
        page = client.get(reverse("moderation:register")).content.decode()
        assert "after 3 hours" in page

    def test_names_in_words_what_was_taken_back(self, client, now):
        decision = hide(NoteFactory(), now, besides="slow")
        review.decide(
            content=decision.content, act=Act.RESTORE, decided_by=ModeratorFactory(),
            now=now,
        )  # fmt: skip
        page = client.get(reverse("moderation:register")).content.decode()
        assert "slowing down taken back" in page
        assert not re.search(r"\bslow\b", page)

    def test_checks_every_line_if_asked(self, client, now):
        for _ in range(3):
            hide(NoteFactory(), now)
        address = reverse("moderation:register")
        assert "Check all lines now" in client.get(address).content.decode()
        page = client.get(address, {"check": "all"}).content.decode()
        assert "3 lines were checked" in page
        RegisterEntry.objects.filter(number=1).update(entry={"event": "decision"})
        cache.clear()
        page = client.get(address, {"check": "all", "before": "2"}).content.decode()
        assert "The register was changed" in page
        assert "Line 1:" in page

    def test_checks_every_line_once_and_not_at_every_visit(
        self, client, now, django_assert_max_num_queries
    ):
        hide(NoteFactory(), now)
        register.verify_lately()
        with django_assert_max_num_queries(1):
            assert register.verify_lately().is_whole

    def test_says_so_when_a_line_was_changed(self, client, now):
        hide(NoteFactory(), now)
        line = RegisterEntry.objects.get()
        line.entry["act"] = "keep"
        line.save()
        page = client.get(reverse("moderation:register")).content.decode()
        assert "The chain is broken" in page

    @pytest.mark.parametrize("name", ["register_json", "register_csv", "register_feed"])
    def test_can_be_downloaded_and_followed(self, client, now, name):
        decision = hide(NoteFactory(text="Dreadful words"), now)
        answer = client.get(reverse(f"moderation:{name}"))
        body = answer.getvalue().decode()
        assert decision.register_entries.get().hash in body
        assert "Dreadful" not in body
        assert decision.receipt not in body

    @pytest.mark.parametrize("name", ["register_json", "register_csv", "register_feed"])
    def test_can_be_downloaded_while_empty(self, client, name):
        assert client.get(reverse(f"moderation:{name}")).status_code == 200


class TestTheRegisterAsATable:
    def test_has_no_cell_that_a_spreadsheet_would_run(self, client, now):
        """Known holes, row 32."""
        review.decide(
            content=NoteFactory(), act=Act.HIDE, decided_by=ModeratorFactory(), now=now,
            ground=REASONS["ground"], rule_id='=HYPERLINK("http://example.org")',
            rule_text="A rule", facts="x",
        )  # fmt: skip
        body = client.get(reverse("moderation:register_csv")).getvalue().decode()
        cells = [cell for row in csv.reader(io.StringIO(body)) for cell in row]
        assert any("HYPERLINK" in cell for cell in cells)
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)
