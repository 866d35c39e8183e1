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
            live=False,
        )
    )
    page.save_revision().publish()
    return page


def main() -> None:
    """Post a comment to the consultation's discussion and find it in its page."""
    page = publish_consultation()
    (discussion,) = page.discussions.all()
    client = Client()
    client.force_login(get_user_model().objects.create_user("resident"))
    posted = client.post(
        f"/api/v1/discussions/{discussion.pk}/comments",
        {"text": ANSWER, "agreed": True},
        content_type="application/json",
    )
    assert posted.status_code in (201, 202), posted.content
    shown = client.get(page.url)
    assert shown.status_code == 200, shown.content
    text = shown.content.decode()
    assert QUESTION in text
    assert ANSWER in text
    assert client.get(page.get_parent().url).status_code == 200
    print("served by", forum.__file__)  # noqa: T201


if __name__ == "__main__":
    with override_settings(ALLOWED_HOSTS=["*"]):
        main()
