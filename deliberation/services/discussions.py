"""Discussions open and close with their page."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from deliberation.choices import Stage
from deliberation.models import CommentVersion, Discussion, OpenWindow, Theme
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
    comments that have it. Where it is on the list again by another key, these go over
    to that one.
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
    known = [*themes, *_give_over(discussion, themes)]
    if tuple(known) != discussion.themes:
        discussion.set_themes(known)
        discussion.save(update_fields=["theme_list"])
    return discussion


def _give_over(discussion: Discussion, offered: Sequence[Theme]) -> list[Theme]:
    """Take comments along to a theme that is listed anew; return the rest still used."""
    keys = {theme.key for theme in offered}
    named = {theme.name.casefold(): theme.key for theme in offered}
    rest = []
    for former in discussion.themes:
        if former.key in keys:
            continue
        using = (
            discussion.comments.filter(theme=former.key),
            CommentVersion.objects.filter(
                comment__discussion=discussion, theme=former.key
            ),
        )
        again = named.get(former.name.casefold())
        if again:
            for each in using:
                each.update(theme=again)
        elif any(each.exists() for each in using):
            rest.append(replace(former, is_offered=False))
    return rest


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
