"""Which site a request asks: as Wagtail finds it, by SQL that is built once."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Site

from moderation.queries.prepared import Given, PreparedObjects

# Each of many letters names it.
NAME_SECONDS = 60
_NEAR = PreparedObjects[Site](
    lambda: (
        Site.objects.filter(Q(hostname=Given("host")) | Q(is_default_site=True))
        .order_by("pk")
        .select_related("root_page")
    )
)


def of_request(request: HttpRequest) -> Site | None:
    """Return the site that a request asks, or None where there is none.

    Keeps it on the request, where `Site.find_for_request` looks for it first.
    """
    kept: Any = request
    if not hasattr(kept, "_wagtail_site"):
        host, _port = split_domain_port(kept._get_raw_host())
        kept._wagtail_site = _nearest(host, int(request.get_port()))
    site: Site | None = kept._wagtail_site
    return site


def name() -> str:
    """Return what the site is called in its letters: the first one, if there are more."""
    return cache.get_or_set("folkmoot:site-name", _name, NAME_SECONDS) or ""


def names() -> set[str]:
    """Return what the sites are called, and what else nobody may call themselves."""
    told = Site.objects.exclude(site_name="").values_list("site_name", flat=True)
    own = getattr(settings, "WAGTAIL_SITE_NAME", "")
    more = getattr(settings, "FOLKMOOT_RESERVED_NAMES", ())
    return {*told, own, *more} - {""}


def _name() -> str:
    first = Site.objects.filter(is_default_site=True).exclude(site_name="")
    called = first.values_list("site_name", flat=True).first()
    return str(called or getattr(settings, "WAGTAIL_SITE_NAME", ""))


def _nearest(host: str, port: int) -> Site | None:
    """Return the site of host and port; else the host's default or only one."""
    found = _NEAR.all(host=host)
    here = [site for site in found if site.hostname == host]
    exact = [site for site in here if site.port == port]
    default = [site for site in found if site.is_default_site]
    own = [site for site in here if site.is_default_site]
    only = here if len(here) == 1 else []
    return next(iter([*exact, *own, *only, *default]), None)
