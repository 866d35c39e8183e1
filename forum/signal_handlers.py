"""What the forum does when it hears of something."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Revision

from forum import services
from forum.models import ParticipationMixin
from forum.queries import page_view, publishing
from forum.services import publishing as gate
from forum.services import stages


def page_was_published(*, instance: Any, **_details: Any) -> None:
    """Open what a published consultation or hearing offers."""
    if isinstance(instance, ParticipationMixin):
        now = timezone.now()
        services.open_page(page=instance, now=now)
        gate.page_is_public(page=instance, now=now)
        stages.settle_citations(instance, now=now)
        stages.announce(instance, now=now)


def pages_reach_stages(*, now: datetime, **_details: Any) -> None:
    """Tell of whatever time alone has brought about."""
    stages.announce_due(now=now)


def page_is_stored(
    *,
    instance: Any,
    raw: bool = False,
    update_fields: Any = None,
    **_details: Any,
) -> None:
    """Let no page become public, or change in public, that is not ready.

    Every way to the public ends here: editors, workflows, schedules, aliases, copies,
    the API and scripts store a page that is live.
    """
    page = None if raw else publishing.judged(instance)
    if page is None:
        return
    if not page.live:
        gate.remember_what_was_told(page=page)
    elif update_fields is None or any(map(_matters, update_fields)):
        gate.let_through(page=page, now=timezone.now())


def _matters(field: str) -> bool:
    return field == "live" or page_view.is_content(field)


def page_will_move(*, instance: Page, parent_page_after: Page, **_details: Any) -> None:
    """Let no public page move to where it could not have been published."""
    gate.let_move(page=instance, to=parent_page_after, now=timezone.now())


def revision_is_stored(
    *, instance: Revision, raw: bool = False, **_details: Any
) -> None:
    """Let no revision wait for its publication that could not be published then."""
    if not raw and instance.approved_go_live_at:
        gate.let_be_scheduled(revision=instance, now=timezone.now())
