"""Every way to the public × every severity: none leads around the gate."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    APIToken,
    GroupApprovalTask,
    Locale,
    Page,
    Workflow,
    WorkflowTask,
)
from wagtail.test.utils.form_data import (
    nested_form_data,
    querydict_from_html,
    streamfield,
)

from forum.models import ConsultationPage, PublishingPolicy, Withholding
from forum.services.publishing import NotReady
from tests.factories.forum import ask_nothing_of_pages, forum_index
from tests.factories.moderation import AccountFactory
from tests.forum.gate.pages import (
    consultation,
    draft,
    is_public,
    mended,
    minds,
)
from tests.forum.streams import STREAMS

pytestmark = pytest.mark.django_db

REFUSED = ("block", "warn")
PASSED = ("hint", "auto")
V3 = "/api/v3-preview/pages/"


def account(*groups):
    person = AccountFactory(is_superuser=not groups)
    person.groups.set(Group.objects.filter(name__in=groups))
    return person


def form_of(client, path):
    form = querydict_from_html(client.get(path).text, form_id="page-edit-form")
    return form.dict() | nested_form_data({n: streamfield([]) for n in STREAMS})


def token():
    _stored, text = APIToken.create_token(user=account(), name="A city's program")
    return {"Authorization": f"Bearer {text}"}


# Each of these tries to make a page public that the rule has a word on, and returns it.


def by_add_child(client):
    page = consultation()
    return forum_index().add_child(instance=page)


def by_saving(client):
    page = draft()
    page.live = True
    page.save()
    return page


def by_saving_it_as_any_page(client):
    page = Page.objects.get(pk=draft().pk)
    page.live = True
    page.save()
    return page


def by_saving_one_column(client):
    page = draft()
    page.live = True
    page.save(update_fields=["live"], clean=False)
    return page


def by_publishing_a_revision(client):
    page = draft()
    page.get_latest_revision().publish()
    return page


def by_page_publish(client):
    page = draft()
    page.publish(page.get_latest_revision())
    return page


def by_the_editor(client):
    client.force_login(account())
    page = draft()
    path = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.post(path, form_of(client, path) | {"action-publish": "1"})
    return page


def by_the_editor_of_a_new_page(client):
    client.force_login(account())
    path = reverse(
        "wagtailadmin_pages:add",
        args=["forum", "consultationpage", forum_index().pk],
    )
    form = form_of(client, path) | {
        "title": "Night buses",
        "slug": "night-buses",
        "summary": "Which?",
        "opens_at": "2099-01-01 08:00",
        "closes_at": "2099-06-01 08:00",
        "contact_phone": "01632 960142",
        "action-publish": "1",
    }
    client.post(path, form)
    return ConsultationPage.objects.get(slug="night-buses")


def by_bulk_action(client):
    client.force_login(account())
    page = draft()
    path = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{path}?id={page.pk}", {"include_descendants": ""})
    return page


def by_bulk_action_on_the_list_above(client):
    client.force_login(account())
    page, index = draft(), forum_index()
    path = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{path}?id={index.pk}", {"include_descendants": "on"})
    return page


def by_workflow(client):
    person = account()
    page = draft()
    workflow = Workflow.objects.create(name="Two pairs of eyes")
    task = GroupApprovalTask.objects.create(name="Second pair")
    task.groups.set(Group.objects.filter(name="Editors"))
    WorkflowTask.objects.create(workflow=workflow, task=task)
    state = workflow.start(page, person)
    client.force_login(person)
    path = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[page.pk, "approve", state.current_task_state.pk],
    )
    client.post(path)
    state.refresh_from_db()
    assert state.status == ("approved" if is_public(page) else "in_progress")
    return page


def by_schedule(client):
    page = draft(go_live_at=timezone.now() + timedelta(hours=1))
    page.get_latest_revision().publish()
    page.revisions.update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    revision = page.get_latest_revision()
    revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    revision.save(update_fields=["content"])
    call_command("publish_scheduled")
    return page


def by_copying_what_is_public(client):
    page = public_before_the_rule()
    return page.copy(update_attrs={"slug": "copy", "title": "Copy"}, keep_live=True)


def by_an_alias(client):
    return public_before_the_rule().create_alias(update_slug="alias")


def by_a_translated_alias(client):
    page = public_before_the_rule()
    french, _made = Locale.objects.get_or_create(language_code="fr")
    forum_index().copy_for_translation(french, copy_parents=True, alias=True)
    return page.copy_for_translation(french, alias=True)


def by_revert(client):
    page = public_before_the_rule(other_ways="On paper.")
    old = draft_revision_without(page)
    old.publish(previous_revision=old)
    page.refresh_from_db()
    return page


def by_the_api(client):
    data = {
        "meta": {
            "type": "forum.ConsultationPage",
            "parent_id": forum_index().pk,
            "action": "publish",
        },
        "title": "Night buses",
        "slug": "night-buses",
        "summary": "Which?",
        "opens_at": "2099-01-01T08:00:00Z",
        "closes_at": "2099-06-01T08:00:00Z",
        "contact_phone": "01632 960142",
    }
    answer = client.post(V3, data, content_type="application/json", headers=token())
    if answer.status_code == 422:
        raise RefusedByApi(answer)
    return ConsultationPage.objects.get(slug="night-buses")


def by_a_change_over_the_api(client):
    page = draft()
    answer = client.patch(
        f"{V3}{page.pk}/",
        {"title": "Buses at night", "meta": {"action": "publish"}},
        content_type="application/json",
        headers=token(),
    )
    if answer.status_code == 422:
        assert not is_public(page)
        raise RefusedByApi(answer)
    return page


def by_the_publish_action_of_the_api(client):
    page = draft()
    answer = client.post(f"{V3}{page.pk}/actions/publish/", headers=token())
    if answer.status_code == 422:
        assert not is_public(page)
        raise RefusedByApi(answer)
    return page


class RefusedByApi(Exception):
    """The API said no."""


def public_before_the_rule(**fields):
    """Return a page that became public while nobody minded."""
    policy = PublishingPolicy.objects.get()
    kept = policy.off
    PublishingPolicy.objects.update(off=[*kept, "CON-08"])
    page = consultation(**fields)
    forum_index().add_child(instance=page)
    page.save_revision().publish()
    PublishingPolicy.objects.update(off=kept)
    return page


def draft_revision_without(page):
    page = ConsultationPage.objects.get(pk=page.pk)
    page.other_ways = ""
    return page.save_revision()


# Ways that raise where they are called, and ways that answer a person.
IN_CODE = [
    by_add_child,
    by_saving,
    by_saving_it_as_any_page,
    by_saving_one_column,
    by_publishing_a_revision,
    by_page_publish,
    by_copying_what_is_public,
    by_an_alias,
    by_a_translated_alias,
    by_the_api,
    by_a_change_over_the_api,
    by_the_publish_action_of_the_api,
]
IN_THE_ADMIN = [
    by_the_editor,
    by_the_editor_of_a_new_page,
    by_bulk_action,
    by_bulk_action_on_the_list_above,
    by_workflow,
]
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
