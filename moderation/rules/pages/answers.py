"""What people answered to stays as it was; and they get an answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages.base import Location, PageFinding, PageRule, Severity
from moderation.rules.pages.days import day, later
from moderation.rules.pages.markup import squeeze
from moderation.rules.pages.registry import register
from moderation.rules.pages.view import ASKING, PageView

REMINDERS = (28, 7, 0)


class Due(StrEnum):
    """How something that is owed stands on a day."""

    NOT_YET = "not_yet"  # nothing is owed before the close or the meeting
    WAITING = "waiting"
    KEPT = "kept"
    LATE = "late"  # done, but after its day
    OVERDUE = "overdue"


def due_state(
    *, owed_by: date | None, done_on: date | None, starts: date | None, today: date
) -> Due:
    """Return how a debt stands: owed from `starts` on, by `owed_by`, maybe done."""
    if owed_by is None or starts is None:
        return Due.NOT_YET
    if done_on:
        return Due.KEPT if done_on <= owed_by else Due.LATE
    if today < starts:
        return Due.NOT_YET
    return Due.WAITING if today <= owed_by else Due.OVERDUE


@register
@dataclass(frozen=True, kw_only=True)
class QuestionsStayAsAsked(PageRule):
    """Block changes of questions, options and poll texts after the first answer.

    A dated correction allows them; earlier answers keep the version they were given
    to, which is the caller's part.
    """

    id = "CON-13"
    title = gettext_lazy("After the first answer questions change only by correction")
    why = gettext_lazy(
        "Otherwise people seem to have said yes to what they never read."
    )
    reference = "ONS corrections policy"
    checks = {"changed": (), "removed": ()}

    def check(self, view: PageView) -> Iterable[PageFinding]:
        before = view.published
        if not (before and view.has_answers):
            return
        corrected = {
            each.path
            for each in view.corrections
            if before.at <= each.at <= view.now and each.note.strip()
        }
        for path, text in before.texts.items():
            now = view.texts.get(path)
            if path in corrected or (now is not None and squeeze(now) == squeeze(text)):
                continue
            yield self.finding(
                "removed" if now is None else "changed",
                _("People have answered to these words already."),
                _("Write a dated correction that says what changes and why."),
                at=Location(path=path, quote=text[:120]),
                is_waivable=False,
            )


@register
@dataclass(frozen=True, kw_only=True)
class AnswersAreOwed(PageRule):
    """Say until when the outcome is due, and in public when it is overdue."""

    id = "CON-14"
    title = gettext_lazy("The outcome is published in time")
    why = gettext_lazy(
        "Who never hears what became of their answer does not come back."
    )
    reference = "UK Consultation Principles 2018 (12 weeks); Whitehall"
    checks = {"due": ()}
    applies_to = ASKING

    severity: Severity = Severity.AUTO
    days: int = 84

    def check(self, view: PageView) -> Iterable[PageFinding]:
        owed_by = outcome_due(view, days=self.days)
        if owed_by is None:
            return
        state = outcome_state(view, days=self.days)
        said = {"date": date_format(owed_by)}
        message = {
            Due.NOT_YET: _("The page will say that the outcome is due by %(date)s."),
            Due.WAITING: _("The outcome is due by %(date)s."),
            Due.KEPT: _("The outcome was published in time."),
            Due.LATE: _("The outcome was due by %(date)s and came later."),
            Due.OVERDUE: _("The outcome was due by %(date)s: the page says overdue."),
        }[state]
        yield self.finding(
            "due",
            message % said,
            _("You are reminded 28 and 7 days before, and on the day."),
            at=Location(path="answered_at", quote=state.value),
        )


def outcome_due(view: PageView, *, days: int = 84) -> date | None:
    """Return the last day for the outcome; None while no closing date is set."""
    if view.closes_at is None:
        return None
    return later(day(view.closes_at, view.time_zone), days)


def outcome_state(view: PageView, *, days: int = 84) -> Due:
    """Return how the outcome stands: owed from the close on."""
    zone = view.time_zone
    return due_state(
        owed_by=outcome_due(view, days=days),
        done_on=day(view.answered_at, zone) if view.answered_at else None,
        starts=day(view.closes_at, zone) if view.closes_at else None,
        today=day(view.now, zone),
    )


def reminder_days(owed_by: date) -> tuple[date, ...]:
    """Return the days on which whoever owes the outcome is reminded."""
    return tuple(owed_by - timedelta(days=each) for each in REMINDERS)


@register
@dataclass(frozen=True, kw_only=True)
class OutcomeAnswersPeople(PageRule):
    """Block outcomes without number, themes, what changed, what not and why, and data.

    Counts only once a page is answered.
    """

    id = "CON-15"
    title = gettext_lazy("The outcome says what changed, what did not, and why")
    why = gettext_lazy("A decision without reasons tells people they were not read.")
    reference = "Gunning 4; Aarhus Convention Art. 6(9)"
    checks = {
        "decided": (),
        "numbers": (),
        "themes": (),
        "changed": (),
        "unchanged": (),
        "data": (),
    }
    applies_to = ASKING

    def check(self, view: PageView) -> Iterable[PageFinding]:
        if view.answered_at is None:
            return
        for check, (message, mend) in _parts().items():
            if not getattr(view.outcome, check).strip():
                yield self.finding(
                    check, message, mend, at=Location(path=f"outcome_{check}")
                )


def _parts() -> dict[str, tuple[str, str]]:
    return {
        "decided": (_("It is not said what was decided."), _("Say it in a sentence.")),
        "numbers": (
            _("It is not said how many people took part."),
            _("Give the number, by way of taking part."),
        ),
        "themes": (
            _("It is not said what people wrote about."),
            _("Name the themes that came up most."),
        ),
        "changed": (
            _("It is not said what changed because of the answers."),
            _("Say what changed, or that nothing did."),
        ),
        "unchanged": (
            _("It is not said what did not change, and why."),
            _("Name the wishes that were not followed, each with the reason."),
        ),
        "data": (
            _("There is no link to the answers themselves."),
            _("Link the published answers or their data."),
        ),
    }
