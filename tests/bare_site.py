"""Run by test_packaging inside a bare Wagtail site: ask, answer, and read both."""

from datetime import timedelta

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Site  # noqa: E402

import forum  # noqa: E402
from forum.models import (  # noqa: E402
    ConsultationPage,
    ForumIndexPage,
    PublishingPolicy,
)
from moderation.rules.pages import registry  # noqa: E402

QUESTION = "What should become of the market square?"
ANSWER = "Benches in the shade, please."


def publish_consultation() -> ConsultationPage:
    """Publish a consultation below the site's own home page, as an editor would."""
    now = timezone.now()
    # What the rules ask of a page is tried elsewhere.
    PublishingPolicy.objects.create(site=None, off=list(registry.names()))
    home = Site.objects.get(is_default_site=True).root_page
    index = home.add_child(instance=ForumIndexPage(title="Have your say"))
    page = index.add_child(
        instance=ConsultationPage(
            title="Market square",
            summary=QUESTION,
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=30),
            poll_question="What should stand there?",
            poll_statements="Benches in the shade.\nA drinking fountain.",
            live=False,
        )
    )
    page.save_revision().publish()
    return page


def visit(client: Client, *paths: str) -> str:
    """Open each path, let none of them fail, and return what the last one shows."""
    shown = ""
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        shown = answer.content.decode() if not answer.streaming else ""
    return shown


def main() -> None:
    """Take part as a resident, read as a stranger, look after it as an administrator."""
    page = publish_consultation()
    discussion, poll = page.discussions.get(), page.polls.get()
    resident = Client()
    resident.force_login(get_user_model().objects.create_user("resident"))
    posted = resident.post(
        f"/api/v1/discussions/{discussion.pk}/comments",
        {"text": ANSWER, "agreed": True},
        content_type="application/json",
    )
    assert posted.status_code in (201, 202), posted.content
    comment = posted.json()["id"]
    for statement in poll.statements.all():
        voted = resident.put(
            f"/api/v1/statements/{statement.pk}/vote",
            {"stance": "agree"},
            content_type="application/json",
        )
        assert voted.status_code == 200, voted.content
    visit(resident, f"/comments/{comment}/edit/", f"/comments/{comment}/reply/", "/me/")
    visit(resident, f"/polls/{poll.pk}/results/")

    stranger = Client()
    shown = visit(stranger, page.get_parent().url, page.url)
    assert QUESTION in shown
    assert ANSWER in shown
    visit(
        stranger,
        f"/discussions/{discussion.pk}/",
        f"/discussions/{discussion.pk}/feed/",
        f"/discussions/{discussion.pk}/figures/",
        f"/comments/{comment}/",
        f"/moderation/flag/comment/{comment}/",
        f"/polls/{poll.pk}/",
        f"/calendar/{page.pk}.ics",
        f"/rules/pages/{page.pk}/",
        "/rules/",
        "/accessibility/",
        "/feeds/consultations.atom",
        "/moderation/register/",
        "/moderation/report/",
        "/api/v1/docs",
    )

    desk = Client()
    desk.force_login(get_user_model().objects.create_superuser("admin"))
    visit(
        desk,
        "/admin/",
        "/admin/consultations/",
        "/admin/moderation/",
        f"/admin/moderation/items/comment/{comment}/",
        "/admin/moderation/appeals/",
        "/admin/polls/",
        f"/admin/pages/{page.pk}/edit/",
    )
    print("served by", forum.__file__)  # noqa: T201


if __name__ == "__main__":
    with override_settings(ALLOWED_HOSTS=["*"]):
        main()
