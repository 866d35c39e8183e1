"""What editors see of their pages in the admin, and before they are public."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from tests.factories.forum import ConsultationFactory, HearingFactory, forum_index
from tests.factories.moderation import AccountFactory
from tests.forum.pages import published
from tests.forum.streams import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    account = AccountFactory()
    account.groups.add(Group.objects.get(name="Editors"))
    client.force_login(account)
    return client


class TestPreview:
    @pytest.mark.parametrize("factory", [ConsultationFactory, HearingFactory])
    def test_works_for_a_page_that_was_never_published(self, editor, factory):
        page = factory(draft=True)
        page.save_revision()
        answer = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
        assert answer.status_code == 200
        assert "open here when the page is published" in answer.text

    @pytest.mark.parametrize("model", ["consultationpage", "hearingpage"])
    @pytest.mark.slow
    def test_works_before_the_first_save(self, editor, model):
        path = reverse(
            "wagtailadmin_pages:preview_on_add", args=["forum", model, forum_index().pk]
        )
        form = form_of(editor, reverse(
            "wagtailadmin_pages:add", args=["forum", model, forum_index().pk]
        ))  # fmt: skip
        form |= {"title": "Night buses", "slug": "night-buses", "summary": "Which?"}
        assert editor.post(path, form).json() == {
            "is_valid": True,
            "is_available": True,
        }
        answer = editor.get(f"{path}?mode=")
        assert answer.status_code == 200
        assert "Night buses" in answer.text


class TestEditing:
    def test_lists_pages_with_stage_and_dates(self, editor):
        published(title="Trees")
        published(HearingFactory, title="Bridge", opens=3)
        trees = editor.get(reverse("consultations:index")).text
        assert "Trees" in trees
        assert re.search(r"<td[^>]*>\s*Open\s*</td>", trees)
        bridge = editor.get(reverse("hearings:index")).text
        assert re.search(r"<td[^>]*>\s*Announced\s*</td>", bridge)

    @pytest.mark.parametrize("factory", [ConsultationFactory, HearingFactory])
    @pytest.mark.slow
    def test_opens_with_every_tab(self, editor, factory):
        page = factory()
        html = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
        for heading in ("Taking part", "Contact", "Answer", "Promote"):
            assert heading in html

    def test_offers_two_page_types_below_the_list_and_no_other(self):
        allowed = {model.__name__ for model in forum_index().allowed_subpage_models()}
        assert allowed == {"ConsultationPage", "HearingPage"}

    def test_is_not_for_moderators(self, client):
        account = AccountFactory()
        account.groups.add(Group.objects.get(name="Lead moderators"))
        client.force_login(account)
        page = published()
        path = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert client.get(path).status_code == 302
        assert client.get(reverse("wagtailadmin_home")).status_code == 200
