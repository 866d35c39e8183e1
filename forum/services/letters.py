"""E-mails to those who publish."""

from typing import Any

from django.conf import settings
from django.core.mail import mail_managers, send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from forum.models import BarrierReport
from forum.queries.debts import Debt


def about_withholding(*, owner: Any, page: Any, lines: list[str]) -> None:
    """Tell an owner that a scheduled page stayed unpublished, and what is in the way."""
    told = {"page": page, "lines": lines, "url": _address("forum_admin:ready", page)}
    _send(
        subject=_("Not published: %(title)s") % {"title": page.title},
        message=render_to_string("forum/email/withheld.txt", told),
        to={owner.email},
    )


def about_debt(*, page: Any, debt: Debt) -> None:
    """Remind owner and contact of a page of what is owed on it."""
    owner = page.owner.email if page.owner_id else ""
    told = {
        "page": page,
        "debt": debt,
        "url": _address("wagtailadmin_pages:edit", page),
    }
    words = {"what": debt.name, "title": page.title}
    _send(
        subject=_("%(what)s: %(title)s") % words,
        message=render_to_string("forum/email/owed.txt", told),
        to={owner, page.contact_email} - {""},
    )


def about_barrier(*, case: BarrierReport) -> None:
    """Confirm a report to whoever made it, or tell what came of it."""
    with translation.override(case.language or settings.LANGUAGE_CODE):
        _send(
            subject=_("Your report %(number)d") % {"number": case.pk},
            message=render_to_string("forum/email/barrier.txt", {"case": case}),
            to={case.email} - {""},
        )


def _address(name: str, page: Any) -> str:
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return str(base + reverse(name, args=[page.pk]))


def _send(*, subject: str, message: str, to: set[str]) -> None:
    # Titles may hold line feeds; headers must not.
    subject = " ".join(subject.split())
    for address in sorted(to):
        send_mail(subject, message, from_email=None, recipient_list=[address])


def to_staff(*, subject: str, lines: list[str]) -> None:
    """Write to those whom the site names as its managers."""
    mail_managers(subject, "\n\n".join(line for line in lines if line))
