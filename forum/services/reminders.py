"""Telling those who publish what is owed, before the day has passed."""

from datetime import datetime
from typing import Any

from django.db import transaction

from forum.models import Reminder
from forum.queries import debts, participation_models
from forum.queries.debts import Debt
from forum.services import letters
from moderation.rules.pages.answers import REMINDERS, Due
from moderation.rules.pages.days import day

OWED = (Due.WAITING, Due.OVERDUE)


def send_due(*, now: datetime) -> list[Reminder]:
    """Remind of what is owed in four weeks, in one, and today; return the reminders.

    Each comes once. After a pause only the latest is sent.
    """
    sent = []
    for model in participation_models():
        for page in model.objects.live().filter(alias_of__isnull=True):
            for debt in debts.of_page(page, now=now):
                if debt.state in OWED and (reminder := _remind(page, debt, now)):
                    sent.append(reminder)
    return sent


def _remind(page: Any, debt: Debt, now: datetime) -> Reminder | None:
    left = (debt.due - day(now, debt.time_zone)).days
    reached = [days for days in REMINDERS if left <= days]
    if not reached:
        return None
    with transaction.atomic():
        reminder, is_new = Reminder.objects.get_or_create(
            page_id=page.pk,
            what=debt.what,
            due=debt.due,
            days_before=min(reached),
            defaults={"sent_at": now},
        )
        if is_new:
            letters.about_debt(page=page, debt=debt)
    return reminder if is_new else None
