"""Reporters whose reports keep proving unfounded: warned first, then limited."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from moderation.models import Decision, Flag, Notice, Participant
from moderation.queries import reporters
from moderation.services import notices

# So many unfounded reports in half a year, and more than half of all, make a
# warning; as many again after it make a limit.
MANY = 5
LOOKED_BACK = timedelta(days=183)
LIMITED_TO = 3


def review(*, answered: Iterable[Flag], decision: Decision) -> None:
    """Warn those whose reports have proved unfounded too often by now."""
    people = {flag.reporter_id: flag.reporter for flag in answered if flag.reporter}
    since = decision.created_at - LOOKED_BACK
    known = reporters.records(people, since=since)  # type: ignore[arg-type]
    for pk, record in known.items():
        person = people[pk]
        if person and is_careless(record) and person.reports_warned_at is None:
            _warn(person, decision)


def is_careless(record: reporters.Record) -> bool:
    """Say whether reports prove unfounded many times, and more often than not."""
    return record.unfounded >= MANY and record.unfounded > record.founded


def is_limited(person: Participant, *, now: datetime) -> bool:
    """Say whether somebody went on as before after having been warned."""
    if person.reports_warned_at is None:
        return False
    since = max(person.reports_warned_at, now - LOOKED_BACK)
    known = reporters.records([person.pk], since=since)
    return is_careless(known.get(person.pk, reporters.Record()))


def _warn(person: Participant, decision: Decision) -> None:
    person.reports_warned_at = decision.created_at
    person.save(update_fields=["reports_warned_at"])
    with notices.language_of(person):
        Notice.objects.create(
            participant=person,
            title=_("Many of your reports proved unfounded"),
            body=_(
                "Moderators read every report. %(many)d of yours were about "
                "contributions that keep to the rules. Please report only what breaks "
                "one. If it goes on, you can report %(most)d contributions a day."
            )
            % {"many": MANY, "most": LIMITED_TO},
            path=reverse("moderation:trust"),
            created_at=decision.created_at,
        )
