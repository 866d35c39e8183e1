"""Consultations that lack one thing, and the policies that mind."""

from datetime import timedelta

from django.utils import timezone

from forum.models import ConsultationPage, PublishingPolicy
from moderation.rules.pages import registry
from tests.factories.forum import forum_index

# It minds one thing only: that there is another way to answer.
RULE = "CON-08"
OTHERS = [name for name in registry.names() if name != RULE]


def minds(severity="block", *, off=OTHERS, **fields):
    """Set a policy under which a page without another way to answer is found."""
    options = {RULE: {"severity": severity}}
    chosen = {"options": options, "off": list(off), "waivable": [], **fields}
    policy, _made = PublishingPolicy.objects.update_or_create(
        site=None, defaults=chosen
    )
    return policy


def consultation(**fields):
    """Return a consultation that was never saved, and that RULE has a word on."""
    now = timezone.now()
    return ConsultationPage(
        **{
            "title": "Night buses",
            "slug": "night-buses",
            "summary": "Which routes should run after midnight?",
            "opens_at": now + timedelta(days=1),
            "closes_at": now + timedelta(days=60),
            "contact_phone": "01632 960142",
            **fields,
        }
    )


def draft(**fields):
    """Return such a page, kept as a draft."""
    page = consultation(live=False, **fields)
    forum_index().add_child(instance=page)
    page.save_revision()
    return page


def mended(page):
    """Return a page after somebody has said how else to answer."""
    page.other_ways = "On paper, in the library."
    return page


def is_public(page):
    """Say whether the public sees the page."""
    return ConsultationPage.objects.get(pk=page.pk).live
