import json
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from moderation.choices import Act, Ground, Outcome
from moderation.models import Decision, Notice, Policy, Sanction
from moderation.queries import register, statements
from moderation.rules import Kind
from moderation.services import admission, appeals, review, sanctions
from tests.factories.moderation import ParticipantFactory
from tests.factories.notes import ModeratorFactory, NoteFactory, lead
from tests.moderation import civic

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def ida():
    return ParticipantFactory(with_account=True)


def hide(author, now, besides="", **fields):
    reasons = {"ground": Ground.RULES, "rule_id": "insult", "facts": "It is rude."}
    return review.decide(
        content=NoteFactory(author=author), act=Act.HIDE, now=now, besides=besides,
        decided_by=ModeratorFactory(), **reasons | fields,
    )  # fmt: skip


def write(author, now):
    return admission.admit(
        raw="A bench in the shade.", author=author, policy=Policy(), kind=Kind.COMMENT,
        language="en", now=now,
    )  # fmt: skip


class TestASuspension:
    def test_needs_a_warning_first(self, ida, now):
        with pytest.raises(sanctions.WarnFirst):
            hide(ida, now, "suspend")
        assert not Decision.objects.exists()
        hide(ida, now, "warn")
        hide(ida, now, "suspend")
        assert Sanction.objects.count() == 2

    def test_needs_none_for_what_is_illegal(self, ida, now):
        hide(ida, now, "suspend", ground=Ground.ILLEGAL, rule_id="", legal_ground="§ 1")
        assert Sanction.objects.get().ends_at == now + DAY

    def test_lasts_longer_each_time(self, ida, now):
        hide(ida, now, "warn")
        lasted = [hide(ida, now, "suspend").sanction.ends_at - now for _ in range(5)]
        assert [each / DAY for each in lasted] == [1, 3, 7, 30, 30]

    def test_stops_writing_and_ends_by_itself(self, ida, now):
        hide(ida, now, "warn")
        assert write(ida, now)
        hide(ida, now, "suspend")
        ida.refresh_from_db()
        with pytest.raises(admission.Suspended, match="write again from"):
            write(ida, now + DAY - timedelta(seconds=1))
        assert write(ida, now + DAY)

    def test_falls_with_its_decision(self, ida, now):
        """MOD-04: reversal restores all there was."""
        hide(ida, now, "warn")
        decision = hide(ida, now, "suspend")
        appeal = appeals.raise_by_author(decision=decision, text="No.", now=now)
        appeals.answer(
            appeal=appeal, outcome=Outcome.OVERTURNED, answer="True.",
            answered_by=lead(), now=now,
        )  # fmt: skip
        ida.refresh_from_db()
        assert ida.suspended_until is None
        assert write(ida, now)
        assert register.verify().is_whole

    def test_is_told_with_its_end(
        self, client, ida, now, django_capture_on_commit_callbacks
    ):
        hide(ida, now, "warn")
        with django_capture_on_commit_callbacks(execute=True):
            decision = hide(ida, now, "suspend")
        assert "not write, until" in mail.outbox[-1].body
        assert Notice.objects.filter(title__contains="not write, until").exists()
        page = client.get(reverse("moderation:decision", args=[decision.receipt]))
        assert b"not write, until" in page.content
        told = statements.as_dsa(decision, decision.content)
        assert told["decision_account"] == "DECISION_ACCOUNT_SUSPENDED"
        assert told["end_date_account_restriction"] == "2026-05-05"

    def test_is_called_as_the_database_of_statements_calls_it(self, ida, now):
        hide(ida, now, "warn")
        decision = hide(ida, now, "suspend")
        told = statements.as_dsa(decision, decision.content)
        vocabulary = civic.data("dsa-statements") / "vocab.json"
        known = json.loads(vocabulary.read_text(encoding="utf-8"))
        assert told["decision_account"] in known["DECISION_ACCOUNTS"]

    def test_is_on_the_register_without_a_name(self, client, ida, now):
        hide(ida, now, "warn")
        page = client.get(reverse("moderation:register")).content.decode()
        assert "warning" in page
        assert ida.pseudonym not in page

    def test_of_nobody_is_refused(self, now):
        with pytest.raises(sanctions.NobodyToSanction):
            hide(None, now, "warn")
