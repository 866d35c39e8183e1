"""The checklist beside the editor: what stands in the way, and signing for it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from forum.models import ConsultationPage, Dismissal, Waiver
from forum.queries import publishing
from tests.forum.gate.pages import draft, minds
from tests.forum.gate.signing import REASON, person, the_finding
from tests.forum.streams import form_of

pytestmark = pytest.mark.django_db


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
