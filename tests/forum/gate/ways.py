"""Ways to make a page public that raise where they are called, in code and API.

Each tries it with a page that the rule has a word on, and returns that page.
"""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale, Page

from forum.models import ConsultationPage, PublishingPolicy
from tests.factories.forum import forum_index
from tests.forum.gate.access import V3, RefusedByApi, token
from tests.forum.gate.pages import consultation, draft, is_public


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
