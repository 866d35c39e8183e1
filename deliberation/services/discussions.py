"""Discussions open and close with their page."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from deliberation.choices import Stage
from deliberation.models import Discussion, OpenWindow, Theme
from moderation.models import Policy
from moderation.refusals import Refusal, Why


class Closed(Refusal):
    """The discussion or poll does not take contributions at this moment."""

    why = Why.CLOSED


@transaction.atomic
def open_on(
    *,
    page: Page,
    title: str,
    opens_at: datetime | None,
    closes_at: datetime | None,
    policy: Policy | None = None,
    section: str = "",
    themes: Sequence[Theme] = (),
) -> Discussion:
    """Return the page's discussion with this title and these dates; make it if new.

    A theme that is not among these any more is offered no more, but stays with the
    comments that have it.
    """
    discussion, _made = Discussion.objects.update_or_create(
        page_id=page.pk,
        section=section,
        defaults={
            "title": title,
            "opens_at": opens_at,
            "closes_at": closes_at,
            "policy": policy,
        },
    )
    known = [*themes, *_still_used(discussion, {theme.key for theme in themes})]
    if tuple(known) != discussion.themes:
        discussion.set_themes(known)
        discussion.save(update_fields=["theme_list"])
    return discussion


def _still_used(discussion: Discussion, offered: set[str]) -> list[Theme]:
    former = [each for each in discussion.themes if each.key not in offered]
    used = set(
        discussion.comments.filter(theme__in=[each.key for each in former])
        .order_by()
        .values_list("theme", flat=True)
        .distinct()
        if former
        else ()
    )
    return [replace(each, is_offered=False) for each in former if each.key in used]


def close(*, discussion: Discussion, now: datetime) -> Discussion:
    """End a discussion at this moment, unless it has ended already."""
    if discussion.stage_at(now) in {Stage.CLOSED, Stage.ANSWERED}:
        return discussion
    discussion.closes_at = now
    if discussion.opens_at and discussion.opens_at >= now:
        discussion.opens_at = None
    discussion.save(update_fields=["opens_at", "closes_at"])
    return discussion


def require_open(window: OpenWindow, *, now: datetime, text: str = "") -> None:
    """Raise Closed, in words and with the person's text, unless the window is open."""
    stage = window.stage_at(now)
    if stage.accepts_contributions:
        return
    if stage is Stage.ANNOUNCED:
        raise Closed(
            _("This opens on %(moment)s. Please come back then.")
            % {"moment": _spoken(window.opens_at)},
            text=text,
        )
    raise Closed(
        _("This closed on %(moment)s and takes nothing new.")
        % {"moment": _spoken(window.closes_at)},
        text=text,
    )


def _spoken(moment: datetime | None) -> str:
    return formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT")
