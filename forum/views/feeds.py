"""What is newly asked, for feed readers."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from wagtail.models import Site

from forum import queries

NEWEST = 30


class NewestFeed(Feed):
    """The latest consultations and hearings, as RSS."""

    def get_object(self, request: HttpRequest) -> Site:
        """Find the site that was asked."""
        site = Site.find_for_request(request)
        if site is None:
            raise Http404
        return site

    def title(self, site: Site) -> str:
        """Name the site."""
        name = site.site_name or site.hostname
        return _("Consultations and hearings: %(site)s") % {"site": name}

    def description(self, _site: Site) -> str:
        """Say what is in the feed."""
        return _("What is newly asked.")

    def link(self, site: Site) -> str:
        """Lead to the home page."""
        return site.root_page.url or "/"

    def items(self, site: Site) -> list[Any]:
        """Read the pages."""
        return queries.newest(below=site.root_page, limit=NEWEST)

    def item_title(self, item: Any) -> str:
        """Name the page."""
        return str(item.title)

    def item_description(self, item: Any) -> str:
        """Say what it is about."""
        return str(item.summary)

    def item_link(self, item: Any) -> str:
        """Lead to the page."""
        return str(item.url)

    def item_pubdate(self, item: Any) -> datetime:
        """Say when it was first published."""
        return item.first_published_at

    def item_updateddate(self, item: Any) -> datetime:
        """Say when it last changed."""
        return item.last_published_at

    def item_categories(self, item: Any) -> list[str]:
        """Say how far it has come."""
        return [str(item.stage_at(timezone.now()).label)]


class NewestAtomFeed(NewestFeed):
    """The same as Atom."""

    feed_type = Atom1Feed
    subtitle = NewestFeed.description
