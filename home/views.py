"""What machines ask of the site: whether it is alive, and what they may read."""

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 if the database and the cache work, else 503 and which does not."""
    works = {"database": _database_works(), "cache": _cache_works()}
    return JsonResponse(works, status=200 if all(works.values()) else 503)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let search engines read all that is public, and tell them where it stands."""
    lines = [
        "User-agent: *",
        f"Disallow: {settings.CMS_PATH}",
        "Disallow: /accounts/",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def _database_works() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _cache_works() -> bool:
    try:
        cache.set("healthz", "1", timeout=10)
        return bool(cache.get("healthz") == "1")
    except (OSError, DatabaseError):
        return False
