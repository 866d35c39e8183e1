"""What somebody who edits has in hand: what runs, what is owed, what is being written."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Min, Q, QuerySet
from wagtail.permissions import page_permission_policy

from deliberation.choices import Stage
from forum.queries import debts, participation_models
from forum.queries.debts import Debt
from forum.queries.policies import policies_for
from moderation.rules.pages.answers import Due
from moderation.rules.pages.policy import PagePolicy

SHOWN = 12
OWED = {Due.WAITING, Due.OVERDUE}


@dataclass(frozen=True)
class InHand:
    """One page, how far it is, and what the city owes on it.

    `stage` is None while the public sees nothing of it.
    """

    page: Any
    stage: Stage | None
    owed: tuple[Debt, ...]

    @property
    def at(self) -> datetime | None:
        """Return when something happens to it next, or happened last."""
        if self.stage is None:
            changed: datetime | None = self.page.latest_revision_created_at
            return changed
        next_: datetime | None = (
            self.page.opens_at if self.stage is Stage.ANNOUNCED else self.page.closes_at
        )
        return next_

    @property
    def is_over(self) -> bool:
        """Say whether nothing is left to be done."""
        return self.stage in {Stage.CLOSED, Stage.ANSWERED} and not self.owed

    @property
    def _place(self) -> tuple[bool, bool, float]:
        is_late = any(debt.state is Due.OVERDUE for debt in self.owed)
        moment = self.at.timestamp() if self.at else float("inf")
        # Of drafts, the one that was written last comes first.
        return not is_late, self.stage is None, -moment if not self.stage else moment


def of(user: Any, *, now: datetime) -> list[InHand]:
    """Return the pages that somebody may change and that are not done with.

    What is overdue comes first, then what happens next, drafts last. However many
    pages there are, only those that may be shown are read.
    """
    theirs = page_permission_policy.instances_user_has_permission_for(user, "change")
    pages = [
        page
        for model in participation_models()
        for some in _candidates(_originals(model, theirs), now)
        for page in some[:SHOWN]
    ]
    rules = policies_for(pages)
    found = [_in_hand(*each, now=now) for each in zip(pages, rules, strict=True)]
    left = [each for each in found if not each.is_over]
    return sorted(left, key=lambda each: each._place)[:SHOWN]


def _originals(model: type[Any], theirs: Any) -> QuerySet[Any]:
    # As `original` of each page says, for all of them.
    firsts = (
        model.objects.order_by().values("translation_key").annotate(first=Min("pk"))
    )
    found: QuerySet[Any] = model.objects.filter(pk__in=theirs.values("pk"))
    return found.filter(pk__in=firsts.values("first"), alias_of__isnull=True)


def _candidates(pages: QuerySet[Any], now: datetime) -> list[QuerySet[Any]]:
    """Return what may owe most, what runs, what may lack its papers, and drafts."""
    live, closed = pages.filter(live=True), Q(closes_at__lte=now)
    answered = Q(answered_at__lte=now)
    return [
        live.filter(closed & ~answered).order_by("closes_at"),
        live.exclude(closed).order_by("closes_at", "pk"),
        live.filter(closed & answered).order_by("-closes_at"),
        pages.filter(live=False).order_by("-latest_revision_created_at"),
    ]


def _in_hand(page: Any, policy: PagePolicy, *, now: datetime) -> InHand:
    if not page.live:
        return InHand(page, None, ())
    found = debts.of_page(page, now=now, policy=policy)
    owed = [debt for debt in found if debt.state in OWED]
    return InHand(page, page.stage_at(now), tuple(owed))
