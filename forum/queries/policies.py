"""Which publishing policy holds for a page."""

from typing import Any

from django.db.models import Q
from wagtail.models import Page, Site

from forum.models import PublishingPolicy
from moderation.rules.pages.policy import PagePolicy


def policy_for(page: Any, *, parent: Page | None = None) -> PagePolicy:
    """Return the rules of the page's site: its own, the common ones, or the default."""
    return row_for(page, parent=parent).rules()


def row_for(page: Any, *, parent: Page | None = None) -> PublishingPolicy:
    """Return the policy of the page's site, an unsaved one if nobody has set any."""
    path = page.path or (parent.path if parent else "")
    roots = Site.objects.select_related("root_page")
    mine = [site for site in roots if path.startswith(site.root_page.path)]
    nearest = max(mine, key=lambda site: len(site.root_page.path), default=None)
    rows = PublishingPolicy.objects.filter(Q(site=nearest) | Q(site__isnull=True))
    row = next(iter(sorted(rows, key=lambda each: each.site_id is None)), None)
    return row or PublishingPolicy()
