"""Who may sign for publishing against a finding, and what a signature holds for."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from forum.models import ConsultationPage, Waiver
from forum.queries import publishing
from forum.services import publishing as gate
from tests.forum.gate.pages import OTHERS, draft, is_public, minds
from tests.forum.gate.signing import REASON, person, sign, the_finding

pytestmark = pytest.mark.django_db


class TestSigning:
    @pytest.fixture
    def asked(self):
        minds("block", waivable=["CON-08"])
        return draft()

    def test_opens_the_gate_for_this_finding(self, asked):
        sign(asked)
        asked.get_latest_revision().publish()
        assert is_public(asked)

    def test_is_not_for_everybody(self, asked):
        with pytest.raises(gate.NotSigned, match="may not sign"):
            sign(asked, person("Editors"))
        assert not Waiver.objects.exists()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"reason": "  because  "},
            {"signed_as": "   "},
            {"fingerprint": "0" * 64},
        ],
    )
    def test_needs_a_finding_a_reason_and_a_name(self, asked, wrong):
        with pytest.raises(gate.NotSigned):
            sign(asked, **wrong)
        assert not Waiver.objects.exists()

    def test_happens_once(self, asked):
        mark = the_finding(asked).fingerprint
        sign(asked)
        with pytest.raises(gate.NotSigned, match="already"):
            sign(asked, fingerprint=mark)

    def test_is_not_for_what_the_policy_keeps_shut(self, asked):
        minds("block", waivable=[])
        with pytest.raises(gate.NotSigned, match="must be mended"):
            sign(asked)

    def test_is_always_possible_for_a_warning(self, asked):
        minds("warn", waivable=[])
        sign(asked)
        asked.get_latest_revision().publish()
        assert is_public(asked)

    def test_holds_whatever_language_the_reader_speaks(self, asked):
        with translation.override("de"):
            sign(asked)
        assert publishing.judge(asked, now=timezone.now()).is_ready

    def test_ends_when_it_is_withdrawn_and_stays_on_record(self, asked):
        waiver = sign(asked)
        lead = person("Publishing leads")
        gate.withdraw(waiver=waiver, user=lead, now=timezone.now())
        assert not publishing.judge(asked, now=timezone.now()).is_ready
        assert Waiver.objects.get().withdrawn_at

    def test_does_not_hold_for_another_page(self, asked):
        sign(asked)
        with pytest.raises(gate.NotReady):
            asked.copy(
                update_attrs={"slug": "b", "title": "B"}, keep_live=True
            ).publish(asked.get_latest_revision())
            ConsultationPage.objects.get(slug="b").save_revision().publish()


class TestShortConsultation:
    """Thirty days are asked for by law, forty-two by the policy."""

    @pytest.fixture(autouse=True)
    def _policy(self):
        names = [each for each in (*OTHERS, "CON-08") if each != "CON-01"]
        minds(off=names, options={}, waivable=None)

    def lasting(self, days, **fields):
        opens = timezone.now() + timedelta(days=1)
        return draft(opens_at=opens, closes_at=opens + timedelta(days=days), **fields)

    def test_may_be_signed_for_above_the_floor_of_the_law(self):
        asked = self.lasting(35)
        sign(asked)
        asked.get_latest_revision().publish()
        assert is_public(asked)

    def test_needs_a_new_signature_once_it_gets_shorter(self):
        asked = self.lasting(35)
        sign(asked)
        asked.closes_at -= timedelta(days=3)
        with pytest.raises(gate.NotReady):
            asked.save_revision().publish()

    def test_is_waived_by_nobody_below_the_floor(self):
        asked = self.lasting(20, process_type="statutory_plan")
        with pytest.raises(gate.NotSigned, match="must be mended"):
            sign(asked)


class TestSheet:
    @pytest.fixture
    def asked(self):
        minds("block", waivable=["CON-08"])
        asked = draft()
        sign(asked)
        asked.get_latest_revision().publish()
        return ConsultationPage.objects.get(pk=asked.pk)

    def test_shows_waivers_and_debts_to_everybody(self, client, asked):
        html = client.get(reverse("forum:sheet", args=[asked.pk])).text
        assert REASON in html
        assert "Ines Albrecht" in html
        assert "signed_by" not in html
        told = client.get(reverse("forum:sheet_json", args=[asked.pk])).json()
        assert told["checked"] == ["CON-08"]
        assert told["kept"] == []
        (waiver,) = told["waivers"]
        assert waiver["reason"] == REASON
        line = client.get(reverse("forum:badge", args=[asked.pk])).text
        assert line == "Meets 0 of 1 publishing rules, 1 waiver\n"
        assert "1 waiver" in client.get(reverse("forum:rules")).text
        assert reverse("forum:sheet", args=[asked.pk]) in client.get(asked.url).text

    def test_is_hidden_with_its_page(self, client, asked):
        asked.unpublish()
        for name in ("sheet", "sheet_json", "badge"):
            path = reverse(f"forum:{name}", args=[asked.pk])
            assert client.get(path).status_code == 404
        assert REASON not in client.get(reverse("forum:rules")).text

    def test_says_what_stopped_meeting_the_rules(self, client, asked):
        Waiver.objects.update(withdrawn_at=timezone.now())
        html = client.get(reverse("forum:sheet", args=[asked.pk])).text
        assert "What does not meet the rules today" in html
        assert "Signed before, no longer used" in html
