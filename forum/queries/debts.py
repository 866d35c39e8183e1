"""What a city owes by a day: its answer, the agenda, minutes, a recording."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from forum.models import HearingMixin
from forum.queries.page_view import hearings, kind_of, usual_type
from forum.queries.policies import policy_for
from moderation.rules.pages import Kind, PageRule, PageView
from moderation.rules.pages.answers import Due, outcome_due, outcome_state
from moderation.rules.pages.hearing_notice import (
    agenda_due,
    agenda_state,
    papers_due,
    papers_state,
)
from moderation.rules.pages.policy import PagePolicy


@dataclass(frozen=True)
class Debt:
    """Something that is owed by a day."""

    what: str
    name: str
    due: date
    state: Due
    time_zone: str

    @property
    def words(self) -> str:
        """Return how it stands."""
        return {
            Due.NOT_YET: _("not due yet"),
            Due.WAITING: _("due"),
            Due.KEPT: _("in time"),
            Due.LATE: _("came late"),
            Due.OVERDUE: _("overdue"),
        }[self.state]

    @property
    def is_bad(self) -> bool:
        """Say whether the city broke its word."""
        return self.state in {Due.LATE, Due.OVERDUE}

    @property
    def is_open(self) -> bool:
        """Say whether it is still to come."""
        return self.state in {Due.NOT_YET, Due.WAITING, Due.OVERDUE}


def of_page(
    page: Any, *, now: datetime, policy: PagePolicy | None = None
) -> list[Debt]:
    """Return what is owed on a page, reading its dates and nothing else of it.

    Whoever asks for many pages gives the `policy` of each.
    """
    policy = policy or policy_for(page)
    view = PageView(
        title=page.title,
        now=now,
        kind=kind_of(page),
        process_type=page.process_type or usual_type(page),
        time_zone=settings.TIME_ZONE,
        closes_at=page.closes_at,
        answered_at=page.answered_at,
    )
    if isinstance(page, HearingMixin):
        view = hearings.with_papers(view, page)
    return of_view(view, policy.rules_for(view.process_type))


def of_view(view: PageView, rules: tuple[PageRule, ...]) -> list[Debt]:
    """Return what is owed on a page as the rules see it."""
    running = {rule.id: rule for rule in rules}
    return [
        Debt(what=what, name=name, due=due, state=state, time_zone=view.time_zone)
        for what, name, due, state in _owed(view, running)
        if due
    ]


def _owed(
    view: PageView, rules: dict[str, Any]
) -> Iterator[tuple[str, str, date | None, Due]]:
    if outcome := rules.get("CON-14"):
        due = outcome_due(view, days=outcome.days)
        state = outcome_state(view, days=outcome.days)
        yield "outcome", _("The city's answer"), due, state
    if view.kind is not Kind.HEARING:
        return
    if agenda := rules.get("HEA-02"):
        due = agenda_due(view, agenda)
        yield "agenda", _("The agenda"), due, agenda_state(view, due)
    if papers := rules.get("HEA-08"):
        due, days = papers_due(view, days=papers.days), papers.days
        state = papers_state(view, view.minutes_published_at, days=days)
        yield "minutes", _("The minutes"), due, state
        if view.recording:
            state = papers_state(view, view.recording_published_at, days=days)
            yield "recording", _("The recording"), due, state
