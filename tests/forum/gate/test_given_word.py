"""CON-12 and CON-13 on every way: what people were told, or answered to, stays."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from forum.models import ConsultationPage
from forum.services.publishing import NotReady
from tests.factories.deliberation import CommentFactory
from tests.factories.forum import forum_index
from tests.forum.gate.access import V3, RefusedByApi, account, token
from tests.forum.gate.pages import OTHERS, consultation, minds
from tests.forum.streams import form_of

pytestmark = pytest.mark.django_db

ASKED = "Which buses?"
CHANGES = {
    "CON-12": lambda page: {"closes_at": page.closes_at - timedelta(days=3)},
    "CON-13": lambda page: {"poll_question": "Which trams?"},
}


@pytest.fixture
def asked():
    """Return a page that opened yesterday, and that somebody has commented on."""
    off = [each for each in (*OTHERS, "CON-08") if each not in CHANGES]
    minds(off=off, options={})
    page = consultation(
        opens_at=timezone.now() - timedelta(days=1), poll_question=ASKED
    )
    forum_index().add_child(instance=page)
    page.save_revision().publish()
    CommentFactory(discussion=page.discussions.get())
    return ConsultationPage.objects.get(pk=page.pk)


def changed(page, changes):
    for name, value in changes.items():
        setattr(page, name, value)
    return page


def by_saving(page, changes, client):
    changed(page, changes).save()


def by_saving_one_column(page, changes, client):
    changed(page, changes).save(update_fields=list(changes), clean=False)


def by_a_revision(page, changes, client):
    changed(page, changes).save_revision().publish()


def by_the_editor(page, changes, client):
    client.force_login(account())
    path = reverse("wagtailadmin_pages:edit", args=[page.pk])
    written = {
        name: value if isinstance(value, str) else f"{value:%Y-%m-%d %H:%M}"
        for name, value in changes.items()
    }
    client.post(path, form_of(client, path) | written | {"action-publish": "1"})


def by_bulk_action(page, changes, client):
    changed(page, changes).save_revision()
    client.force_login(account())
    path = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{path}?id={page.pk}", {"include_descendants": ""})


def by_workflow(page, changes, client):
    person = account()
    changed(page, changes).save_revision()
    workflow = Workflow.objects.create(name="Two pairs of eyes")
    task = GroupApprovalTask.objects.create(name="Second pair")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    state = workflow.start(page, person)
    client.force_login(person)
    path = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[page.pk, "approve", state.current_task_state.pk],
    )
    client.post(path)


def by_schedule(page, changes, client):
    revision = changed(page, changes).save_revision()
    page.revisions.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )
    call_command("publish_scheduled")


def by_revert(page, changes, client):
    older = changed(page, changes).save_revision()
    older.publish(previous_revision=older)


def by_the_api(page, changes, client):
    written = {
        name: value if isinstance(value, str) else value.isoformat()
        for name, value in changes.items()
    }
    answer = client.patch(
        f"{V3}{page.pk}/",
        {**written, "meta": {"action": "publish"}},
        content_type="application/json",
        headers=token(),
    )
    if answer.status_code == 422:
        raise RefusedByApi(answer)


def by_taking_it_down_first(page, changes, client):
    page.unpublish()
    taken_down = ConsultationPage.objects.get(pk=page.pk)
    # The editor stores the row itself while a page is not public.
    changed(taken_down, changes).save()
    taken_down.save_revision().publish()


def by_letting_it_expire_first(page, changes, client):
    ConsultationPage.objects.filter(pk=page.pk).update(
        expire_at=timezone.now() - timedelta(minutes=1)
    )
    call_command("publish_scheduled")
    expired = ConsultationPage.objects.get(pk=page.pk)
    assert not expired.live
    expired.expire_at = None
    changed(expired, changes).save_revision().publish()


WAYS = [
    by_saving,
    by_saving_one_column,
    by_a_revision,
    by_the_editor,
    by_bulk_action,
    by_workflow,
    by_schedule,
    by_revert,
    by_the_api,
]
# Ways that lead through a time in which the page is not public.
WAYS_AROUND = [by_taking_it_down_first, by_letting_it_expire_first]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("rule", CHANGES)
class TestGivenWord:
    @pytest.mark.slow
    def test_is_kept(self, asked, rule, way, client):
        told = asked.closes_at
        try:
            way(asked, CHANGES[rule](asked), client)
        except (NotReady, RefusedByApi) as refusal:
            assert rule in str(refusal) or isinstance(refusal, RefusedByApi)
        public = ConsultationPage.objects.get(pk=asked.pk)
        assert (public.poll_question, public.closes_at) == (ASKED, told)
        assert public.live
        assert public.polls.get().closes_at == told


@pytest.mark.parametrize("way", WAYS_AROUND, ids=lambda way: way.__name__)
@pytest.mark.parametrize("rule", CHANGES)
class TestGivenWordOfWhatWasTakenDown:
    def test_is_kept_when_it_appears_again(self, asked, rule, way, client):
        with pytest.raises(NotReady, match=rule):
            way(asked, CHANGES[rule](asked), client)
        assert not ConsultationPage.objects.get(pk=asked.pk).live


class TestWhatWasTakenDown:
    def test_may_appear_again_as_it_was(self, asked):
        asked.unpublish()
        again = ConsultationPage.objects.get(pk=asked.pk)
        again.save_revision().publish()
        assert ConsultationPage.objects.get(pk=asked.pk).live

    def test_may_open_later_than_it_did(self, asked):
        asked.unpublish()
        again = ConsultationPage.objects.get(pk=asked.pk)
        again.opens_at = timezone.now() + timedelta(days=2)
        again.save_revision().publish()
        assert ConsultationPage.objects.get(pk=asked.pk).live


class TestTheDiscussion:
    def test_cannot_be_taken_away_while_it_is_open(self, asked):
        asked.has_discussion = False
        with pytest.raises(NotReady, match="CON-12"):
            asked.save_revision().publish()
        assert asked.discussions.get().closes_at == asked.closes_at
