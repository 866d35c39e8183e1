"""Ways to make a page public that answer a person, in the admin.

Each tries it with a page that the rule has a word on, and returns that page.
"""

from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from forum.models import ConsultationPage
from tests.factories.forum import forum_index
from tests.forum.gate.access import account
from tests.forum.gate.pages import draft, is_public
from tests.forum.streams import form_of


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


IN_THE_ADMIN = [
    by_the_editor,
    by_the_editor_of_a_new_page,
    by_bulk_action,
    by_bulk_action_on_the_list_above,
    by_workflow,
]
