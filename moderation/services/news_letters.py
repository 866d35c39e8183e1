"""An e-mail with news, in the words and the language of its reader."""

import hashlib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moderation.choices import Mail
from moderation.language import to_address_in
from moderation.models import Letter
from moderation.queries import sites
from moderation.queries.news import Item
from moderation.services import letters, mail_choices

# What more there is waits under “What happened”.
MOST_ITEMS = 20


def message(letter: Letter, items: list[Item]) -> EmailMessage | None:
    """Return the e-mail, with the way to end such mails; None without an address."""
    person = letter.participant
    address = letters.address_of(person)
    if not address:
        return None
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    end_url = base + mail_choices.path_to_end(person)
    with translation.override(to_address_in(person.language)):
        body = render_to_string(
            "moderation/email/news.txt",
            {
                "items": items[:MOST_ITEMS],
                "more": max(len(items) - MOST_ITEMS, 0),
                "person": person,
                "base": base,
                "url": base + reverse("moderation:news"),
                "settings_url": base + reverse("moderation:mail_choices"),
                "end_url": end_url,
                "site_name": sites.name(),
            },
        )
        subject = _subject(letter, items)
    return EmailMessage(
        subject=" ".join(subject.split())[:200],
        body=body.strip() + "\n",
        to=[address],
        headers={
            "Message-ID": _message_id(letter),
            "Auto-Submitted": "auto-generated",
            # RFC 8058: one click in the mail program ends them.
            "List-Unsubscribe": f"<{end_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def _subject(letter: Letter, items: list[Item]) -> str:
    """Say what happened if it is one thing, else how many."""
    if len(items) == 1:
        return str(items[0].told.title)
    if letter.mail == Mail.AT_ONCE:
        return ngettext("%(count)s new notice", "%(count)s new notices", len(items)) % {
            "count": len(items)
        }
    return _("What happened at %(site)s: %(count)s notices") % {
        "site": sites.name(),
        "count": len(items),
    }


def _message_id(letter: Letter) -> str:
    """Return the same name for the same letter, so that no copy passes for another."""
    _name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    told = f"{letter.pk} {letter.created_at.isoformat()} {settings.SECRET_KEY}"
    digest = hashlib.sha256(told.encode()).hexdigest()[:24]
    return f"<news.{digest}@{sender.partition('@')[2] or 'localhost'}>"
