"""Every way to the public × every severity: none leads around the gate."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from forum.models import ConsultationPage, Withholding
from forum.services.publishing import NotReady
from tests.factories.forum import ask_nothing_of_pages
from tests.factories.moderation import AccountFactory
from tests.forum.gate.access import V3, RefusedByApi, token
from tests.forum.gate.pages import draft, is_public, mended, minds
from tests.forum.gate.ways import (
    IN_CODE,
    by_revert,
    by_schedule,
    public_before_the_rule,
)
from tests.forum.gate.ways_in_admin import IN_THE_ADMIN

pytestmark = pytest.mark.django_db

REFUSED = ("block", "warn")
PASSED = ("hint", "auto")
names = {"ids": lambda value: getattr(value, "__name__", str(value))}


class TestGate:
    @pytest.mark.parametrize("severity", REFUSED)
    @pytest.mark.parametrize("way", IN_CODE, **names)
    def test_refuses_in_code_and_api(self, client, way, severity):
        minds(severity)
        with pytest.raises((NotReady, RefusedByApi)):
            way(client)
        assert (
            not ConsultationPage.objects.live()
            .filter(slug__in=["copy", "alias"])
            .exists()
        )

    @pytest.mark.parametrize("severity", REFUSED)
    @pytest.mark.parametrize("way", IN_THE_ADMIN, **names)
    @pytest.mark.slow
    def test_refuses_in_the_admin_and_keeps_the_draft(self, client, way, severity):
        minds(severity)
        page = way(client)
        assert not is_public(page)
        assert page.get_latest_revision()
        shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
        assert "is not published yet; your draft is kept" in shown
        assert "contentpath=other_ways" in shown

    @pytest.mark.parametrize("severity", PASSED)
    @pytest.mark.parametrize("way", [*IN_CODE, *IN_THE_ADMIN, by_schedule], **names)
    @pytest.mark.slow
    def test_lets_pass_what_is_only_said(self, client, way, severity):
        minds(severity)
        assert is_public(way(client))

    @pytest.mark.parametrize("severity", REFUSED)
    def test_keeps_what_is_public_when_an_older_version_is_published(
        self, client, severity
    ):
        minds(severity)
        with pytest.raises(NotReady):
            by_revert(client)
        assert ConsultationPage.objects.get().other_ways == "On paper."

    def test_lets_drafts_be_saved(self):
        minds()
        page = draft()
        page.title = "Another title"
        page.save()
        page.save_revision()
        assert not is_public(page)

    def test_lets_a_public_page_be_stored_as_it_is(self):
        minds()
        page = public_before_the_rule()
        page.locked = True
        page.save()
        page.unpublish()
        assert not is_public(page)

    def test_refuses_a_change_of_a_public_page(self):
        minds()
        page = public_before_the_rule()
        page.title = "Another title"
        with pytest.raises(NotReady):
            page.save()

    def test_lets_a_mended_page_through(self):
        minds()
        page = mended(draft())
        page.save_revision().publish()
        assert is_public(page)

    def test_follows_to_the_aliases_of_a_page(self):
        minds()
        page = public_before_the_rule(other_ways="On paper.")
        alias = page.create_alias(update_slug="alias")
        page.other_ways = ""
        with pytest.raises(NotReady):
            page.save_revision().publish()
        alias.refresh_from_db()
        assert alias.other_ways == "On paper."


class TestSchedule:
    @pytest.fixture
    def waiting(self):
        """Return a page that was in order when it was scheduled."""
        ask_nothing_of_pages()
        page = draft(
            owner=AccountFactory(email="owner@town.example"),
            go_live_at=timezone.now() + timedelta(hours=1),
        )
        page.get_latest_revision().publish()
        page.revisions.update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
        return page

    @pytest.mark.parametrize("severity", REFUSED)
    def test_is_refused_at_once_for_what_is_wrong_now(self, severity):
        minds(severity)
        page = draft(go_live_at=timezone.now() + timedelta(hours=1))
        with pytest.raises(NotReady):
            page.get_latest_revision().publish()
        assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()

    @pytest.mark.parametrize("severity", REFUSED)
    def test_stops_what_came_to_be_wrong_and_tells_the_owner(
        self, client, waiting, severity, django_capture_on_commit_callbacks
    ):
        minds(severity)
        with django_capture_on_commit_callbacks(execute=True):
            call_command("publish_scheduled")
            call_command("publish_scheduled")
        assert not is_public(waiting)
        (letter,) = mail.outbox
        assert letter.to == ["owner@town.example"]
        assert "answer without this website" in letter.body
        assert reverse("forum_admin:ready", args=[waiting.pk]) in letter.body
        waiting.owner.groups.set(Group.objects.filter(name="Editors"))
        client.force_login(waiting.owner)
        assert "Not published: <bdi>Night buses</bdi>" in client.get("/cms/").text
        mended(waiting).go_live_at = None
        waiting.save_revision().publish()
        assert is_public(waiting)
        assert not Withholding.objects.exists()

    def test_lets_the_others_appear(self, waiting):
        minds()
        other = mended(draft(slug="other", title="Other"))
        other.save_revision()
        other.revisions.update(approved_go_live_at=timezone.now() - timedelta(hours=1))
        call_command("publish_scheduled")
        assert ConsultationPage.objects.get(pk=other.pk).live
        assert not is_public(waiting)


class TestApi:
    def test_answers_with_the_findings(self, client):
        minds()
        page = draft()
        answer = client.post(f"{V3}{page.pk}/actions/publish/", headers=token())
        assert answer.status_code == 422
        assert answer["Content-Type"] == "application/problem+json"
        (error,) = answer.json()["errors"]
        assert error["type"] == "CON-08"
        assert error["loc"] == ["other_ways"]
        assert error["msg"]
        assert error["mend"]
        assert error["may_be_waived"] is False
