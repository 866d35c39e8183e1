"""Open a poll on a page, and bring it up to date when the page changes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from deliberation.choices import ResultsVisibility, Stage
from deliberation.models import Poll
from deliberation.services import statements
from moderation.models import Policy
from moderation.refusals import Refusal, Why


class ToldOtherwise(Refusal):
    """People were told another moment, and may count on it."""

    why = Why.CONFLICT


@transaction.atomic
def open_on(
    *,
    page: Any,
    title: str,
    introduction: str,
    seeds: Sequence[str],
    language: str,
    opens_at: datetime | None,
    closes_at: datetime | None,
    policy: Policy | None = None,
    results: str = ResultsVisibility.AFTER_VOTING,
    section: str = "",
    now: datetime,
) -> Poll:
    """Return the poll of a page's section, made or brought up to date.

    Title, dates and the rest become what is given. Seeds that are new are added;
    seeds no longer given are withdrawn, unless somebody has already voted on them.
    """
    poll, _is_new = Poll.objects.update_or_create(
        page_id=page.pk,
        section=section,
        defaults={
            "title": title,
            "introduction": introduction,
            "opens_at": opens_at,
            "closes_at": closes_at,
            "policy": policy,
            "results": results,
        },
    )
    statements.set_seeds(poll=poll, texts=seeds, language=language, now=now)
    return poll


def close_by_hand(*, poll: Poll, now: datetime) -> Poll:
    """End the poll now; raises ToldOtherwise if people may count on a later moment."""
    if poll.stage_at(now) is Stage.OPEN and poll.closes_at:
        raise ToldOtherwise(
            _("People were told that they can vote until %s.")
            % date_format(timezone.localtime(poll.closes_at), "DATETIME_FORMAT")
        )
    return close(poll=poll, now=now)


def close(*, poll: Poll, now: datetime) -> Poll:
    """End the poll now, unless it has ended already."""
    if poll.closes_at is None or poll.closes_at > now:
        if poll.opens_at and poll.opens_at >= now:
            poll.opens_at = None
        poll.closes_at = now
        poll.save(update_fields=["opens_at", "closes_at"])
    return poll
