"""E-mails to those who publish."""

from typing import Any

from django.conf import settings
from django.core.mail import mail_managers, send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _


def about_withholding(*, owner: Any, page: Any, lines: list[str]) -> None:
    """Tell an owner that a scheduled page stayed unpublished, and what is in the way."""
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    told = {
        "page": page,
        "lines": lines,
        "url": base + reverse("forum_admin:ready", args=[page.pk]),
    }
    send_mail(
        subject=" ".join(
            (_("Not published: %(title)s") % {"title": page.title}).split()
        ),
        message=render_to_string("forum/email/withheld.txt", told),
        from_email=None,
        recipient_list=[owner.email],
    )


def to_staff(*, subject: str, lines: list[str]) -> None:
    """Write to those whom the site names as its managers."""
    mail_managers(subject, "\n\n".join(line for line in lines if line))
