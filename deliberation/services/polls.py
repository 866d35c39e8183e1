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
from moderation import sanitize
from moderation.models import Policy
from moderation.refusals import Refusal

LONGEST_REASON = 500


class ToldOtherwise(Refusal):
    """People were told another moment, and nobody said why it is not kept."""


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
    What was ended by hand stays ended, unless a closing date is given where none was.
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
    if poll.ended_at and (poll.ended_because or closes_at is None):
        close(poll=poll, now=poll.ended_at)
    statements.set_seeds(poll=poll, texts=seeds, language=language, now=now)
    return poll


def end(*, poll: Poll, reason: str = "", now: datetime) -> Poll:
    """Close the poll now, whatever its page says later.

    Raises ToldOtherwise without a `reason` where people may count on a later moment;
    the reason then stands with the poll in public.
    """
    reason = sanitize.clean_text(reason).strip()[:LONGEST_REASON]
    was_open = poll.stage_at(now) is Stage.OPEN
    told = poll.closes_at if was_open else None
    if told and not reason:
        raise ToldOtherwise(
            _(
                "People were told that they can vote until %s. Please say why it closes "
                "before; they read that with the poll."
            )
            % date_format(timezone.localtime(told), "DATETIME_FORMAT")
        )
    close(poll=poll, now=now)
    # What had not begun is announced again when its page is.
    poll.ended_at, poll.ended_because = (
        now if was_open else None,
        reason if told else "",
    )
    poll.save(update_fields=["ended_at", "ended_because"])
    return poll


def close(*, poll: Poll, now: datetime) -> Poll:
    """End the poll now, unless it has ended already."""
    if poll.closes_at is None or poll.closes_at > now:
        if poll.opens_at and poll.opens_at >= now:
            poll.opens_at = None
        poll.closes_at = now
        poll.save(update_fields=["opens_at", "closes_at"])
    return poll
