"""Pages that are public, with dates around today."""

from datetime import timedelta

from django.utils import timezone

from tests.factories.forum import ConsultationFactory

DAY = timedelta(days=1)


def published(factory=ConsultationFactory, *, opens=-7, closes=14, **fields):
    """Return a page that is published through Wagtail, with dates around today."""
    now = timezone.now()
    page = factory(opens_at=now + opens * DAY, closes_at=now + closes * DAY, **fields)
    page.save_revision().publish()
    return page
