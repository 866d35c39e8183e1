"""Which publishing policy holds for a page."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page, Site

from forum.models import PublishingPolicy
from moderation.rules.pages.policy import PagePolicy


def policy_for(page: Any, *, parent: Page | None = None) -> PagePolicy:
    """Return the rules of the page's site: its own, the common ones, or the default."""
    return row_for(page, parent=parent).rules()


def policies_for(pages: Iterable[Any]) -> list[PagePolicy]:
    """Return the same for several pages, in two queries."""
    sites = list(Site.objects.select_related("root_page"))
    rows = list(PublishingPolicy.objects.all())
    return [_row(page.path, sites, rows).rules() for page in pages]


def row_for(page: Any, *, parent: Page | None = None) -> PublishingPolicy:
    """Return the policy of the page's site, an unsaved one if nobody has set any."""
    path = page.path or (parent.path if parent else "")
    sites = Site.objects.select_related("root_page")
    return _row(path, sites, PublishingPolicy.objects.all())


def _row(
    path: str, sites: Iterable[Site], rows: Iterable[PublishingPolicy]
) -> PublishingPolicy:
    mine = [site for site in sites if path.startswith(site.root_page.path)]
    nearest = max(mine, key=lambda site: len(site.root_page.path), default=None)
    own = nearest.pk if nearest else None
    fitting = [row for row in rows if row.site_id in {own, None}]
    return min(fitting, key=lambda row: row.site_id is None, default=PublishingPolicy())
