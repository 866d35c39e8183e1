"""Who may sign for publishing against a finding, and what a signature holds for."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation

from forum.models import ConsultationPage, Dismissal, PublishingPolicy, Waiver
from forum.queries import publishing
from forum.services import publishing as gate
from tests.factories.moderation import AccountFactory
from tests.forum.gate.pages import OTHERS, draft, is_public, minds
from tests.forum.gate.test_paths import form_of

pytestmark = pytest.mark.django_db
REASON = "The only hall in the village is free on that day alone."


def person(*groups):
    account = AccountFactory()
    account.groups.set(Group.objects.filter(name__in=groups))
    return account


def the_finding(asked):
    (found,) = publishing.judge(asked, now=timezone.now()).in_the_way
    return found


def sign(asked, user=None, **changes):
    if "fingerprint" not in changes:
        changes["fingerprint"] = the_finding(asked).fingerprint
    return gate.sign(
        **{
            "page": asked,
            "reason": REASON,
            "signed_as": "Ines Albrecht, Transport Office",
            "user": user or person("Publishing leads"),
            "now": timezone.now(),
            **changes,
        }
    )


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


class TestPolicy:
    def test_refuses_less_than_the_law_asks(self):
        floor = {"statutory_plan": {"CON-01": {"statutory_days": 10, "days": 10}}}
        with pytest.raises(ValidationError, match="the law asks for 30"):
            PublishingPolicy(preset="de", type_options=floor).full_clean()
        with pytest.raises(ValidationError, match="must block here"):
            PublishingPolicy(preset="de", off=["CON-01"]).full_clean()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"options": {"CON-01": {"days": "many"}}},
            {"options": {"CON-99": {}}},
            {"options": [1]},
            {"options": {"CON-01": 3}},
            {"off": "CON-01"},
            {"off": [1]},
            {"waivable": {"CON-01": 1}},
            {"waivable": ["x"]},
            {"type_options": {"carnival": {}}},
            {"type_options": {"major": []}},
            {"preset": "atlantis"},
        ],
    )
    def test_refuses_what_no_rule_knows_in_words(self, wrong):
        with pytest.raises(ValidationError):
            PublishingPolicy(**wrong).full_clean()

    @pytest.mark.parametrize("preset", ["eu", "uk", "de", "fr", "us", "ph", "ke"])
    @pytest.mark.slow
    def test_begins_with_any_preset(self, preset):
        PublishingPolicy(preset=preset).full_clean()

    def test_differs_between_kinds_of_process(self):
        policy = PublishingPolicy(type_options={"major": {"CON-01": {"days": 90}}})
        days = {
            name: {rule.id: rule for rule in policy.rules().rules_for(name)}
            for name in ("informal", "major")
        }
        assert days["informal"]["CON-01"].days == 42
        assert days["major"]["CON-01"].days == 90

    def test_is_set_row_by_row_and_keeps_what_a_program_set(self, client):
        client.force_login(person("Publishing leads"))
        words = {"words": {"en": ["here"]}}
        policy = minds(off=[], options={"A11Y-06": words}, waivable=None)
        path = reverse("wagtailsnippets_forum_publishingpolicy:edit", args=[policy.pk])
        html = client.get(path).text
        assert "Headings make an outline" in html
        assert "check this" in html
        form = {
            "preset": "eu",
            "A11Y-21-effect": "hint",
            "A11Y-22-effect": "off",
            "CON-01-waivable": "no",
            "CON-02-periods": "12-20/01-06, 07-01/08-15",
            "HEA-08-days": "10",
            "kind-major-CON-01-days": "90",
        }
        assert client.post(path, form).status_code == 302
        policy.refresh_from_db()
        assert policy.off == ["A11Y-22"]
        assert policy.options == {
            "A11Y-06": words,
            "A11Y-21": {"severity": "hint"},
            "CON-02": {"periods": ["12-20/01-06", "07-01/08-15"]},
            "HEA-08": {"days": 10},
        }
        assert policy.type_options == {"major": {"CON-01": {"days": 90}}}
        assert "CON-01" not in policy.rules().waivable
        assert "HEA-01" in policy.rules().waivable
        shown = client.get(path).text
        assert 'name="HEA-08-days" value="10"' in shown

    @pytest.mark.parametrize(
        "wrong",
        [
            {"CON-01-effect": "off"},
            {"kind-statutory_plan-CON-01-statutory_days": "10"},
            {"CON-02-periods": "in summer"},
            {"HEA-08-days": "-1"},
        ],
    )
    @pytest.mark.slow
    def test_refuses_a_row_in_words_and_changes_nothing(self, client, wrong):
        client.force_login(person("Publishing leads"))
        policy = minds(off=[], options={}, waivable=None, preset="de")
        path = reverse("wagtailsnippets_forum_publishingpolicy:edit", args=[policy.pk])
        answer = client.post(path, {"preset": "de", **wrong})
        assert answer.status_code == 200
        assert "error" in answer.text
        policy.refresh_from_db()
        assert (policy.off, policy.options, policy.type_options) == ([], {}, {})

    def test_keeps_its_history(self, client):
        client.force_login(person("Publishing leads"))
        policy = minds()
        path = reverse("wagtailsnippets_forum_publishingpolicy:edit", args=[policy.pk])
        assert client.post(path, {"preset": "uk"}).status_code == 302
        policy.refresh_from_db()
        assert policy.preset == "uk"
        history = reverse(
            "wagtailsnippets_forum_publishingpolicy:history", args=[policy.pk]
        )
        assert "Edited" in client.get(history).text


class TestChecklist:
    @pytest.fixture
    def asked(self):
        minds("block", waivable=["CON-08"])
        return draft()

    def path(self, asked):
        return reverse("forum_admin:ready", args=[asked.pk])

    def test_leads_to_the_field(self, client, asked):
        client.force_login(person("Editors"))
        html = client.get(self.path(asked)).text
        edit = reverse("wagtailadmin_pages:edit", args=[asked.pk])
        assert f'href="{edit}#:w:contentpath=other_ways"' in html
        assert "Sign in public" not in html

    def test_takes_a_signature(self, client, asked):
        client.force_login(person("Publishing leads"))
        form = {
            "fingerprint": the_finding(asked).fingerprint,
            "reason": REASON,
            "signed_as": "I. Albrecht",
        }
        assert client.post(self.path(asked), form).status_code == 302
        html = client.get(self.path(asked)).text
        assert REASON in html
        assert "Nothing stands in the way." in html

    @pytest.mark.parametrize("reason", ["", "short", "x" * 2000, "a\x00" * 30])
    def test_keeps_what_was_typed_when_it_says_no(self, client, asked, reason):
        client.force_login(person("Publishing leads"))
        form = {
            "fingerprint": the_finding(asked).fingerprint,
            "reason": reason,
            "signed_as": "I. Albrecht",
        }
        answer = client.post(self.path(asked), form)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
        assert "I. Albrecht" in answer.text
        assert not Waiver.objects.exists()

    def test_is_for_those_who_may_edit(self, client, asked):
        for groups in ([], ["Moderators"]):
            client.force_login(person(*groups))
            for name in ("ready", "live"):
                path = reverse(f"forum_admin:{name}", args=[asked.pk])
                assert client.get(path).status_code in {302, 403}

    def test_hides_a_hint_from_whoever_dismissed_it(self, client, asked):
        minds("hint")
        editor, other = person("Editors"), person("Editors")
        client.force_login(editor)
        (hint,) = publishing.judge(asked, now=timezone.now()).items
        assert hint.finding.message in client.get(self.path(asked)).text
        path = reverse("forum_admin:dismiss", args=[asked.pk])
        for mark in (hint.fingerprint, "0" * 64, ""):
            client.post(path, {"fingerprint": mark})
        assert Dismissal.objects.count() == 1
        assert hint.finding.message not in client.get(self.path(asked)).text
        client.force_login(other)
        assert hint.finding.message in client.get(self.path(asked)).text

    def test_counts_for_the_panel_beside_the_editor(self, client, asked):
        client.force_login(person("Editors"))
        told = client.get(reverse("forum_admin:live", args=[asked.pk])).text
        assert 'data-count="1"' in told
        assert "(CON-08)" in told
        assert "Other ways to answer" in told
        root = asked.get_parent()
        assert (
            client.get(reverse("forum_admin:live", args=[root.pk])).status_code == 204
        )

    def test_judges_what_is_in_the_form_and_stores_nothing(self, client, asked):
        client.force_login(person("Editors"))
        edit = reverse("wagtailadmin_pages:edit", args=[asked.pk])
        path = reverse("forum_admin:live", args=[asked.pk])
        form = form_of(client, edit)
        told = client.post(path, form | {"other_ways": "On paper."}).text
        assert 'data-count="0"' in told
        told = client.post(path, form | {"opens_at": "nonsense"}).text
        assert 'data-count="1"' in told
        assert client.post(path, {"title": "Half a form"}).status_code == 204
        assert not ConsultationPage.objects.get(pk=asked.pk).other_ways
        assert asked.revisions.count() == 1

    def test_judges_a_page_that_was_never_saved(self, client, asked):
        client.force_login(person("Editors"))
        index = asked.get_parent()
        add = reverse(
            "wagtailadmin_pages:add", args=["forum", "consultationpage", index.pk]
        )
        path = reverse(
            "forum_admin:live_new", args=["forum", "consultationpage", index.pk]
        )
        form = form_of(client, add) | {"title": "Trams", "summary": "Which?"}
        told = client.post(path, form).text
        assert "answer without this website" in told
        assert 'href="#:w:contentpath=other_ways"' in told
        assert ConsultationPage.objects.count() == 1
        client.force_login(person("Moderators"))
        assert client.post(path, form).status_code in {302, 403}

    @pytest.mark.parametrize("policy", ["", "de", "9" * 30, "nonsense", "\x00"])
    def test_tries_another_policy_on_every_page(self, client, asked, policy):
        client.force_login(person("Editors"))
        path = reverse("forum_admin:publishing")
        html = client.get(path, {"policy": policy}).text
        assert "Night buses" in html


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
