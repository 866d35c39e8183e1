"""How a page meets the rules, for the public."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from forum.models import Waiver
from forum.queries import find, publishing
from forum.queries.publishing import Judgement
from moderation.rules.pages import Kind, PageRule, registry
from moderation.rules.pages.answers import Due, outcome_due, outcome_state
from moderation.rules.pages.hearing_notice import papers_due, papers_state


@dataclass(frozen=True)
class Debt:
    """Something the city owes by a day: the outcome, or the minutes."""

    name: str
    due: date
    state: Due

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


@dataclass(frozen=True)
class Sheet:
    """One page, as the rules see what the public sees."""

    page: Any
    judgement: Judgement
    kept: tuple[type[PageRule], ...]
    waivers: tuple[Waiver, ...]
    withdrawn: tuple[Waiver, ...]
    debts: tuple[Debt, ...]

    @property
    def badge(self) -> str:
        """Return it all in one line."""
        checked, kept = len(self.judgement.checked), len(self.kept)
        line = _("Meets %(kept)d of %(checked)d publishing rules") % {
            "kept": kept,
            "checked": checked,
        }
        if self.waivers:
            number = len(self.waivers)
            line += ", " + ngettext("%d waiver", "%d waivers", number) % number
        if any(each.is_bad for each in self.debts):
            line += ", " + _("a deadline was missed")
        return line


def of(page: Any, *, now: datetime) -> Sheet:
    """Return the sheet of a public page."""
    judgement = publishing.judge(page, now=now)
    signed = tuple(Waiver.objects.filter(page=page.pk).order_by("signed_at"))
    used = {each.waiver.pk for each in judgement.waived if each.waiver}
    return Sheet(
        page=page,
        judgement=judgement,
        kept=tuple(registry.get(rule) for rule in judgement.kept),
        waivers=tuple(each for each in signed if each.pk in used),
        withdrawn=tuple(each for each in signed if each.pk not in used),
        debts=_debts(judgement),
    )


def below(root: Page, *, now: datetime, limit: int) -> list[Sheet]:
    """Return the sheets of what is public below a page, in the order of lists."""
    found = find(below=root, now=now)[:limit]
    return [of(each.model.objects.get(pk=each.pk), now=now) for each in found]


def _debts(judgement: Judgement) -> tuple[Debt, ...]:
    view = judgement.view
    rules = {rule.id: rule for rule in judgement.policy.rules_for(view.process_type)}
    owed = []
    if outcome := rules.get("CON-14"):
        due = outcome_due(view, days=outcome.days)  # type: ignore[attr-defined]
        if due:
            state = outcome_state(view, days=outcome.days)  # type: ignore[attr-defined]
            owed.append(Debt(_("The city's answer"), due, state))
    papers = rules.get("HEA-08") if view.kind is Kind.HEARING else None
    if papers:
        due = papers_due(view, days=papers.days)  # type: ignore[attr-defined]
        if due:
            state = papers_state(
                view,
                view.minutes_published_at,
                days=papers.days,  # type: ignore[attr-defined]
            )
            owed.append(Debt(_("The minutes"), due, state))
    return tuple(owed)
